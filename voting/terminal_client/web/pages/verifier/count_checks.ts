/**
 * What a signed count statement is compared with: the archive it names, its own parts, and their sum. The counting of
 * papers itself cannot be checked: for that, two persons stand. Pure; form and signature are checked by the worker.
 */
import type { CountStatement, HandEntry } from "@/tally/board/count_statement";
import type { Count, PollView } from "@/live/wire.gen";

/** The checks in the order in which they are made; `count_outcome` is left to the command line. */
const COUNT_CHECKS = [
  "count_form",
  "count_signature",
  "count_archive",
  "count_electronic",
  "count_by_hand",
  "count_joined",
] as const;
export type CountCheckKey = (typeof COUNT_CHECKS)[number];
type CountStatus = "waiting" | "passed" | "failed" | "not_reached";

export interface CountState {
  readonly key: CountCheckKey;
  readonly status: CountStatus;
}

/** The archive that lies beside the statement: verified, and counted by its own rules. */
export interface BesideArchive {
  readonly sha256: string;
  readonly uuid: string;
  readonly fingerprint: string;
  /** The frozen poll as the archive describes it, and the delegates it states. */
  readonly poll: unknown;
  readonly inOffice: number | null;
  readonly statutorySeats: number | null;
  readonly present: number | null;
  readonly count: Count | null;
}

/** The states when every check before `failed` passed; null: all passed. */
export function statesUntil(failed: CountCheckKey | null): CountState[] {
  const at = failed === null ? COUNT_CHECKS.length : COUNT_CHECKS.indexOf(failed);
  return COUNT_CHECKS.map((key, place) => ({ key, status: place < at ? "passed" : place === at ? "failed" : "not_reached" }));
}

/** The first check after form and signature that does not hold; null when all do. keys: of the servers that signed receipts. */
export function firstFault(
  statement: CountStatement,
  poll: PollView,
  beside: BesideArchive | null,
  keys: readonly string[],
): CountCheckKey | null {
  if (keys.some((key) => key !== statement.server_key)) return "count_signature";
  if (!belongs(statement, poll, beside)) return "count_archive";
  if (!same(statement.electronic, beside?.count ?? null)) return "count_electronic";
  if (!handHolds(statement, poll)) return "count_by_hand";
  const joined = joinedCount(statement, poll);
  return joined !== null && same(joined, statement.count) && statement.medium === joined.medium ? null : "count_joined";
}

function belongs(statement: CountStatement, { medium }: PollView, beside: BesideArchive | null): boolean {
  if (statement.archive_sha256 === "") return beside === null && medium === "by_hand";
  if (beside === null) return false;
  return same(
    [
      statement.archive_sha256,
      statement.election_uuid,
      statement.fingerprint,
      statement.poll,
      statement.in_office,
      statement.statutory_seats,
      statement.present,
    ],
    [beside.sha256, beside.uuid, beside.fingerprint, beside.poll, beside.inOffice, beside.statutorySeats, beside.present],
  );
}

function handHolds({ medium, by_hand: entry, papers_instead: instead, electronic }: CountStatement, poll: PollView): boolean {
  const possible = { electronic: ["electronic"], by_hand: ["by_hand"], mixed: ["mixed", "electronic"] }[poll.medium];
  if (!possible.includes(medium) || (entry !== null) !== (medium !== "electronic")) return false;
  if (entry === null) return instead === 0;
  const { issued, returned, valid, void: spoilt } = entry.figures;
  const most = electronic === null ? 0 : Math.min(issued, electronic.issued - electronic.returned);
  const two = entry.entered_by.index !== entry.confirmed_by.index;
  return two && returned <= issued && returned === valid + spoilt && instead <= most;
}

/** The count that follows from the parts (voting/record/count_statement.py); null when there is none. */
export function joinedCount(statement: CountStatement, poll: PollView): Count | null {
  const { electronic, by_hand: entry, papers_instead: instead } = statement;
  const hand = entry === null ? null : countByHand(entry, poll, statement.in_office);
  if (electronic === null || hand === null) return electronic ?? hand;
  const issued = electronic.issued + hand.issued - instead;
  const pressed = electronic.issued - electronic.not_pressed + (hand.issued - hand.not_pressed);
  return {
    entitled: electronic.entitled,
    issued,
    returned: electronic.returned + hand.returned,
    valid: electronic.valid + hand.valid,
    void: electronic.void + hand.void,
    not_pressed: issued - pressed,
    votes: added(electronic.votes, hand.votes),
    against: added(electronic.against, hand.against),
    abstain: added(electronic.abstain, hand.abstain),
    levels: Object.fromEntries(
      Object.entries(electronic.levels).map(([id, levels]) => [id, levels.map((n, place) => n + (hand.levels[id]?.[place] ?? 0))]),
    ),
    write_ins: [...new Set([...electronic.write_ins, ...hand.write_ins])],
    medium: "mixed",
    by_hand: hand.returned,
  };
}

function countByHand({ figures }: HandEntry, poll: PollView, inOffice: number): Count {
  const votes = added(Object.fromEntries(poll.options.map(({ id }) => [id, 0])), figures.votes);
  const cast = poll.kind === "motion" ? Object.values(figures.votes).reduce((total, n) => total + n, 0) : figures.returned;
  return {
    entitled: inOffice,
    issued: figures.issued,
    returned: figures.returned,
    valid: figures.valid,
    void: figures.void,
    not_pressed: figures.issued - cast,
    votes,
    against: figures.against,
    abstain: figures.abstain,
    levels: figures.levels,
    write_ins: figures.write_ins,
    medium: "by_hand",
    by_hand: figures.returned,
  };
}

type Numbers = Readonly<Record<string, number>>;

function added(one: Numbers, other: Numbers): Record<string, number> {
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((id) => [id, (one[id] ?? 0) + (other[id] ?? 0)]),
  );
}

/** Equal whatever the order of keys; lists in their order. */
export function same(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}
