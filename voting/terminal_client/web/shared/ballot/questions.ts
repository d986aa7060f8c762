/** The questions that the frozen election must ask, so that a ballot says what this page shows. */
import type { PollView } from "@/shared/wire.gen";

export interface AskedQuestion {
  readonly text: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
}

/** The answers' words in the public record; they stay Chinese whatever the page's language. */
const RECORDED_WORDS: Readonly<Record<string, string>> = {
  for: "赞成",
  against: "反对",
  abstain: "弃权",
  satisfied: "满意",
  basically_satisfied: "基本满意",
  dissatisfied: "不满意",
  dont_know: "不了解",
};

/** One question about all options where they are ticked; otherwise one per option, to which at most one mark is given. */
export function questionsOf(poll: PollView): AskedQuestion[] {
  const titles = poll.options.map(({ title }) => title);
  if (poll.marks.length === 0) {
    return [{ text: poll.title, answers: titles, min: poll.min_choices, max: poll.max_choices }];
  }
  const answers = poll.marks.map((mark) => RECORDED_WORDS[mark] ?? mark);
  return titles.map((text) => ({ text, answers, min: 0, max: 1 }));
}

/** Whether two lists of questions are the same; a question of another form equals none. */
export function sameQuestions(asked: readonly Partial<AskedQuestion>[], shown: readonly AskedQuestion[]): boolean {
  return asked.length === shown.length && shown.every((question, index) => sameQuestion(asked[index] ?? {}, question));
}

function sameQuestion({ text, answers, min, max }: Partial<AskedQuestion>, shown: AskedQuestion): boolean {
  return (
    text === shown.text &&
    min === shown.min &&
    max === shown.max &&
    answers?.length === shown.answers.length &&
    shown.answers.every((answer, index) => answer === answers[index])
  );
}
