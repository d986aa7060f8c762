/** A count as rows to draw, whatever the kind of poll; screen, seats, console and scrutineers draw the same rows. */
import { formKey, type Way } from "@/kit/words/forms";
import type { Count, Outcome, PollView, ResultOption, ResultView } from "@/live/wire.gen";
import { answersEach, isDecided, isVoice, putsVoices, viewOf, type Decided, type Level, type Voice } from "../kinds/kinds";
import { neededOf } from "../kinds/rule";

/** The mark of a row: elected (入选, 当选), tied (再次投票) or none. */
export type Mark = "elected" | "tied";

/** What rows are made of: a result, or the counts of a record that states no outcome. */
export interface Tallied {
  readonly options: readonly ResultOption[];
  readonly count: Pick<Count, "entitled">;
  readonly outcome: Pick<Outcome, "kind" | "majority" | "elected" | "run_off"> | null;
}

interface ResultRow {
  readonly id: string;
  readonly title: string;
  readonly illustrative: boolean;
  /** Place among the options, from 1; equal votes share one. Null where options do not compete, or nothing was decided. */
  readonly place: number | null;
  /** Which answer this row counts, in a motion. */
  readonly voice: Voice | null;
  /** Votes for; of a ranking the sum of ranks. Null where the rules publish none of this option. */
  readonly votes: number | null;
  /** Against and abstentions where every option is answered by itself; null of a name that ballots added. */
  readonly others: { readonly against: number | null; readonly abstain: number | null } | null;
  /** Ballots per level, best first, and what they come to, in an evaluation. */
  readonly levels: readonly number[] | null;
  readonly verdict: Level | null;
  /** Whether it has passed, where each option is decided by itself. */
  readonly decided: Decided | null;
  readonly mark: Mark | null;
  /** A name that ballots added (另选他人). */
  readonly writeIn: boolean;
}

/** Whether the rules let the hall know an option's votes: of all, or of those elected and tied. A record holds all. */
export function isPublished(poll: PollView, { outcome }: Tallied, id: string): boolean {
  if (poll.rules.display.votes !== "elected" || !viewOf(poll).competes || outcome === null) return true;
  return [...outcome.elected, ...outcome.run_off].includes(id);
}

/**
 * All rows: best first where options compete, otherwise in the order of the ballot. Those without published votes stand
 * behind the others, as on the ballot, unless the whole count is asked for.
 */
export function rowsOf(poll: PollView, result: Tallied, whole = false): ResultRow[] {
  const competing = viewOf(poll).competes && !undecided(result);
  const shown = (id: string): boolean => whole || isPublished(poll, result, id);
  const options = inOrder(poll, result);
  const silent = options.filter(({ id }) => !shown(id)).sort(byBallot(poll));
  return [...options.filter(({ id }) => shown(id)), ...silent].map((option) => ({
    id: option.id,
    title: option.title,
    illustrative: option.illustrative,
    place: competing && shown(option.id) ? placeOf(poll, result, option.votes) : null,
    voice: putsVoices(poll) && isVoice(option.id) ? option.id : null,
    votes: shown(option.id) ? option.votes : null,
    others: answersEach(poll) ? othersOf(option, shown(option.id)) : null,
    levels: viewOf(poll).counts === "levels" ? option.levels : null,
    verdict: undecided(result) || isDecided(option.verdict) ? null : (option.verdict as Level | null),
    decided: isDecided(option.verdict) ? option.verdict : null,
    writeIn: option.write_in,
    mark: competing ? markOf(result, option.id) : null,
  }));
}

/** Nobody can be against a name that a ballot adds: there is nothing to count. */
function othersOf({ against, abstain, write_in: writeIn }: ResultOption, shown: boolean): ResultRow["others"] {
  return writeIn || !shown ? { against: null, abstain: null } : { against, abstain };
}

function inOrder(poll: PollView, result: Tallied): readonly ResultOption[] {
  return viewOf(poll).competes ? result.options : [...result.options].sort(byBallot(poll));
}

function byBallot({ options }: PollView): (one: ResultOption, other: ResultOption) => number {
  const place = new Map(options.map(({ id }, index) => [id, index]));
  return (one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0);
}

/** A sum of ranks is the better the lower it is; votes are the better the more they are. */
function placeOf(poll: PollView, { options }: Tallied, votes: number): number {
  const lowest = viewOf(poll).counts === "sums";
  return 1 + options.filter((other) => (lowest ? other.votes < votes : other.votes > votes)).length;
}

/** Whether the poll decided nothing, whatever the numbers. */
export function undecided({ outcome }: Tallied): boolean {
  return outcome?.kind === "void" || outcome?.kind === "no_quorum";
}

/** The mark of an option; a void poll elects nobody. */
export function markOf(result: Tallied, id: string): Mark | null {
  if (result.outcome === null || undecided(result)) return null;
  if (result.outcome.run_off.includes(id)) return "tied";
  return result.outcome.elected.includes(id) ? "elected" : null;
}

/** The figures of a count report that mean something for this poll, by the key of their name. */
export function figuresOf(poll: PollView, { count, outcome }: ResultView): [string, number][] {
  const motion = putsVoices(poll);
  const all: [string, number, boolean][] = [
    ["entitled", count.entitled, true],
    ["issued", count.issued, true],
    ["returned", count.returned, true],
    ["byHand", count.by_hand, count.medium === "mixed"],
    ["valid", count.valid, !motion || count.void > 0],
    ["void", count.void, !motion || count.void > 0],
    ["notPressed", count.not_pressed, poll.rules.display.show_not_pressed && count.medium !== "by_hand"],
    [viewOf(poll).neededName, neededOf(poll, outcome.majority) ?? 0, neededOf(poll, outcome.majority) !== null],
  ];
  return all.filter(([, , shown]) => shown).map(([key, value]) => [key, value]);
}

/** Where the name of a figure stands in the catalogue; who took no part is called after the way of voting. */
export function figureName({ kind }: PollView, result: ResultView, key: string): string {
  return key === "notPressed" ? `result.idle.${formKey("label", kind, wayOf(result))}` : `result.figure.${key}`;
}

/** How the votes of a counted poll were cast. */
export function wayOf({ method, count }: ResultView): Way {
  return method === "show_of_hands" ? method : count.medium;
}

/** The votes that a full bar stands for: all who may vote, so that bars of different polls compare. */
export function scaleOf({ count, outcome }: Tallied): number {
  return Math.max(count.entitled, outcome?.majority ?? 1, 1);
}

/** `part` of `whole` as a length. */
export function share(part: number, whole: number): string {
  return `${Math.min(100, (100 * part) / whole)}%`;
}
