/**
 * Whose a shuffle is: the document beside it, signed with the share's key of the scrutineer whom it names.
 * `{"owner":n,"payload":HASH,"signature":{"challenge":…,"response":…}}`, the signature being ours. Without it
 * whoever writes the board could shuffle in everybody's name and know every permutation.
 */
import type { Election } from "./election";
import { ensure } from "../errors";
import { OWNED_SHUFFLE_FORM, readForm } from "../forms";
import { sha256Hex } from "../groups/hash";
import { checkKnowledge, proofJson, proveKnowledge, readProof } from "../groups/proofs";
import type { Rng } from "../groups/random";
import { encode, Reader } from "../json";
import { decryptionIn, type PrivateShare } from "../trustees/private_share";
import type { Trustees } from "../trustees/document";

const READER = new Reader("shuffle_invalid");

/** A shuffle and the document that says whose it is. */
export interface OwnedShuffle {
  readonly owned: Uint8Array;
  readonly raw: Uint8Array;
}

/** What a terminal knows of its own shuffles: its scrutineer's number, and the hashes of those that it made. */
export interface OwnShuffles {
  readonly index: number;
  readonly made: readonly string[];
}

/** Who made a shuffle, and whether this was signed. */
export interface ShuffleOwner {
  readonly owner: number;
  readonly signed: boolean;
}

/** The owner's document of the scrutineer's own shuffle. Throws `share_invalid` for an unfinished share. */
export function signShuffle(election: Election, share: PrivateShare, raw: Uint8Array, rng: Rng): Uint8Array {
  const { group } = election;
  const secret = decryptionIn(group, share);
  const payload = sha256Hex(raw);
  const prefix = shufflePrefix(election, group.powG(secret).text, share.index, payload);
  const signature = proofJson(proveKnowledge(group, secret, prefix, rng));
  return encode({ owner: share.index, payload, signature });
}

interface OwnerJson {
  readonly owner: number;
  readonly payload: string;
  readonly signature?: unknown;
}

/**
 * Who made this shuffle, by a signature that holds; in an election that claims our format 2 there must be one.
 * Throws `shuffle_invalid`, `decryption_invalid` for a scrutineer whom nobody knows, or a form's refusal.
 */
export function checkShuffleOwner(election: Election, trustees: Trustees, { owned, raw }: OwnedShuffle): ShuffleOwner {
  const { owner, payload, signature } = readForm(owned, OWNED_SHUFFLE_FORM) as OwnerJson;
  const key = trustees.verificationKey(owner);
  ensure(key !== undefined, "decryption_invalid", `there is no scrutineer ${owner}`);
  ensure(payload === sha256Hex(raw), "shuffle_invalid", "the owner of a shuffle names another shuffle");
  if (signature === undefined) {
    ensure(!election.strict, "shuffle_invalid", `the shuffle of scrutineer ${owner} is not signed`);
    return { owner, signed: false };
  }
  const proof = readProof(READER, signature, election.group.q);
  checkKnowledge(election.group, key, proof, shufflePrefix(election, key.text, owner, payload), "shuffle_invalid");
  return { owner, signed: true };
}

/** Throws `shuffle_invalid` for a shuffle under the terminal's own number that it did not make. */
export function requireOwn({ index, made }: OwnShuffles, owner: number, raw: Uint8Array): void {
  const mine = owner !== index || made.includes(sha256Hex(raw));
  ensure(mine, "shuffle_invalid", "a shuffle stands under my number that this terminal did not make");
}

/** This election, whose key, which scrutineer, and which shuffle. */
function shufflePrefix({ hash }: Election, key: string, owner: number, payload: string): string {
  return `shuffle|${hash}|${key}|${owner}|${payload}|`;
}
