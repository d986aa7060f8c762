/**
 * A scrutineer's private share at rest: Argon2id makes a key from the passphrase, secretbox
 * (XSalsa20-Poly1305) closes the share. The file is JSON with a version, and states the limits
 * with which it was made, so that stronger ones can be chosen later.
 */
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "../bytes";
import { ensure, TallyError } from "../errors";
import { Reader } from "../json";
import { MIN_PASSPHRASE_CHARACTERS } from "../limits";
import type { Rng } from "../groups/random";
import { libsodium } from "../groups/sodium";

const FORMAT = "plenary-sealed-share";
const KEYS = ["format", "version", "label", "kdf", "operations", "memory", "salt", "nonce", "box"];
const READER = new Reader("seal_invalid");
const MIB = 2 ** 20;

/** Argon2id passes and bytes: libsodium's own "interactive" (0.1 s) and "moderate" (1 s) on a desktop. */
const SEAL_STRENGTHS = {
  interactive: { operations: 2, memory: 64 * MIB },
  moderate: { operations: 3, memory: 256 * MIB },
} as const;

export type SealStrength = keyof typeof SEAL_STRENGTHS;

/** More than this is refused on opening, so that a forged file cannot exhaust the machine. */
const MOST = { operations: 8, memory: 1024 * MIB };

/** The backup file's text. `label` tells the person what is inside; it is public but cannot be changed unnoticed. */
export function sealShare(
  share: string,
  passphrase: string,
  label: string,
  strength: SealStrength,
  rng: Rng,
): string {
  if (passphrase.length < MIN_PASSPHRASE_CHARACTERS) throw new RangeError("the passphrase is too short");
  const { operations, memory } = SEAL_STRENGTHS[strength];
  const sodium = libsodium();
  const salt = rng(sodium.crypto_pwhash_SALTBYTES);
  const nonce = rng(sodium.crypto_secretbox_NONCEBYTES);
  const key = deriveKey(passphrase, salt, operations, memory);
  const box = sodium.crypto_secretbox_easy(utf8(JSON.stringify({ label, share })), nonce, key);
  sodium.memzero(key);
  const file = {
    format: FORMAT,
    version: 1,
    label,
    kdf: "argon2id13",
    operations,
    memory,
    salt: toHex(salt),
    nonce: toHex(nonce),
    box: toBase64(box),
  };
  return JSON.stringify(file);
}

/** The share inside. Throws `seal_invalid` for a wrong passphrase or a damaged file. */
export function unsealShare(file: string, passphrase: string): string {
  const fields = READER.record(READER.document(utf8(file.trim())), KEYS);
  const known = fields["format"] === FORMAT && fields["version"] === 1 && fields["kdf"] === "argon2id13";
  ensure(known, "seal_invalid", "not a sealed share of version 1");
  const [operations, memory] = [READER.count(fields["operations"]), READER.count(fields["memory"])];
  const bearable = operations >= 1 && operations <= MOST.operations && memory >= MIB && memory <= MOST.memory;
  ensure(bearable, "seal_invalid", "the limits of the key derivation are out of bounds");
  try {
    const key = deriveKey(passphrase, fromHex(READER.text(fields["salt"])), operations, memory);
    const [box, nonce] = [fromBase64(READER.text(fields["box"])), fromHex(READER.text(fields["nonce"]))];
    const opened = READER.document(libsodium().crypto_secretbox_open_easy(box, nonce, key));
    const inside = READER.record(opened, ["label", "share"]);
    ensure(inside["label"] === fields["label"], "seal_invalid", "the label was changed");
    return READER.text(inside["share"]);
  } catch (error) {
    if (error instanceof TallyError) throw error;
    throw new TallyError("seal_invalid", "the passphrase is wrong or the file is damaged");
  }
}

function deriveKey(passphrase: string, salt: Uint8Array, operations: number, memory: number): Uint8Array {
  const sodium = libsodium();
  // One person may type composed and the other decomposed characters.
  const secret = utf8(passphrase.normalize("NFKC"));
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
  return sodium.crypto_pwhash(sodium.crypto_secretbox_KEYBYTES, secret, salt, operations, memory, algorithm);
}
