/** How a poll that is counted by hand is put to the hall. */
import type { PollView } from "@/live/wire.gen";

export type Method = "hands" | "handsOrPaper" | "paper";

/** By the adopted rules: a show of hands, papers, or as the chair says. */
export function methodOf({ kind, rules: { fallback } }: Pick<PollView, "kind" | "rules">): Method {
  if (!fallback.show_of_hands.includes(kind)) return "paper";
  return fallback.paper.includes(kind) ? "handsOrPaper" : "hands";
}
