/** What stands on a ballot: pure rules of what may be ticked or marked. */
import { answersEach } from "@/poll/kinds/kinds";
import type { PollView } from "@/live/wire.gen";

/**
 * A filled ballot: the mark of each option that has one; TICK where options are only ticked, the place ("1" first)
 * where they are ranked. A name written in stands there as "+name", marked WRITTEN, after the options.
 */
export type Marks = Readonly<Record<string, string>>;
export const TICK = "tick";
export const WRITTEN = "written";

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

/** Whom the ballot elects: every "for", and every name written in. */
function elects(marks: Marks): number {
  return countOf(marks, "for") + countOf(marks, WRITTEN);
}

/** How many options may still be marked "for" or written in; null where there is no limit below their number. */
export function forsLeft(poll: PollView, marks: Marks): number | null {
  return answersEach(poll) && poll.limit !== null ? poll.limit - elects(marks) : null;
}

/**
 * How many more the ballot must be for, lest the adopted rules make it void (0 when it counts). A delegate may cast it all
 * the same: to be against everybody is a vote too, even where it does not count.
 */
export function forsMissing(poll: PollView, marks: Marks): number {
  return answersEach(poll) && poll.rules.ballots.under === "void" ? Math.max(0, poll.seats - elects(marks)) : 0;
}

/** How many names the candidates that the ballot is against let it add; null where the rules let any ballot add names. */
export function namesAllowed({ rules: { ballots } }: PollView, marks: Marks): number | null {
  return ballots.write_in_after === "against" ? countOf(marks, "against") : null;
}

/** Why a key changes nothing: one "for" more is not allowed, or a name that is added needs this "against". */
export type KeyRefused = "full" | "named";

/** The ballot after touching a key, or why it stays; the same mark again takes it off. */
export function marked(poll: PollView, marks: Marks, option: string, mark: string): Marks | KeyRefused {
  const next = marks[option] === mark ? without(marks, option) : { ...marks, [option]: mark };
  if (mark === "for" && next[option] === mark && forsLeft(poll, marks) === 0) return "full";
  const needed = countOf(next, WRITTEN);
  return needed > (namesAllowed(poll, next) ?? needed) ? "named" : next;
}

/** The ballot without the mark of this option, or without this name. */
export function without(marks: Marks, option: string): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([id]) => id !== option));
}

/** The options without a mark, in the order of the ballot. */
export function unmarked(poll: PollView, marks: Marks): PollView["options"] {
  return poll.options.filter(({ id }) => marks[id] === undefined);
}
