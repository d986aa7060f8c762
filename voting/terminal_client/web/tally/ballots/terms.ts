/**
 * What the frozen election says about counting, in its description. The description is free text, or
 * compact JSON that states the poll's rules; of the latter one field is read here, `terms`:
 * `{"counted":"first"}` (also when nothing is said) or `{"counted":"last"}` (a later ballot replaces
 * the one before).
 */
import { ensure } from "../errors";

export interface Terms {
  /** Whether a delegate may cast again, and only the last ballot counts. */
  readonly lastCounts: boolean;
}

const SURROGATE = /\p{Surrogate}/u;
const SPELLED: ReadonlyMap<string, Terms> = new Map([
  ['{"counted":"first"}', { lastCounts: false }],
  ['{"counted":"last"}', { lastCounts: true }],
]);

/** The terms in an election's description. Throws `election_invalid` when they are unclear. */
export function readTerms(description: string): Terms {
  const value = parsed(description);
  if (typeof value !== "object" || value === null || Array.isArray(value) || !("terms" in value)) {
    return { lastCounts: false };
  }
  const terms = SPELLED.get(JSON.stringify(value.terms));
  const clear = terms !== undefined && spelled(value) === description;
  ensure(clear, "election_invalid", "the description's terms are not what the protocol defines");
  return terms;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The canonical spelling; null when a text in it is no sequence of Unicode characters. */
function spelled(value: object): string | null {
  let sound = true;
  const text = JSON.stringify(value, (key, item: unknown) => {
    sound &&= !SURROGATE.test(key) && !(typeof item === "string" && SURROGATE.test(item));
    return item;
  });
  return sound ? text : null;
}
