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

/** The first of checks 21 and 22 that does not hold; null when both do. */
export function firstRecordFault(record: Verified): RecordCheckKey | null {
  const statement = readStatement(record.election.description);
  if (!isDescribed(statement, record)) return "description";
  return hasRoster(statement, record) ? null : "roster";
}

function isDescribed(statement: Statement | null, record: Verified): boolean {
  if (!statement?.bound) return false;
  const { poll, counted, bound: { serverKey, rosterSha256, credentialsSha256 } } = statement;
  const terms = counted === (poll.ruleset.ballots.press === "last" ? "last" : null);
  const wellFormed = [serverKey, rosterSha256, credentialsSha256].every((value) => HEX.test(value));
  return terms && poll.title === record.election.name && wellFormed && credentialsSha256 === record.credentialsSha256;
}

function hasRoster(statement: Statement | null, record: Verified): boolean {
  if (statement === null) return false;
  const { present, inOffice, statutorySeats } = statement;
  return record.nCredentials <= present && present <= inOffice && inOffice <= statutorySeats;
}

/** Every reason why a record whose checks hold is not simply valid; counted: a signed count is given. */
export function reservationsOf(record: Verified, counted: boolean): Reservation[] {
  const statement = readStatement(record.election.description);
  const lacking: Reservation[] = [...record.lacking];
  if (!claims(record)) {
    lacking.push("description");
    if (!hasRoster(statement, record)) lacking.push("roster");
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
