/**
 * Signing credentials. A terminal makes a fresh one for every poll and registers the public
 * half (Belenios specification, "Credentials"; the private half here is a random scalar).
 */
import { ensure } from "./errors";
import { isIdentity, type Element, type Group } from "./group";
import { encode } from "./json";
import { randomScalar, type Rng } from "./random";

export interface SigningCredential {
  readonly private: bigint;
  readonly public: string;
}

export function makeCredential(group: Group, rng: Rng): SigningCredential {
  const secret = 1n + (randomScalar(group.q, rng) % (group.q - 1n));
  return { private: secret, public: group.powG(secret).text };
}

/** The element of a public credential. Throws `not_in_group`, or `credential_malformed` for the identity. */
export function checkPublicCredential(group: Group, text: string): Element {
  const element = group.parse(text);
  ensure(!isIdentity(group, element), "credential_malformed", "the identity is no credential");
  return element;
}

/** The archived list: sorted, so that its order does not tell who is who. Throws `credential_malformed` on repeats. */
export function encodeCredentials(publics: Iterable<string>): Uint8Array {
  const sorted = [...publics].sort(compareText);
  ensure(new Set(sorted).size === sorted.length, "credential_malformed", "a credential appears twice");
  return encode(sorted);
}

/** By code unit; all credentials are ASCII. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
