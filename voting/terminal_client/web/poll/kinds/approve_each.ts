/** For, against or abstain on each option by itself; most votes for win. */
import { seatsNeed, type KindView } from "./kind_view";

/** Without seats each option passes or not by itself, by the majority whatever floor projects have. */
export const approveAlone: KindView = {
  ballot: "marks",
  counts: "answers",
  competes: false,
  noun: "option",
  persons: false,
  needed: (_, majority) => majority,
  neededName: "majority",
  rules: ["majority", "secrecy_choice", "percentage_of"],
  fields: ["options", "seats"],
};

export const approveEach: KindView = {
  ballot: "marks",
  counts: "answers",
  competes: true,
  noun: "option",
  persons: false,
  needed: seatsNeed(({ seats }) => seats.majority_floor),
  neededName: "majority",
  rules: ["majority", "over_approval", "under", "majority_floor", "secrecy_choice", "percentage_of"],
  fields: ["options", "seats"],
};
