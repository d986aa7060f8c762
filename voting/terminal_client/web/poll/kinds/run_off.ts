/** What the tied need in a run-off (voting/congress/law/ruleset.py says the same). */
import type { PollKind, Ruleset } from "@/live/wire.gen";

/** Whether the majority, or just more votes than the others; rules of before there were two settings have one for all. */
export function runOffNeedsMajority({ seats }: Pick<Ruleset, "seats">, kind: PollKind): boolean {
  if (kind === "preselection") return false;
  const projects = seats.run_off_needs_majority;
  return kind === "election" ? (seats.run_off_of_persons_needs_majority ?? projects) : projects;
}
