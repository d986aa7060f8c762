/** Everything that sets one kind of poll apart on the pages. */
import type { PollView, Ruleset } from "@/live/wire.gen";
import { runOffNeedsMajority } from "./run_off";

/** What the composer may ask for that not every poll has. */
export type KindField = "options" | "seats" | "post" | "writeIns" | "eligible" | "text";

/** The adopted rules that only some kinds have (see adopted.ts). */
export type KindRule =
  | "majority"
  | "participation"
  | "over"
  | "over_approval"
  | "under"
  | "majority_floor"
  | "rank_needs_majority"
  | "candidates"
  | "show_not_pressed"
  | "percentage_of"
  | "levels"
  | "evaluation"
  | `secrecy_${keyof Ruleset["secrecy"]}`;

export interface KindView {
  /** The ballot's form: one of three voices, ticks, a ranking, or a mark for each option. */
  readonly ballot: "voices" | "ticks" | "ranks" | "marks";
  /** What is counted of an option: votes, answers for / against / abstain, ballots for each level, or a sum of ranks. */
  readonly counts: "votes" | "answers" | "levels" | "sums";
  /** Whether options compete for seats, so that they have places among each other. */
  readonly competes: boolean;
  /** What an option is called: a key below `scrutineer.hand`. */
  readonly noun: "option" | "candidate" | "subject";
  /** Whether options are persons, who are elected (当选) instead of chosen (入选). */
  readonly persons: boolean;
  /** The number that the adopted rules ask for, given the majority; null where they ask for none. */
  readonly needed: (poll: Pick<PollView, "kind" | "follows" | "rules">, majority: number | null) => number | null;
  /** What that number counts: a key below `result.figure`. */
  readonly neededName: "majority" | "rankings" | "half";
  readonly rules: readonly KindRule[];
  readonly fields: readonly KindField[];
}

/** Options that fill seats need the majority where the rules set a floor; in a run-off only where they say so. */
export function seatsNeed(floor: (rules: Ruleset) => boolean): KindView["needed"] {
  return ({ kind, follows, rules }, majority) => {
    if (follows?.relation === "run_off" && !runOffNeedsMajority(rules, kind)) return null;
    return floor(rules) ? majority : null;
  };
}
