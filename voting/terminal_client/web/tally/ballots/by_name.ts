/**
 * Recorded (named) polls: signed plain ballots on the same kind of board. Nothing is encrypted, so
 * there are no scrutineers' keys; credentials stand beside the delegates' names. The format is ours:
 * belenios-tool does not read it.
 */
import { isName } from "./names";
import { readBallot, type Ballot } from "./ballot";
import { compareCodePoints } from "../bytes";
import { checkPublicCredential } from "./credential";
import type { Election } from "../board/election";
import { countedBallots } from "../board/encrypted_tally";
import { ensure } from "../errors";
import { readForm, VOTERS_FORM } from "../forms";
import type { Group } from "../groups/interface";
import { encode } from "../json";
import { isMixed } from "./questions";
import type { Counts, Papers, Result } from "../board/result";

/** The trustees document of a recorded poll. */
export const NO_TRUSTEES = "[]";

/** A delegate who may vote: the credential made at the seat, the delegate's number, and the name shown. */
export interface Voter {
  readonly credential: string;
  readonly delegate: string;
  readonly name: string;
}

export interface NamedVote {
  readonly voter: Voter;
  /** The answer to each question. */
  readonly answers: readonly (readonly number[])[];
}

/** The archived list, sorted by credential. Throws RangeError when a credential or delegate occurs twice. */
export function encodeVoters(voters: Iterable<Voter>): Uint8Array {
  const sorted = [...voters].sort((a, b) => compareCodePoints(a.credential, b.credential));
  const repeats = (names: readonly string[]): boolean => new Set(names).size !== names.length;
  if (repeats(sorted.map((voter) => voter.credential)) || repeats(sorted.map((voter) => voter.delegate))) {
    throw new RangeError("a credential or a delegate occurs twice");
  }
  return encode(sorted.map(({ credential, delegate, name }) => ({ credential, delegate, name })));
}

/** Of a delegate: characters that nobody can take for others, so that one person has one number. */
const NUMBER = /^[0-9A-Za-z-]+$/;

/** The archived list, every law checked. Throws a form's refusal or `credential_malformed`. */
export function readVoters(group: Group, raw: Uint8Array): readonly Voter[] {
  const voters = readForm(raw, VOTERS_FORM) as readonly Voter[];
  const sorted = voters.every(
    ({ credential }, i) => i === 0 || compareCodePoints(voters[i - 1]?.credential ?? "", credential) < 0,
  );
  ensure(sorted, "credential_malformed", "the voters are not sorted or a credential occurs twice");
  const named = new Set(voters.map(({ delegate }) => delegate)).size === voters.length;
  ensure(named, "credential_malformed", "a delegate occurs twice");
  const spelled = voters.every(({ delegate, name }) => NUMBER.test(delegate) && isName(name));
  ensure(spelled, "credential_malformed", "a delegate's number or name is not in its one spelling");
  for (const { credential } of voters) checkPublicCredential(group, credential);
  return voters;
}

/** The result document of a recorded poll. `ballots`: all on the board, checked, in order. */
export function countRecorded(
  election: Election,
  ballots: readonly Uint8Array[],
): { readonly raw: Uint8Array; readonly result: Result } {
  const read = ballots.map((raw) => ({ ballot: readBallot(election, raw) }));
  const result = addUpPlain(election, countedBallots(election, read).map(({ ballot }) => ballot));
  return { raw: encode({ result }), result };
}

/** The result of plain ballots that all count: sums, or the sorted papers of a mixed question. */
export function addUpPlain({ questions }: Election, ballots: readonly Ballot[]): Result {
  return questions.map((question, place): Counts | Papers => {
    const answers = ballots.map((ballot) => valuesOf(ballot, place));
    if (isMixed(question)) return answers.sort(compareLists);
    return question.answers.map((_, i) => answers.reduce((sum, values) => sum + (values[i] ?? 0), 0));
  });
}

/** Who voted how, ordered by the delegates' numbers; `ballots` are those that count. */
export function namedVotes(voters: readonly Voter[], ballots: readonly Ballot[]): NamedVote[] {
  const byCredential = new Map(voters.map((voter) => [voter.credential, voter]));
  const votes = ballots.flatMap((ballot) => {
    const voter = byCredential.get(ballot.credential);
    return voter === undefined ? [] : [{ voter, answers: ballot.answers.map((_, place) => valuesOf(ballot, place)) }];
  });
  return votes.sort((a, b) => compareCodePoints(a.voter.delegate, b.voter.delegate));
}

function valuesOf(ballot: Ballot, place: number): readonly number[] {
  const answer = ballot.answers[place];
  if (answer?.kind !== "plain") throw new RangeError("this ballot is encrypted");
  return answer.values;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
