/**
 * The kinds of question on a ballot (Belenios specification, "Questions"). Of a homomorphic question
 * only the sums of the answers are ever decrypted. The answer to a mixed question is a list of small
 * numbers, encrypted as one; it goes through the scrutineers' shuffles and is then decrypted.
 */
import { ensure } from "../errors";
import type { Group } from "../groups/interface";
import type { Json } from "../json";
import { readUse, useFits, useJson, type Use } from "./singly";

/** Most answers of one question. */
export const MAX_ANSWERS = 200;
/** Most answers that the homomorphic questions of one ballot may have together; keeps it below its limit. */
const MAX_ALL_ANSWERS = 250;
const MAX_QUESTIONS = 100;
const MIXED_TYPE = "NonHomomorphic";

/** At least `min` and at most `max` of the answers are chosen. */
export interface Question {
  readonly text: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
}

/** Each answer gets a number from 0 to 255; `use` says what the numbers mean. No proof shows that they are sensible. */
export interface MixedQuestion {
  readonly text: string;
  readonly answers: readonly string[];
  readonly mixed: true;
  readonly use: Use | null;
}

export type AnyQuestion = Question | MixedQuestion;

export function isMixed(question: AnyQuestion): question is MixedQuestion {
  return "mixed" in question;
}

interface QuestionJson {
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly question: string;
}

interface MixedQuestionJson {
  readonly type: string;
  readonly value: { readonly answers: readonly string[]; readonly question: string };
  readonly extra?: Parameters<typeof readUse>[0];
}

/** The published form. */
export function questionJson(question: AnyQuestion): Json {
  const { text, answers } = question;
  if (!isMixed(question)) return { answers, min: question.min, max: question.max, question: text };
  const value = { type: MIXED_TYPE, value: { answers, question: text } };
  return question.use === null ? value : { ...value, extra: useJson(question.use) };
}

/** A question whose form was checked. Throws `election_invalid`. */
export function readQuestion(value: unknown): AnyQuestion {
  const json = value as QuestionJson | MixedQuestionJson;
  return "type" in json ? readMixed(json) : readHomomorphic(json);
}

function readHomomorphic({ answers, min, max, question }: QuestionJson): Question {
  checkCount(answers);
  const ordered = min <= max && max <= answers.length;
  ensure(ordered, "election_invalid", "0 <= min <= max <= number of answers is expected");
  return { text: question, answers, min, max };
}

function readMixed({ type, value, extra }: MixedQuestionJson): MixedQuestion {
  ensure(type === MIXED_TYPE, "election_invalid", "a question is of an unknown type");
  checkCount(value.answers);
  const use = extra === undefined ? null : readUse(extra);
  const fits = use === null || useFits(use, value.answers.length);
  ensure(fits, "election_invalid", "what the numbers mean does not fit their number");
  return { text: value.question, answers: value.answers, mixed: true, use };
}

function checkCount(answers: readonly string[]): void {
  const sized = answers.length >= 1 && answers.length <= MAX_ANSWERS;
  ensure(sized, "election_invalid", `a question has 1 to ${MAX_ANSWERS} answers`);
}

/** Throws `election_invalid` unless a ballot of this group can hold answers to all of the questions. */
export function checkQuestions(questions: readonly AnyQuestion[], group: Group, recorded: boolean): void {
  const few = questions.length >= 1 && questions.length <= MAX_QUESTIONS;
  ensure(few, "election_invalid", `an election has 1 to ${MAX_QUESTIONS} questions`);
  const summed = questions.filter((question) => !isMixed(question));
  const together = summed.reduce((sum, { answers }) => sum + answers.length, 0);
  const bearable = together <= MAX_ALL_ANSWERS;
  ensure(bearable, "election_invalid", `the questions have more than ${MAX_ALL_ANSWERS} answers together`);
  const embeddable = recorded || questions.every((item) => !isMixed(item) || item.answers.length <= group.capacity);
  ensure(embeddable, "election_invalid", `${group.name} carries at most ${group.capacity} numbers in a mixed question`);
}

/** Throws RangeError unless the question allows the choices: 0 or 1 per answer within the bounds, or numbers to 255. */
export function checkChoices(question: AnyQuestion, choices: readonly number[]): void {
  const highest = isMixed(question) ? 255 : 1;
  if (choices.length !== question.answers.length) throw new RangeError("one choice per answer is expected");
  if (!choices.every((choice) => Number.isInteger(choice) && choice >= 0 && choice <= highest)) {
    throw new RangeError(`a choice is a number from 0 to ${highest}`);
  }
  if (isMixed(question)) return;
  const chosen = choices.reduce((sum, choice) => sum + choice, 0);
  if (chosen < question.min || chosen > question.max) {
    throw new RangeError(`${chosen} chosen where ${question.min} to ${question.max} are allowed`);
  }
}
