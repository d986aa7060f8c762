/**
 * The encrypted tally: the sum of the ballots, and the list of what goes through the shuffles
 * (Belenios specification, "Encrypted tally").
 */
import { ciphertextJson } from "../ballots/answers";
import { ballotElements, readBallot, type Ballot, type BallotElements } from "../ballots/ballot";
import type { Election } from "./election";
import { ensure } from "../errors";
import { checkForm, ENCRYPTED_TALLY_FORM } from "../forms";
import type { Group } from "../groups/interface";
import { encode, Reader } from "../json";
import { multiply, multiplyAll, type Ciphertext } from "../groups/proofs";
import { isMixed } from "../ballots/questions";

const TALLY = new Reader("tally_invalid");

/** For each question its ciphertexts: one per answer (homomorphic), or one per ballot (mixed). */
export type Columns = readonly (readonly Ciphertext[])[];

export interface OpenedBallot {
  readonly ballot: Ballot;
  readonly elements: BallotElements;
}

/**
 * The encrypted_tally document of all the ballots on a board, in the board's order; where a later ballot
 * replaces an earlier one, only the last of a credential counts. Throws what reading a ballot throws.
 */
export function sumBallots(election: Election, ballots: Iterable<Uint8Array>): Uint8Array {
  const opened = [...ballots].map((raw) => {
    const ballot = readBallot(election, raw);
    return { ballot, elements: ballotElements(election, ballot) };
  });
  return encodeTally(addUp(election, countedBallots(election, opened)));
}

/** The ballots that count, by the election's frozen terms. */
export function countedBallots<T extends { readonly ballot: Ballot }>({ terms }: Election, ballots: readonly T[]): readonly T[] {
  return terms.lastCounts ? lastOfEach(ballots, ({ ballot }) => ballot.credential) : ballots;
}

/** The last item of each name, in the order in which these last ones came. */
export function lastOfEach<T>(items: readonly T[], name: (item: T) => string): readonly T[] {
  const last = new Map<string, T>();
  for (const item of items) {
    last.delete(name(item));
    last.set(name(item), item);
  }
  return [...last.values()];
}

/** The columns of ballots that all count: their product, answer by answer, or their sorted list. */
export function addUp(election: Election, ballots: readonly { readonly elements: BallotElements }[]): Columns {
  const { group } = election;
  return election.questions.map((question, place) => {
    const answers = ballots.map(({ elements }) => elements.answers[place] ?? []);
    return isMixed(question) ? sorted(group, answers.flat()) : summed(group, question.answers.length, answers);
  });
}

function summed(group: Group, size: number, answers: Columns): Ciphertext[] {
  const none = Array.from({ length: size }, () => multiplyAll(group, []));
  return answers.reduce(
    (totals: Ciphertext[], answer) =>
      totals.map((total, i) => {
        const choice = answer[i];
        return choice === undefined ? total : multiply(group, total, choice);
      }),
    none,
  );
}

/** So that the order of casting does not enter the shuffles. */
function sorted(group: Group, listed: readonly Ciphertext[]): Ciphertext[] {
  return [...listed].sort((a, b) => group.compare(a.alpha, b.alpha) || group.compare(a.beta, b.beta));
}

export function encodeTally(columns: Columns): Uint8Array {
  return encode(columns.map((column) => column.map(ciphertextJson)));
}

/** The columns of an encrypted_tally document. Throws `tally_invalid` or `not_in_group`. */
export function readTally(election: Election, raw: Uint8Array): Columns {
  const value = TALLY.document(raw);
  checkForm(value, ENCRYPTED_TALLY_FORM, TALLY);
  const listed = value as CiphertextsJson;
  const { questions, mixed } = election;
  ensure(listed.length === questions.length, "tally_invalid", "one list of ciphertexts per question is expected");
  const fits = questions.every((question, i) => isMixed(question) || listed[i]?.length === question.answers.length);
  const even = new Set(mixed.map((place) => listed[place]?.length)).size <= 1;
  ensure(fits && even, "tally_invalid", "one ciphertext per answer or ballot is expected");
  return readColumns(election.group, listed);
}

export type CiphertextsJson = readonly (readonly { readonly alpha: string; readonly beta: string }[])[];

/** Throws `not_in_group`. */
export function readColumns(group: Group, listed: CiphertextsJson): Columns {
  return listed.map((column) => column.map(({ alpha, beta }) => ({ alpha: group.parse(alpha), beta: group.parse(beta) })));
}
