/** A motion (议案): carried or not, by for / against / abstain. */
import type { KindView } from "./kind_view";

export const motion: KindView = {
  ballot: "voices",
  counts: "votes",
  competes: false,
  noun: "option",
  persons: false,
  needed: (_, majority) => majority,
  neededName: "majority",
  rules: ["majority", "participation", "secrecy_motion", "show_not_pressed", "percentage_of"],
  fields: ["text"],
};
