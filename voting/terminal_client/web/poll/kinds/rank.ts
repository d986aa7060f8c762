/** Every option is given a place; the lowest sums of ranks win. */
import type { KindView } from "./kind_view";

export const rank: KindView = {
  ballot: "ranks",
  counts: "sums",
  competes: true,
  noun: "option",
  persons: false,
  needed: ({ rules }, majority) => (rules.seats.rank_needs_majority ? majority : null),
  neededName: "rankings",
  rules: ["majority", "rank_needs_majority", "secrecy_choice"],
  fields: ["options", "seats"],
};
