/**
 * What the frozen election says about counting and about itself, in its description. The description is
 * free text, or compact JSON that states the poll's rules; only its first and last characters are looked at
 * here, so that no two readers can understand it differently.
 */
import { ensure } from "../errors";

export interface Terms {
  /** Whether a delegate may cast again, and only the last ballot counts. */
  readonly lastCounts: boolean;
}

const TERMS = /^\{"terms":\{"counted":"(first|last)"\}[,}]/;
const SERVER_KEY = /,"server_key":"([0-9a-f]{64})","roster_sha256":"[0-9a-f]{64}","credentials_sha256":"[0-9a-f]{64}"\}$/;
const FORMAT_2 = /^\{(?:"terms":\{"counted":"(?:first|last)"\},)?"format":2,/;

/**
 * The terms at the beginning of an election's description: `{"terms":{"counted":"last"}` or `"first"`.
 * Where nothing is said the first counts. Throws `election_invalid` when they are unclear.
 */
export function readTerms(description: string): Terms {
  if (!description.startsWith('{"terms":')) return { lastCounts: false };
  const found = TERMS.exec(description);
  ensure(found !== null, "election_invalid", "the description's terms are not what the protocol defines");
  return { lastCounts: found[1] === "last" };
}

/**
 * Whether a description claims our format 2, which makes every stricter law a check of its record. It does
 * by its first characters alone.
 */
export function claimsFormat2(description: string): boolean {
  return FORMAT_2.test(description);
}

/** The key (Ed25519, hex) that signs receipts of a record of format 2; null where none is stated. */
export function statedServerKey(description: string): string | null {
  return claimsFormat2(description) ? (SERVER_KEY.exec(description)?.[1] ?? null) : null;
}
