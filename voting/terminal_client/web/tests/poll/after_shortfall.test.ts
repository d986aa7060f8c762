/** What may follow a shortfall: persons are elected, projects as the rules say; rules of before have one list. */
import { expect, it } from "vitest";

import type { AfterShortfall } from "@/live/wire.gen";
import { afterShortfall } from "@/poll/kinds/after_shortfall";
import { RULES } from "../fixtures/frozen";

const ALL: AfterShortfall[] = ["second_round", "next_session", "accept_fewer"];
const rules = (shortfall: AfterShortfall[], projects?: AfterShortfall[]) => {
  const { majority_floor, rank_needs_majority, run_off_needs_majority, tie } = RULES.seats;
  const seats = { majority_floor, rank_needs_majority, run_off_needs_majority, tie, shortfall };
  return { seats: projects ? { ...seats, shortfall_of_projects: projects } : seats };
};

it.each([
  [rules(ALL, ["next_session"]), "choose", ["next_session"]],
  [rules(ALL, ["next_session"]), "election", ["second_round", "next_session"]],
  [rules(ALL), "election", ALL],
  [rules(["next_session"]), "approve_each", ["next_session"]],
] as const)("%j for %s", (given, kind, offered) => {
  expect(afterShortfall(given, kind)).toEqual(offered);
});
