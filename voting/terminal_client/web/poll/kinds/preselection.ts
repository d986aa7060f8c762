/** Who of those nominated become candidates (预选): for, against or abstain on each; most votes, and nobody is elected. */
import type { KindView } from "./kind_view";

export const preselection: KindView = {
  ballot: "marks",
  counts: "answers",
  competes: true,
  noun: "candidate",
  persons: true,
  needed: () => null,
  neededName: "majority",
  rules: ["over", "under", "secrecy_election", "percentage_of"],
  fields: ["options", "seats"],
};
