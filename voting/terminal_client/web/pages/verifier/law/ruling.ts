/** What the figures of a count decide under the adopted rules (voting/congress/law/ruling.py). No tie is ever broken. */
import type { Base, Count, Outcome } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";
import { baseOf, canBeFigures, cast, figuresOf, fillsSeats, returnedLimit, type Figures, type Roster, type Tally } from "./figures";

/** The outcome; null where nothing can be decided upon. */
export function outcomeOf(poll: FrozenPoll, count: Count, roster: Roster): Outcome | null {
  const figures = figuresOf(poll, count, roster);
  if (!canBeFigures(figures)) return null;
  const { quorum } = poll.ruleset;
  const majority = majorityOf(figures);
  const none = { majority, elected: [], run_off: [], run_off_seats: 0, shortfall: 0, verdicts: {} };
  const unfilled = { ...none, shortfall: fillsSeats(poll) ? poll.seats : 0 };
  if (figures.present < share(quorum.fraction, baseOf(figures, quorum.base), false)) return { ...unfilled, kind: "no_quorum" };
  if (figures.returned > returnedLimit(figures)) return { ...unfilled, kind: "void" };
  if (poll.kind === "motion") return { ...none, kind: isPassed(figures, majority) ? "passed" : "not_passed" };
  if (poll.kind === "evaluation") return { ...none, kind: "evaluated", verdicts: verdictsOf(figures, majority) };
  return { ...none, ...seated(poll.seats, standings(figures, majority)) };
}

/** The least whole number that is so much of a number of persons or ballots, or more than it; exact. */
export function share(fraction: string, of: number, strictlyMore: boolean): number {
  const [over = "0", under = "1"] = fraction.trim().split("/");
  const [whole, divisor] = [BigInt(over) * BigInt(of), BigInt(under)];
  const down = whole / divisor;
  const exact = down * divisor === whole;
  return Number(strictlyMore || !exact ? down + 1n : down);
}

function majorityOf(figures: Figures): number {
  const { kind, ruleset: { majority, evaluation } } = figures.poll;
  if (kind === "evaluation") return share("1/2", baseOf(figures, evaluation.base), !evaluation.half_counts);
  return share(majority.fraction, baseOf(figures, majority.base), majority.strictly_more);
}

function isPassed(figures: Figures, majority: number): boolean {
  const [tally] = figures.tallies;
  const { required, fraction, base, strictly_more: more } = figures.poll.ruleset.participation;
  if (tally === undefined) return false;
  const tookPart = !required || cast(tally) >= share(fraction, baseOf(figures, base as Base), more);
  return tookPart && tally.votes >= majority;
}

function verdictsOf({ tallies }: Figures, needed: number): Record<string, string> {
  const verdict = ({ levels: [satisfied = 0, basically = 0] }: Tally): string =>
    satisfied >= needed ? "satisfied" : satisfied + basically >= needed ? "basically_satisfied" : "dissatisfied";
  return Object.fromEntries(tallies.map((tally) => [tally.id, verdict(tally)]));
}

/** An option that may be seated; a higher score is better. */
interface Standing {
  readonly id: string;
  readonly score: number;
}

function standings(figures: Figures, majority: number): Standing[] {
  const { poll: { kind, ruleset: { seats } }, valid, tallies } = figures;
  if (kind === "rank") {
    const enough = seats.rank_needs_majority ? valid >= majority : valid > 0;
    return enough ? tallies.map(({ id, votes }) => ({ id, score: -votes })) : [];
  }
  const floor = floorOf(figures, majority);
  return tallies.flatMap(({ id, votes }) => (votes >= floor ? [{ id, score: votes }] : []));
}

/** Votes needed at all; a run-off may go by the order of votes alone, and projects may need no majority. */
function floorOf({ poll: { kind, follows, ruleset: { seats } } }: Figures, majority: number): number {
  const free = follows?.relation === "run_off" && !seats.run_off_needs_majority;
  const bare = kind !== "election" && !seats.majority_floor;
  return free || bare ? 1 : majority;
}

type Seating = Pick<Outcome, "kind" | "elected" | "run_off" | "run_off_seats" | "shortfall">;

/** The best of those that reached the floor; a tie across the cut line goes to a run-off. */
function seated(seats: number, reached: readonly Standing[]): Seating {
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
