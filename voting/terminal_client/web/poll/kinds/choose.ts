/** Ticks for at most so many of the options (票决); most votes win. */
import { seatsNeed, type KindView } from "./kind_view";

export const choose: KindView = {
  ballot: "ticks",
  counts: "votes",
  competes: true,
  noun: "option",
  persons: false,
  needed: seatsNeed(({ seats }) => seats.majority_floor),
  neededName: "majority",
  rules: ["majority", "over", "under", "majority_floor", "secrecy_choice", "percentage_of"],
  fields: ["options", "seats"],
};
