/** Ranking by tapping: the first tap is the first place. A complete ballot gives every option its place. */
import type { PollView } from "@/live/wire.gen";
import type { Marks } from "./choice";

/** The options with a place, first place first. */
export function orderOf(marks: Marks): readonly string[] {
  return Object.keys(marks).sort((one, other) => Number(marks[one]) - Number(marks[other]));
}

/** A ballot that puts these options in this order. */
export function ranked(order: readonly string[]): Marks {
  return Object.fromEntries(order.map((id, index) => [id, String(index + 1)]));
}

/** The ballot after tapping an option: it gets the next place, or loses its own, and those behind it move up. */
export function tapped(marks: Marks, option: string): Marks {
  const order = orderOf(marks);
  return ranked(order.includes(option) ? order.filter((id) => id !== option) : [...order, option]);
}

/** How many options are still without a place. */
export function unranked(poll: PollView, marks: Marks): number {
  return poll.options.length - orderOf(marks).length;
}
