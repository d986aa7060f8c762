/** What an archive says about its own sitting, question and rules (the election's description), where it says it in our form. */
import type { PollKind, PollView } from "@/live/wire.gen";

/** The question with the adopted rules, as every record of the poll states it (voting/record/description.py). */
export type FrozenPoll = Pick<
  PollView,
  "id" | "kind" | "title" | "seats" | "options" | "secrecy" | "medium" | "write_ins" | "follows" | "eligible"
> & {
  readonly ruleset: PollView["rules"];
};

/** The last format of descriptions that this page reads. One that states none is of the first. */
export const FORMAT = 2;
const KNOWN: readonly unknown[] = [1, FORMAT];

export interface Statement {
  /** The format that it states, where that is another than FORMAT: then nothing else of it is read. */
  readonly otherFormat: string | null;
  readonly titles: string;
  readonly inOffice: number | null;
  readonly statutorySeats: number | null;
  readonly present: number | null;
  /** Titles of options that are marked as illustrative. */
  readonly illustrative: ReadonlySet<string>;
  /** Null where the record is of another form. */
  readonly poll: FrozenPoll | null;
  /** The poll's description as it stands, to compare it with another statement of it. */
  readonly raw: unknown;
}

/** Null when the description is not the public record of a Plenary poll; the archive may still be valid. */
export function readStatement(description: string): Statement | null {
  const record = parsed(description);
  if (record === null) return null;
  const { format = 1 } = record;
  if (!KNOWN.includes(format)) return { ...readFields({}), otherFormat: JSON.stringify(format).slice(0, MAX_SHOWN) };
  return readFields(record);
}

/** What is said of a format that nobody knows is not trusted to be short. */
const MAX_SHOWN = 20;

function readFields(record: Fields): Statement {
  const poll = objectOf(record["poll"]);
  const options = Array.isArray(poll["options"]) ? poll["options"].map(objectOf) : [];
  const marked = options.filter((option) => option["illustrative"] === true).map((option) => String(option["title"]));
  return {
    otherFormat: null,
    titles: titlesIn(record["sitting"]),
    inOffice: numberIn(record["in_office"]),
    statutorySeats: numberIn(record["statutory_seats"]),
    present: numberIn(record["present"]),
    illustrative: new Set(marked),
    poll: readFrozenPoll(record["poll"]),
    raw: record["poll"],
  };
}

/** Congress, session and sitting, as they are printed above everything. */
export function titlesIn(value: unknown): string {
  const sitting = objectOf(value);
  return ["congress", "session", "sitting"].map((key) => sitting[key]).filter((title) => typeof title === "string").join("");
}

function numberIn(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null;
}

const KINDS: Readonly<Record<PollKind, true>> = {
  motion: true,
  choose: true,
  approve_each: true,
  rank: true,
  election: true,
  evaluation: true,
};
const SECRECIES: readonly unknown[] = ["secret", "recorded"];
const MEDIA: readonly unknown[] = ["electronic", "by_hand", "mixed"];
/** The parts of the rules that this page reads; a record without them is shown without its rules. */
const SECTIONS = ["quorum", "majority", "participation", "ballots", "seats", "secrecy", "display", "evaluation", "fallback"];

/** The frozen poll, if it has everything that a page shows of it; null otherwise. */
export function readFrozenPoll(value: unknown): FrozenPoll | null {
  const poll = objectOf(value);
  const { kind, title, seats, options, secrecy, medium } = poll;
  const named = typeof poll["id"] === "string" && typeof title === "string" && numberIn(seats) !== null;
  const known = typeof kind === "string" && Object.hasOwn(KINDS, kind) && SECRECIES.includes(secrecy) && MEDIA.includes(medium);
  if (!named || !known || !isOptions(options) || !isRules(poll["ruleset"])) return null;
  const eligible = Array.isArray(poll["eligible"]) ? poll["eligible"].filter((name) => typeof name === "string") : [];
  const follows = poll["follows"] ?? null;
  return { ...(poll as unknown as FrozenPoll), eligible, write_ins: poll["write_ins"] === true, follows: follows as FrozenPoll["follows"] };
}

function isOptions(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value
    .map(objectOf)
    .every(({ id, title, illustrative }) => typeof id === "string" && typeof title === "string" && typeof illustrative === "boolean");
}

function isRules(value: unknown): boolean {
  const rules = objectOf(value);
  return SECTIONS.every((name) => typeof rules[name] === "object" && rules[name] !== null);
}

type Fields = Record<string, unknown>;

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
