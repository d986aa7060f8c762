/** An election of officials (选举): for, against or abstain on each candidate; other names may be written in. */
import { seatsNeed, type KindView } from "./kind_view";

export const election: KindView = {
  ballot: "marks",
  counts: "answers",
  competes: true,
  noun: "candidate",
  persons: true,
  needed: seatsNeed(() => true),
  neededName: "majority",
  rules: ["majority", "over", "under", "candidates", "secrecy_election", "percentage_of"],
  fields: ["options", "seats", "post", "writeIns", "eligible"],
};
