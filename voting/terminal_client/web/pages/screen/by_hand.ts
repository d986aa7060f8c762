/** How a poll that is counted by hand is put to the hall. */
import type { PollView } from "@/live/wire.gen";

type Method = "hands" | "handsOrPaper" | "paper";

/** By what the rules let it be counted by: a show of hands, papers, or as the chair says. */
export function methodOf({ methods }: Pick<PollView, "methods">): Method {
  if (!methods.includes("show_of_hands")) return "paper";
  return methods.includes("paper") ? "handsOrPaper" : "hands";
}
