/** Who is seated: the best of those that reached the floor, and no tie is ever broken (voting/congress/law/seating.py). */
import type { Outcome } from "@/live/wire.gen";

/** An option that may be seated; a higher score is better. */
export interface Standing {
  readonly id: string;
  readonly score: number;
}

type Seating = Pick<Outcome, "kind" | "elected" | "run_off" | "run_off_seats" | "shortfall">;

/** A tie across the cut line goes to a run-off. */
export function seated(seats: number, reached: readonly Standing[]): Seating {
  const ranked = [...reached].sort((one, other) => other.score - one.score);
  const ids = (list: readonly Standing[]): string[] => list.map(({ id }) => id);
  const none = { run_off: [], run_off_seats: 0, shortfall: 0 };
  const [last, next] = [ranked[seats - 1], ranked[seats]];
  if (last === undefined || next === undefined) {
    const shortfall = seats - ranked.length;
    return { ...none, kind: shortfall > 0 ? "shortfall" : "elected", elected: ids(ranked), shortfall };
  }
  if (next.score < last.score) return { ...none, kind: "elected", elected: ids(ranked.slice(0, seats)) };
  const above = ranked.filter(({ score }) => score > last.score);
  const tied = ranked.filter(({ score }) => score === last.score);
  return { kind: "run_off", elected: ids(above), run_off: ids(tied), run_off_seats: seats - above.length, shortfall: 0 };
}
