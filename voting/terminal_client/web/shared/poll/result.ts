/** A count as rows to draw, whatever the kind of poll; screen, seats, console and scrutineers draw the same rows. */
import type { PollView, ResultView } from "@/shared/wire.gen";
import { answersEach, fillsSeats, isVoice, type Level, type Voice } from "./kinds";

/** The mark of a row: elected (入选, 当选), tied (再次投票) or none. */
export type Mark = "elected" | "tied";

export interface ResultRow {
  readonly id: string;
  readonly title: string;
  readonly illustrative: boolean;
  /** Place among the options, from 1; equal votes share one. Null where options do not compete. */
  readonly place: number | null;
  /** Which answer this row counts, in a motion. */
  readonly voice: Voice | null;
  /** Votes for; of a ranking the sum of ranks. */
  readonly votes: number;
  /** Against and abstentions where every option is answered by itself. */
  readonly others: { readonly against: number; readonly abstain: number } | null;
  /** Ballots per level, best first, and what they come to, in an evaluation. */
  readonly levels: readonly number[] | null;
  readonly verdict: Level | null;
  readonly mark: Mark | null;
  /** A name that ballots added (另选他人). */
  readonly writeIn: boolean;
}

/** All rows: best first where options compete, otherwise in the order of the ballot. */
export function rowsOf(poll: PollView, result: ResultView): ResultRow[] {
  const competing = fillsSeats(poll.kind);
  return inOrder(poll, result).map((option) => ({
    id: option.id,
    title: option.title,
    illustrative: option.illustrative,
    place: competing ? placeOf(poll, result, option.votes) : null,
    voice: poll.kind === "motion" && isVoice(option.id) ? option.id : null,
    votes: option.votes,
    others: answersEach(poll.kind) ? { against: option.against, abstain: option.abstain } : null,
    levels: poll.kind === "evaluation" ? option.levels : null,
    verdict: option.verdict as Level | null,
    writeIn: option.write_in,
    mark: competing ? markOf(result, option.id) : null,
  }));
}

function inOrder({ kind, options }: PollView, result: ResultView): ResultView["options"] {
  if (fillsSeats(kind)) return result.options;
  const place = new Map(options.map(({ id }, index) => [id, index]));
  return [...result.options].sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
}

/** A sum of ranks is the better the lower it is; votes are the better the more they are. */
function placeOf({ kind }: PollView, { options }: ResultView, votes: number): number {
  return 1 + options.filter((other) => (kind === "rank" ? other.votes < votes : other.votes > votes)).length;
}

/** The mark of an option; a void poll elects nobody, whatever the numbers. */
export function markOf({ outcome }: ResultView, id: string): Mark | null {
  if (outcome.kind === "void" || outcome.kind === "no_quorum") return null;
  if (outcome.run_off.includes(id)) return "tied";
  return outcome.elected.includes(id) ? "elected" : null;
}

/** The figures of a count report that mean something for this kind; a motion's ballots are never void. */
export function figuresOf({ kind }: PollView, { count, outcome }: ResultView, withMajority = true): [string, number][] {
  const all: [string, number][] = [
    ["entitled", count.entitled],
    ["issued", count.issued],
    ["returned", count.returned],
    ["valid", count.valid],
    ["void", count.void],
    ["notPressed", count.not_pressed],
  ];
  const shown = kind === "motion" ? all.filter(([key]) => key !== "valid" && key !== "void") : all;
  const name = kind === "evaluation" ? "half" : "majority";
  return withMajority ? [...shown, [name, outcome.majority]] : shown;
}

/** The votes that a full bar stands for: all who may vote, so that bars of different polls compare. */
export function scaleOf({ count, outcome }: ResultView): number {
  return Math.max(count.entitled, outcome.majority, 1);
}

/** `part` of `whole` as a length. */
export function share(part: number, whole: number): string {
  return `${Math.min(100, (100 * part) / whole)}%`;
}
