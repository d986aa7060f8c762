/**
 * Shares on their way from one scrutineer's page to another's: libsodium `crypto_box`, which the
 * sender's key authenticates. On the wire: padded base64 of the nonce (24 bytes) and the box.
 */
import { concat, fromBase64, fromHex, toBase64, toHex } from "../bytes";
import { TallyError } from "../errors";
import { encode, Reader } from "../json";
import type { Rng } from "../groups/random";
import { libsodium } from "../groups/sodium";

const NONCE_BYTES = 24;
const SHORTEST = NONCE_BYTES + 16 + '{"secret":"0"}'.length;
// A number of 617 digits, as RFC-3526-2048 has them, and the wrapping.
const LONGEST = 1024;
const READER = new Reader("share_invalid", "share_invalid");

/** The public half (hex) of a box key (hex). */
export function boxPublicKey(secret: string): string {
  return toHex(libsodium().crypto_scalarmult_base(fromHex(secret)));
}

/** `recipient`: hex public key, `sender`: hex secret key. Throws `share_invalid` when the recipient's key is unusable. */
export function sealForRecipient(value: bigint, recipient: string, sender: string, rng: Rng): string {
  const nonce = rng(NONCE_BYTES);
  const plain = encode({ secret: value.toString() });
  const box = attempt("a scrutineer's box key cannot be used", () =>
    libsodium().crypto_box_easy(plain, nonce, fromHex(recipient), fromHex(sender)),
  );
  return toBase64(concat(nonce, box));
}

/** The scalar in a box from `sender` (hex public key). Throws `share_invalid`. */
export function openFromSender(text: string, sender: string, recipient: string, q: bigint): bigint {
  const raw = fromBase64(text);
  const plain = attempt("the box cannot be opened", () =>
    libsodium().crypto_box_open_easy(raw.slice(NONCE_BYTES), raw.slice(0, NONCE_BYTES), fromHex(sender), fromHex(recipient)),
  );
  return READER.scalar(READER.record(READER.document(plain), ["secret"])["secret"], q);
}

/** Whether the text is padded base64 of a plausible length. */
export function looksLikeBox(text: string): boolean {
  try {
    const { length } = fromBase64(text);
    return length >= SHORTEST && length <= LONGEST;
  } catch {
    return false;
  }
}

function attempt(detail: string, act: () => Uint8Array): Uint8Array {
  try {
    return act();
  } catch {
    throw new TallyError("share_invalid", detail);
  }
}
