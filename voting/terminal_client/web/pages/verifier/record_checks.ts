/**
 * Checks 21 and 22, and why a record whose checks hold is not simply valid (voting/record/record_checks.py and
 * verification.py say the same). Pure: of what the worker says of a record whose own checks passed.
 */
import type { Law } from "@/tally/verify/laws";
import { claimsFormat2 } from "@/tally/ballots/terms";
import type { Outcome } from "@/live/wire.gen";
import { leastSecret } from "@/poll/kinds/least_secret";
import { outcomeOf } from "./law/ruling";
import { canBeHeld } from "./law/hand";
import { readRecord, type ReadRecord } from "./record";
import { readStatement, type Statement } from "./statement";
import type { Verified } from "./verified";

export const RECORD_CHECKS = [
  { number: 21, key: "description" },
  { number: 22, key: "roster" },
] as const;
export type RecordCheckKey = (typeof RECORD_CHECKS)[number]["key"];

/** Why the outcome of a record whose checks hold is not stated. */
export const UNSTATED = ["rules_not_stated", "poll_impossible", "other_questions", "papers_beside", "figures_impossible"] as const;
type Unstated = (typeof UNSTATED)[number];

/** A law that the record lacks, a rule of the poll's own that was passed over, or why its outcome is not stated. */
export type Reservation = Law | RecordCheckKey | "too_few_ballots" | Unstated;

const HEX = /^[0-9a-f]{64}$/;

/** Whether the record claims that checks 21 and 22 hold. */
export function claims(record: Verified): boolean {
  return claimsFormat2(record.election.description);
}

/** A check that does not hold, and how: in English, as the command line says it. */
interface RecordFault {
  readonly key: RecordCheckKey;
  readonly detail: string;
}

/** The first of checks 21 and 22 that does not hold; null when both do. */
export function firstRecordFault(record: Verified): RecordFault | null {
  const statement = readStatement(record.election.description);
  const described = descriptionFault(statement, record);
  if (described !== null) return { key: "description", detail: described };
  const roster = rosterFault(statement, record);
  return roster === null ? null : { key: "roster", detail: roster };
}

function descriptionFault(statement: Statement | null, record: Verified): string | null {
  if (statement === null) return "the description is not written as it must be";
  if (!statement.bound) return "the description is not of format 2";
  const { poll, counted, bound: { serverKey, rosterSha256, credentialsSha256 } } = statement;
  if (counted !== (poll.ruleset.ballots.press === "last" ? "last" : null)) return "the terms are not those of the rules";
  if (poll.title !== record.election.name) return "the election bears another title than the poll";
  if (![serverKey, rosterSha256, credentialsSha256].every((value) => HEX.test(value))) {
    return "a key or a hash is not 64 hexadecimal digits";
  }
  const same = credentialsSha256 === record.credentialsSha256;
  return same ? null : "the list of credentials is another than the one that is stated";
}

function rosterFault(statement: Statement | null, record: Verified): string | null {
  if (statement === null) return "it is not stated how many delegates were in office and present";
  const { present, inOffice, statutorySeats } = statement;
  if (record.nCredentials <= present && present <= inOffice && inOffice <= statutorySeats) return null;
  const figures = `${record.nCredentials} credentials, ${present} present, ${inOffice} in office, ${statutorySeats} seats by law`;
  return `${figures}: each may be at most the next`;
}

/** Every reason why a record whose checks hold is not simply valid; counted: a signed count is given. */
export function reservationsOf(record: Verified, counted: boolean): Reservation[] {
  const statement = readStatement(record.election.description);
  const lacking: Reservation[] = [...record.lacking];
  if (!claims(record)) {
    lacking.push("description");
    if (rosterFault(statement, record) !== null) lacking.push("roster");
  }
  if (statement !== null && record.nBallots < leastSecret({ ...statement.poll, rules: statement.poll.ruleset })) {
    lacking.push("too_few_ballots");
  }
  const decided = counted ? null : decisionOf(record);
  return typeof decided === "string" ? [...lacking, decided] : lacking;
}

/** What the votes in a record decide, or why it does not say. */
export function decisionOf(record: Verified): { readonly read: ReadRecord; readonly outcome: Outcome } | Reservation {
  const statement = readStatement(record.election.description);
  if (statement === null) return "rules_not_stated";
  if (!canBeHeld(statement.poll)) return "poll_impossible";
  const read = readRecord(statement, record);
  if (read === null) return "other_questions";
  if (statement.poll.medium !== "electronic") return "papers_beside";
  const outcome = outcomeOf(statement.poll, read.count, statement);
  return outcome === null ? "figures_impossible" : { read, outcome };
}
