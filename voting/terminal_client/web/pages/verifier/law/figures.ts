/** The figures of a count as the law sees them, and when no count could have them (voting/congress/law). Pure. */
import { answersEach, VOICES } from "@/poll/kinds/kinds";
import type { Base, Count } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";

/** What one option received; of a motion the three voices are one. */
export interface Tally {
  readonly id: string;
  readonly votes: number;
  readonly against: number;
  readonly abstain: number;
  readonly levels: readonly number[];
  readonly writtenIn: boolean;
}

/** Delegates in office, seats by law, and those present; present is null where the quorum was ascertained elsewhere. */
export interface Roster {
  readonly inOffice: number;
  readonly statutorySeats: number;
  readonly present: number | null;
}

export interface Figures {
  readonly poll: FrozenPoll;
  readonly inOffice: number;
  readonly statutorySeats: number;
  readonly present: number;
  readonly issued: number;
  readonly returned: number;
  readonly void: number;
  readonly valid: number;
  readonly notPressed: number;
  readonly tallies: readonly Tally[];
}

export function figuresOf(poll: FrozenPoll, count: Count, roster: Roster): Figures {
  return {
    poll,
    inOffice: roster.inOffice,
    statutorySeats: roster.statutorySeats,
    present: roster.present ?? roster.inOffice,
    issued: count.issued,
    returned: count.returned,
    void: count.void,
    valid: count.returned - count.void,
    notPressed: Math.max(0, count.not_pressed),
    tallies: poll.kind === "motion" ? [motionTally(poll, count)] : talliesOf(poll, count),
  };
}

function motionTally({ id }: FrozenPoll, { votes: by }: Count): Tally {
  const [votes = 0, against = 0, abstain = 0] = VOICES.map((voice) => by[voice] ?? 0);
  return { id, votes, against, abstain, levels: [], writtenIn: false };
}

function talliesOf({ options }: FrozenPoll, count: Count): Tally[] {
  return [...options.map(({ id }) => id), ...count.write_ins].map((id) => ({
    id,
    votes: own(count.votes, id) ?? 0,
    against: own(count.against, id) ?? 0,
    abstain: own(count.abstain, id) ?? 0,
    levels: own(count.levels, id) ?? [],
    writtenIn: count.write_ins.includes(id),
  }));
}

/** What stands under a key itself: every object answers to names like "constructor", which an option may bear. */
export function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

export function baseOf(figures: Figures, base: Base): number {
  const { inOffice, statutorySeats, present, returned, valid } = figures;
  return { in_office: inOffice, statutory_seats: statutorySeats, present, returned, valid }[base];
}

/** More ballots returned than this make the poll void. */
export function returnedLimit({ poll, issued, present }: Figures): number {
  return poll.ruleset.ballots.returned_at_most === "issued" ? issued : present;
}

export const fillsSeats = ({ kind }: FrozenPoll): boolean => kind !== "motion" && kind !== "evaluation";

/** Whether these numbers can be decided upon; a poll that is void is decided, too. */
export function canBeFigures(figures: Figures): boolean {
  if (!isBasicallySound(figures)) return false;
  return figures.returned > returnedLimit(figures) || figures.tallies.every((tally) => fitsBallots(figures, tally));
}

function isBasicallySound(figures: Figures): boolean {
  const { inOffice, statutorySeats, present, issued, returned, notPressed, tallies } = figures;
  const marks = tallies.flatMap(({ votes, against, abstain, levels }) => [votes, against, abstain, ...levels]);
  const numbers = [inOffice, present, issued, returned, figures.void, notPressed, statutorySeats, ...marks];
  const persons = inOffice >= 1 && present <= inOffice;
  return numbers.every((n) => n >= 0) && persons && figures.void <= returned && hasSoundOptions(figures);
}

function hasSoundOptions({ poll, tallies }: Figures): boolean {
  const ids = tallies.map(({ id }) => id);
  const named = ids.length > 0 && !ids.some(isBlank) && new Set(ids).size === ids.length;
  const seated = !fillsSeats(poll) || (poll.seats >= 1 && poll.seats <= ids.length);
  return named && seated && (poll.kind === "election" || !tallies.some(({ writtenIn }) => writtenIn));
}

function fitsBallots({ poll, valid, tallies }: Figures, tally: Tally): boolean {
  if (poll.kind === "rank") return valid <= tally.votes && tally.votes <= tallies.length * valid;
  if (poll.kind === "evaluation") return tally.levels.length === poll.ruleset.evaluation.levels && sum(tally.levels) <= valid;
  return cast(tally) <= valid;
}

/** Whether the sums over all options are none that valid ballots could give. */
export function isDoubtful(figures: Figures): boolean {
  const { poll, valid, tallies } = figures;
  const [n, total] = [tallies.length, sum(tallies.map(({ votes }) => votes))];
  if (poll.kind === "motion") {
    const voices = sum(tallies.map(cast));
    return voices + figures.notPressed > Math.max(figures.issued, figures.present);
  }
  if (poll.kind === "evaluation") return false;
  if (poll.kind === "rank") return total !== (valid * n * (n + 1)) / 2;
  const { ballots } = poll.ruleset;
  const fewest = poll.kind === "choose" && ballots.under === "void" ? poll.seats : 0;
  const over = answersEach(poll) && poll.kind === "approve_each" ? ballots.over_approval : ballots.over;
  const most = over === "void" ? poll.seats : n;
  return total < valid * fewest || total > valid * most;
}

export function cast({ votes, against, abstain }: Tally): number {
  return votes + against + abstain;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the server's language takes for blanks; engines differ on the rest. */
// eslint-disable-next-line no-control-regex
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;

export function isBlank(text: string): boolean {
  return withoutBlanks(text) === "";
}

export function withoutBlanks(text: string): string {
  return text.normalize("NFC").replace(BLANKS, "");
}
