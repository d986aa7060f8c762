/** The figures of a count as the law sees them, and when no count could have them (voting/congress/law). Pure. */
import type { Count } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";
import { competesForSeats, lawOf } from "./kinds";
import { own, type Figures, type Tally } from "./tally";

/** Delegates in office, seats by law, and those present; present is null where the quorum was ascertained elsewhere. */
export interface Roster {
  readonly inOffice: number;
  readonly statutorySeats: number;
  readonly present: number | null;
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
    tallies: lawOf(poll).tallies?.(poll, count) ?? talliesOf(poll, count),
  };
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

/** More ballots returned than this make the poll void. */
export function returnedLimit({ poll, issued, present }: Figures): number {
  return poll.ruleset.ballots.returned_at_most === "issued" ? issued : present;
}

/** Whether these numbers can be decided upon; a poll that is void is decided, too. */
export function canBeFigures(figures: Figures): boolean {
  if (!isBasicallySound(figures)) return false;
  return figures.returned > returnedLimit(figures) || figures.tallies.every((tally) => lawOf(figures.poll).fits(figures, tally));
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
  const { takesNames } = lawOf(poll);
  const seated = !competesForSeats(poll) || (poll.seats >= 1 && poll.seats <= ids.length);
  return named && seated && (takesNames || !tallies.some(({ writtenIn }) => writtenIn));
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
