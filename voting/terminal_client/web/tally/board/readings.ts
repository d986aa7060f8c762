/** What each paper of a result says, read by the meaning that its question states. Judging it is a matter of the poll's rules. */
import { TallyError } from "../errors";
import { readPaper, readRanks, type Use } from "../ballots/singly";
import { isMixed, type AnyQuestion } from "../ballots/questions";
import type { Result } from "./result";

/** One paper. `numbers`: the question does not say what they mean. */
export type Reading =
  /** The place of each answer, in the order of the question's answers; 0: not ranked. */
  | { readonly kind: "ranks"; readonly ranks: readonly number[] }
  /** A mark (0 none, 1 for, 2 against, 3 abstain) for each of `use.candidates`, and the names written in. */
  | { readonly kind: "marks"; readonly marks: readonly number[]; readonly names: readonly string[] }
  | { readonly kind: "numbers"; readonly numbers: readonly number[] }
  /** Void, whatever the rules say. */
  | { readonly kind: "unreadable"; readonly why: string };

/** For each question its papers in the order of the result; null for a question of which only sums are known. */
export type Readings = readonly (readonly Reading[] | null)[];

export function readResultPapers(questions: readonly AnyQuestion[], result: Result): Readings {
  return questions.map((question, place) => {
    if (!isMixed(question)) return null;
    return (result[place] ?? []).flatMap((paper) => (typeof paper === "number" ? [] : [readOne(question.use, paper)]));
  });
}

/** The answers of one named ballot, question by question. */
export function readNamedAnswers(
  questions: readonly AnyQuestion[],
  answers: readonly (readonly number[])[],
): readonly (Reading | null)[] {
  return questions.map((question, place) => (isMixed(question) ? readOne(question.use, answers[place] ?? []) : null));
}

function readOne(use: Use | null, numbers: readonly number[]): Reading {
  try {
    if (use === null) return { kind: "numbers", numbers };
    if (use.use === "rank") return { kind: "ranks", ranks: readRanks(use, numbers) };
    const { marks, writeIns } = readPaper(use, numbers);
    const names = writeIns.map((written) => (typeof written === "string" ? written : (use.roster[written - 1] ?? "")));
    return { kind: "marks", marks, names };
  } catch (error) {
    if (error instanceof TallyError) return { kind: "unreadable", why: error.detail };
    throw error;
  }
}
