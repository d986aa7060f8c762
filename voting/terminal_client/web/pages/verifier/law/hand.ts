/** Whether a poll could be held at all, and whether papers or hands could give the figures stated (voting/sitting). Pure. */
import { VOICES } from "@/poll/kinds/kinds";
import { isName } from "@/tally/ballots/names";
import type { HandEntry } from "@/tally/board/count_statement";
import type { Count, HandFigures } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";
import { canBeFigures, figuresOf, isBlank, withoutBlanks, type Roster } from "./figures";
import { lawOf } from "./kinds";

const MAX_ADDED_NAME = 60;

/** Whether a count could answer this question, whatever the rules are. */
export function canBeHeld(poll: FrozenPoll): boolean {
  const { id, title, options, seats } = poll;
  const { options: asked, seatsOptional } = lawOf(poll);
  const written = ![id, title, ...options.flatMap((option) => [option.id, option.title])].some(isBlank);
  const single = new Set(options.map((option) => option.id)).size === options.length;
  const given = asked === null || JSON.stringify(options) === JSON.stringify(asked);
  return written && single && given && seats >= (seatsOptional ? 0 : 1) && seats <= (asked === null ? options.length : 1);
}

/** Whether two persons counted in a way that the rules allow, and the figures are some that ballots could give. */
export function handHolds(poll: FrozenPoll, entry: HandEntry, count: Count, roster: Roster): boolean {
  const { entered_by: one, confirmed_by: other, figures } = entry;
  const two = one.index !== other.index && !isBlank(one.name) && !isBlank(other.name);
  const fits = mayBeCounted(poll, entry) && addsUp(figures) && figures.issued <= roster.inOffice;
  return two && fits && namesFit(poll, figures) && isPossible(poll, count, roster);
}

function isPossible(poll: FrozenPoll, count: Count, { inOffice, statutorySeats }: Roster): boolean {
  const figures = figuresOf(poll, count, { inOffice, statutorySeats, present: null });
  return canBeFigures(figures) && !lawOf(poll).isDoubtful(figures);
}

function mayBeCounted({ kind, medium, ruleset: { fallback } }: FrozenPoll, { method }: HandEntry): boolean {
  if (method === "paper") return medium !== "electronic" && fallback.paper.includes(kind);
  return medium === "by_hand" && fallback.show_of_hands.includes(kind);
}

function addsUp({ issued, returned, valid, void: spoilt }: HandFigures): boolean {
  return Math.min(issued, returned, valid, spoilt) >= 0 && returned <= issued && returned === valid + spoilt;
}

function namesFit(poll: FrozenPoll, figures: HandFigures): boolean {
  const options = new Set(poll.options.map(({ id }) => id));
  const added = new Set(figures.write_ins);
  const named = figures.write_ins.every((name) => mayBeAdded(poll, name) && (figures.votes[name] ?? 0) !== 0);
  if (added.size !== figures.write_ins.length || !named) return false;
  const { answer } = lawOf(poll);
  const levelled = answer === "level";
  const expected = levelled ? new Set<string>() : new Set([...options, ...added]);
  const perOption = answer === "voice" ? options : new Set<string>();
  const marked = [...Object.keys(figures.against), ...Object.keys(figures.abstain)];
  const fits = hasKeys(figures.votes, expected) && hasKeys(figures.levels, levelled ? options : new Set());
  return fits && marked.every((id) => perOption.has(id));
}

function hasKeys(found: object, expected: ReadonlySet<string>): boolean {
  const keys = Object.keys(found);
  return keys.length === expected.size && keys.every((key) => expected.has(key));
}

/** Somebody eligible and no candidate, in a poll that takes other names; blanks within a name mean nothing. */
function mayBeAdded({ write_ins, eligible, options }: FrozenPoll, name: string): boolean {
  const written = !isBlank(name) && [...name].length <= MAX_ADDED_NAME && isName(name);
  const taken = options.some(({ id, title }) => [id, title].map(withoutBlanks).includes(withoutBlanks(name)));
  return write_ins && !taken && (eligible.length > 0 ? eligible.includes(name) : written);
}

/** The count report of papers or hands alone. */
export function countByHand({ figures }: HandEntry, poll: FrozenPoll, inOffice: number): Count {
  const voices = VOICES.reduce((total, voice) => total + (figures.votes[voice] ?? 0), 0);
  const cast = lawOf(poll).castByVoices ? voices : figures.returned;
  return {
    entitled: inOffice,
    issued: figures.issued,
    returned: figures.returned,
    valid: figures.valid,
    void: figures.void,
    not_pressed: figures.issued - cast,
    votes: { ...Object.fromEntries(poll.options.map(({ id }) => [id, 0])), ...figures.votes },
    against: figures.against,
    abstain: figures.abstain,
    levels: figures.levels,
    write_ins: figures.write_ins,
    medium: "by_hand",
    by_hand: figures.returned,
  };
}
