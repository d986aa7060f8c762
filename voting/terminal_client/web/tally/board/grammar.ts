/** Which events a record may hold, in which order: one grammar for each kind of poll. */
import { fromUtf8 } from "../bytes";

export const EVENT_TYPES = [
  "Setup",
  "Ballot",
  "EndBallots",
  "EncryptedTally",
  "Shuffle",
  "EndShuffles",
  "PartialDecryption",
  "Result",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What may follow each event; none where the poll has no such event. */
export type Grammar = Readonly<Partial<Record<EventType, readonly EventType[]>>>;

const BALLOTS: Grammar = { Setup: ["Ballot", "EndBallots"], Ballot: ["Ballot", "EndBallots"], Result: [] };
const DECRYPTIONS: Grammar = { EndBallots: ["EncryptedTally"], PartialDecryption: ["PartialDecryption", "Result"] };

/** A secret poll whose questions are all homomorphic. */
export const SUMMED: Grammar = { ...BALLOTS, ...DECRYPTIONS, EncryptedTally: ["PartialDecryption", "Result"] };
/** A secret poll with a question that goes through shuffles. */
const MIXED: Grammar = {
  ...BALLOTS,
  ...DECRYPTIONS,
  EncryptedTally: ["Shuffle"],
  Shuffle: ["Shuffle", "EndShuffles"],
  EndShuffles: ["PartialDecryption", "Result"],
};
/** A recorded poll. */
export const RECORDED: Grammar = { ...BALLOTS, EndBallots: ["Result"] };

export const WITHOUT_PAYLOAD: readonly EventType[] = ["EndBallots", "EndShuffles"];

/** The order of events that an election document asks for; it need not be valid otherwise. */
export function grammarOf(election: Uint8Array): Grammar {
  const fields = plainObject(election);
  if ("secrecy" in fields) return RECORDED;
  const questions = fields["questions"];
  const listed: readonly unknown[] = Array.isArray(questions) ? questions : [];
  return listed.some((question) => isObject(question) && "type" in question) ? MIXED : SUMMED;
}

/** Whether an event of type `next` may come right after one of type `last` (null: the start). */
export function mayFollow(grammar: Grammar, last: EventType | null, next: EventType): boolean {
  return last === null ? next === "Setup" : (grammar[last] ?? []).includes(next);
}

/** The fields of a JSON object; none when it is something else (whoever reads it properly says what is wrong). */
export function plainObject(raw: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(fromUtf8(raw));
    return isObject(value) && isShallow(value) ? value : {};
  } catch {
    return {};
  }
}

/** How deep objects and arrays may lie in one another: what is deeper no two readers of JSON take alike. */
const MAX_DEPTH = 32;

/** Whether nothing in a value lies deeper than that. */
export function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    if (level.length === 0) return true;
  }
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
