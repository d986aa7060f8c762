/** Ticks on a ballot: pure rules of what may be ticked. */
import type { PollView } from "@/shared/wire.gen";

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

/** The choices as the tally wants them: 0 or 1 per option, in the order of the ballot. */
export function choicesOf(poll: PollView, ticked: readonly string[]): number[] {
  return poll.options.map((option) => (ticked.includes(option.id) ? 1 : 0));
}
