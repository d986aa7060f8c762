/** What the congress may choose where fewer are chosen than there are seats (voting/congress/law/ruleset.py says the same). */
import type { AfterShortfall, PollKind, Ruleset } from "@/live/wire.gen";

/** Seats of persons have to be filled; rules of before this was a setting have one list for persons and projects. */
export function afterShortfall({ seats }: Pick<Ruleset, "seats">, kind: PollKind): readonly AfterShortfall[] {
  const projects = seats.shortfall_of_projects;
  if (projects === undefined) return seats.shortfall;
  return kind === "election" ? seats.shortfall.filter((choice) => choice !== "accept_fewer") : projects;
}
