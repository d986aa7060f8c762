/** The questions that the frozen election must ask, so that a ballot says what this page shows, and how it is told. */
import { ABSTAIN, AGAINST, FOR, NO_MARK, paperLabels, writePaper, type WriteIns } from "@/tally/ballots/singly";
import { questionJson, type AnyQuestion } from "@/tally/ballots/questions";
import { viewOf } from "../kinds/kinds";
import type { PollView } from "@/live/wire.gen";
import { type Marks, TICK } from "./choice";
import { namesOn } from "./written";

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
const NUMBERS: Readonly<Record<string, number>> = { for: FOR, against: AGAINST, abstain: ABSTAIN };

/**
 * One question about the whole paper where each ballot is read by itself; one about all options where they are ticked;
 * otherwise one per option, to which at most one mark is given.
 */
export function questionsOf(poll: PollView): AnyQuestion[] {
  if (poll.read_singly) return [paperQuestion(poll)];
  const titles = titlesOf(poll);
  if (poll.marks.length === 0) {
    return [{ text: poll.title, answers: titles, min: poll.min_choices, max: poll.max_choices }];
  }
  const answers = poll.marks.map((mark) => RECORDED_WORDS[mark] ?? mark);
  return titles.map((text) => ({ text, answers, min: 0, max: 1 }));
}

function paperQuestion(poll: PollView): AnyQuestion {
  const answers = titlesOf(poll);
  if (viewOf(poll).ballot === "ranks") {
    return { text: poll.title, answers, mixed: true, use: { use: "rank", places: answers.length } };
  }
  const use = paperOf(poll);
  return { text: poll.title, answers: paperLabels(use), mixed: true, use };
}

/** How marks and names written in are laid out on a paper of this poll. */
function paperOf(poll: PollView): WriteIns {
  return {
    use: "write_in",
    candidates: titlesOf(poll),
    roster: poll.eligible,
    writeIns: poll.max_write_ins,
    textBytes: poll.write_in_bytes,
  };
}

function titlesOf(poll: PollView): string[] {
  return poll.options.map(({ title }) => title);
}

/** Whether two lists of questions are the same in everything that is published of them. */
export function sameQuestions(asked: readonly AnyQuestion[], shown: readonly AnyQuestion[]): boolean {
  return JSON.stringify(asked.map(questionJson)) === JSON.stringify(shown.map(questionJson));
}

/**
 * The answers as the tally wants them, one list of numbers per question (see questionsOf): 0 or 1 each, the places of a
 * ranking, or the numbers of a paper. No mark is a blank answer. Raises RangeError for a name that no paper can hold.
 */
export function answersOf(poll: PollView, marks: Marks): number[][] {
  if (viewOf(poll).ballot === "ranks") return [poll.options.map(({ id }) => Number(marks[id] ?? 0))];
  if (poll.read_singly) return [paperAnswers(poll, marks)];
  if (poll.marks.length === 0) return [poll.options.map(({ id }) => Number(marks[id] === TICK))];
  return poll.options.map(({ id }) => poll.marks.map((mark) => Number(marks[id] === mark)));
}

function paperAnswers(poll: PollView, marks: Marks): number[] {
  const places = new Map(poll.eligible.map((name, index) => [name, index + 1]));
  return writePaper(paperOf(poll), {
    marks: poll.options.map(({ id }) => NUMBERS[marks[id] ?? ""] ?? NO_MARK),
    writeIns: namesOn(marks).map((name) => places.get(name) ?? name),
  });
}
