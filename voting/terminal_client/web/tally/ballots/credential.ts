/**
 * Signing credentials. A terminal makes a fresh one for every poll and registers the public
 * half (Belenios specification, "Credentials"; the private half here is a random scalar).
 */
import { ensure, TallyError } from "../errors";
import { isIdentity, type Element, type Group } from "../groups/interface";
import { encode, Reader } from "../json";
import { randomScalar, type Rng } from "../groups/random";

const READER = new Reader();

/** `private` must not leave the terminal. */
export interface SigningCredential {
  readonly private: bigint;
  readonly public: string;
}

export function makeCredential(group: Group, rng: Rng): SigningCredential {
  let secret = 0n;
  while (secret === 0n) secret = randomScalar(group.q, rng);
  return { private: secret, public: group.powG(secret).text };
}

/** The element of a public credential. Throws `credential_malformed` unless it is a member other than 1. */
export function checkPublicCredential(group: Group, text: string): Element {
  const element = parseMember(group, text);
  ensure(!isIdentity(group, element), "credential_malformed", "the identity is no credential");
  return element;
}

function parseMember(group: Group, text: string): Element {
  try {
    return group.parse(text);
  } catch (error) {
    throw error instanceof TallyError ? new TallyError("credential_malformed", error.detail) : error;
  }
}

/** The archived list: sorted, so that its order does not tell who is who. Throws RangeError on repeats. */
export function encodeCredentials(publics: Iterable<string>): Uint8Array {
  const sorted = [...publics].sort(compareText);
  if (new Set(sorted).size !== sorted.length) throw new RangeError("a credential occurs twice");
  return encode(sorted);
}

/** The archived list, every law checked. Throws `document_malformed`, `document_not_canonical`, `credential_malformed`. */
export function readCredentials(group: Group, raw: Uint8Array): ReadonlySet<string> {
  const listed = readListed(group, raw);
  requireSorted(listed);
  return new Set(listed);
}

/** The archived list in whatever order: keys of the group, none twice. Throws as `readCredentials` does. */
export function readListed(group: Group, raw: Uint8Array): readonly string[] {
  const listed = READER.listOf(READER.document(raw), (item) => READER.text(item));
  ensure(new Set(listed).size === listed.length, "credential_malformed", "a credential occurs twice");
  for (const text of listed) checkPublicCredential(group, text);
  return listed;
}

/** Throws `credential_malformed` unless the list is sorted by character code. */
export function requireSorted(listed: readonly string[]): void {
  const sorted = listed.every((text, i) => i === 0 || compareText(listed[i - 1] ?? "", text) <= 0);
  ensure(sorted, "credential_malformed", "the credentials are not sorted");
}

/** By character code; all credentials are ASCII. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
