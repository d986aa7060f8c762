/** What stands on a ballot: pure rules of what may be ticked or marked, and how the tally is told. */
import { answersEach } from "@/shared/poll/kinds";
import type { PollView } from "@/shared/wire.gen";

/** A filled ballot: the mark of each option that has one; TICK where options are only ticked. */
export type Marks = Readonly<Record<string, string>>;
export const TICK = "tick";

/** A ballot on which these options are ticked. */
export function ticks(options: readonly string[]): Marks {
  return Object.fromEntries(options.map((id) => [id, TICK]));
}

/** How many options may still be ticked. */
export function left(poll: PollView, ticked: readonly string[]): number {
  return poll.max_choices - ticked.length;
}

/** The ticks after touching an option, or "full" when one more is not allowed. Order follows the ballot. */
export function touch(poll: PollView, ticked: readonly string[], option: string): readonly string[] | "full" {
  if (ticked.includes(option)) return ticked.filter((one) => one !== option);
  if (left(poll, ticked) <= 0) return "full";
  const next = new Set([...ticked, option]);
  return poll.options.map((one) => one.id).filter((id) => next.has(id));
}

/** How many ticks are missing before the ballot may be cast (0 when it may). */
export function missing(poll: PollView, ticked: readonly string[]): number {
  return Math.max(0, poll.min_choices - ticked.length);
}

/** How many options have this mark. */
export function countOf(marks: Marks, mark: string): number {
  return Object.values(marks).filter((one) => one === mark).length;
}

/** How many options may still be marked "for"; null where there is no limit below the number of options. */
export function forsLeft(poll: PollView, marks: Marks): number | null {
  if (!answersEach(poll.kind) || poll.max_choices >= poll.options.length) return null;
  return poll.max_choices - countOf(marks, "for");
}

/** The ballot after touching a key: the same mark again takes it off; "full" when one more "for" is not allowed. */
export function marked(poll: PollView, marks: Marks, option: string, mark: string): Marks | "full" {
  if (marks[option] === mark) {
    return Object.fromEntries(Object.entries(marks).filter(([id]) => id !== option));
  }
  if (mark === "for" && forsLeft(poll, marks) === 0) return "full";
  return { ...marks, [option]: mark };
}

/** The options without a mark, in the order of the ballot. */
export function unmarked(poll: PollView, marks: Marks): PollView["options"] {
  return poll.options.filter(({ id }) => marks[id] === undefined);
}

/**
 * The answers as the tally wants them, 0 or 1 each: one question with every option where options are ticked, one
 * question per option with every mark (PollView.marks) otherwise. No mark is a blank answer.
 */
export function answersOf(poll: PollView, marks: Marks): number[][] {
  if (poll.marks.length === 0) return [poll.options.map(({ id }) => Number(marks[id] === TICK))];
  return poll.options.map(({ id }) => poll.marks.map((mark) => Number(marks[id] === mark)));
}
