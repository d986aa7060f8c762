/** What sets a kind of poll apart, said here once more: the verify page asks no rule of those who made the record. */
import { LEVELS, VOICES } from "@/poll/kinds/kinds";
import type { Base, Count, Outcome, PollKind } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";
import { seated, type Standing } from "./seating";
import { share } from "./share";
import { baseOf, cast, sum, type Figures, type Tally } from "./tally";

type Rules = FrozenPoll["ruleset"];

/** So much of the base, or more than it. */
interface Needed {
  readonly fraction: string;
  readonly base: Base;
  readonly strictlyMore: boolean;
}

/** How an option is answered: taken or not, with one of three voices, with a place, or with a level. */
type Answer = "taken" | "voice" | "place" | "level";

interface KindLaw {
  readonly answer: Answer;
  /** Whether options are elected to seats. */
  readonly fillsSeats: boolean;
  /** Whether there may be no seats, so that each option is decided by itself. */
  readonly seatsOptional: boolean;
  /** Whether ballots may add names. */
  readonly takesNames: boolean;
  /** What stands on every ballot of this kind; null where the poll names its options. */
  readonly options: FrozenPoll["options"] | null;
  /** Whether who presses nothing is told by the voices given rather than by the ballots returned. */
  readonly castByVoices: boolean;
  /** What a level, an option or the motion needs. */
  readonly majority: (rules: Rules) => Needed;
  /** Fewest and most options that a valid ballot may be for. */
  readonly fewest: (poll: FrozenPoll) => number;
  readonly most: (poll: FrozenPoll) => number;
  /** Whether more than `most` makes a ballot void. */
  readonly overVoids: (rules: Rules) => boolean;
  /** Tallies of another form than one of each option. */
  readonly tallies?: (poll: FrozenPoll, count: Count) => Tally[];
  /** Whether valid ballots could give one option this. */
  readonly fits: (figures: Figures, tally: Tally) => boolean;
  /** Whether valid ballots could not give all options together what they have. */
  readonly isDoubtful: (figures: Figures) => boolean;
  readonly decide: (figures: Figures, majority: number) => Partial<Outcome> & Pick<Outcome, "kind">;
  /** How options are listed by their votes: best first, fewest first, or as on the ballot. */
  readonly listed: "most" | "fewest" | "as_asked";
}

const overOf = (rules: Rules): boolean => rules.ballots.over === "void";
const byRules = ({ majority }: Rules): Needed => ({
  fraction: majority.fraction,
  base: majority.base,
  strictlyMore: majority.strictly_more,
});

/** Kinds that elect options to seats by their votes. */
function elects(own: Pick<KindLaw, "answer"> & Partial<KindLaw>): KindLaw {
  const law: KindLaw = {
    fillsSeats: true,
    seatsOptional: false,
    takesNames: false,
    options: null,
    castByVoices: false,
    majority: byRules,
    fewest: () => 0,
    most: ({ seats, options, ruleset }) => (seats > 0 && law.overVoids(ruleset) ? Math.min(seats, options.length) : options.length),
    overVoids: overOf,
    fits: ({ valid }, tally) => cast(tally) <= valid,
    isDoubtful: ({ poll, valid, tallies }) => {
      const total = sum(tallies.map(({ votes }) => votes));
      const most = poll.seats > 0 && law.overVoids(poll.ruleset) ? poll.seats : tallies.length;
      return total < valid * law.fewest(poll) || total > valid * most;
    },
    decide: (figures, majority) => seated(figures.poll.seats, standings(figures, floorOf(figures, majority, law.takesNames))),
    listed: "most",
    ...own,
  };
  return law;
}

function standings({ tallies }: Figures, floor: number): Standing[] {
  return tallies.flatMap(({ id, votes }) => (votes >= floor ? [{ id, score: votes }] : []));
}

/** Votes needed at all; a run-off may go by the order of votes alone, and projects may need no majority. */
function floorOf({ poll: { follows, ruleset: { seats } } }: Figures, majority: number, persons: boolean): number {
  const ofPersons = seats.run_off_of_persons_needs_majority ?? seats.run_off_needs_majority;
  const free = follows?.relation === "run_off" && !(persons ? ofPersons : seats.run_off_needs_majority);
  return free || (!persons && !seats.majority_floor) ? 1 : majority;
}

const MOTION: KindLaw = {
  ...elects({ answer: "taken" }),
  fillsSeats: false,
  options: [
    { id: "for", title: "赞成", illustrative: false },
    { id: "against", title: "反对", illustrative: false },
    { id: "abstain", title: "弃权", illustrative: false },
  ],
  castByVoices: true,
  most: () => 1,
  tallies: ({ id }, { votes: by }) => {
    const [votes = 0, against = 0, abstain = 0] = VOICES.map((voice) => by[voice] ?? 0);
    return [{ id, votes, against, abstain, levels: [], writtenIn: false }];
  },
  isDoubtful: ({ tallies, notPressed, issued, present }) => sum(tallies.map(cast)) + notPressed > Math.max(issued, present),
  decide: (figures, majority) => {
    if (tooFewTookPart(figures)) return { kind: figures.poll.ruleset.participation.missed === "void" ? "void" : "not_passed" };
    return { kind: (figures.tallies[0]?.votes ?? 0) >= majority ? "passed" : "not_passed" };
  },
  listed: "as_asked",
};

/** Whether fewer cast a vote on a motion than the rules ask for. */
export function tooFewTookPart(figures: Figures): boolean {
  const { required, fraction, base, strictly_more: more } = figures.poll.ruleset.participation;
  return required && sum(figures.tallies.map(cast)) < share(fraction, baseOf(figures, base as Base), more);
}

const CHOOSE = elects({
  answer: "taken",
  fewest: ({ seats, ruleset }) => (ruleset.ballots.under === "void" ? seats : 0),
});

const FOR_SEATS = elects({ answer: "voice", seatsOptional: true, overVoids: ({ ballots }) => ballots.over_approval === "void" });
const APPROVE_EACH: KindLaw = {
  ...FOR_SEATS,
  decide: (figures, majority) =>
    figures.poll.seats > 0 ? FOR_SEATS.decide(figures, majority) : { kind: "decided", verdicts: passedIn(figures, majority) },
};

/** Of each option by itself whether it has passed. */
function passedIn({ tallies }: Figures, needed: number): Record<string, string> {
  return Object.fromEntries(tallies.map(({ id, votes }) => [id, votes >= needed ? "passed" : "not_passed"]));
}

const EACH_CANDIDATE = elects({ answer: "voice", takesNames: true });
const ELECTION: KindLaw = { ...EACH_CANDIDATE, isDoubtful: (figures) => EACH_CANDIDATE.isDoubtful(figures) || namesUnasked(figures) };

/** More names than votes against candidates, where only who is against one may add a name. */
function namesUnasked({ poll: { ruleset }, tallies }: Figures): boolean {
  const names = sum(tallies.map(({ votes, writtenIn }) => (writtenIn ? votes : 0)));
  return ruleset.ballots.write_in_after === "against" && names > sum(tallies.map(({ against }) => against));
}

/** Who becomes a candidate, by the order of votes alone; places that nobody got a vote for stay empty. */
const PRESELECTION: KindLaw = {
  ...elects({ answer: "voice" }),
  decide: (figures) => {
    const found = seated(figures.poll.seats, standings(figures, 1));
    return found.kind === "run_off" ? found : { ...found, kind: "preselected" };
  },
};

const RANK: KindLaw = {
  ...elects({ answer: "place" }),
  most: ({ options }) => options.length,
  fits: ({ valid, tallies }, { votes }) => valid <= votes && votes <= tallies.length * valid,
  isDoubtful: ({ valid, tallies }) =>
    sum(tallies.map(({ votes }) => votes)) !== (valid * tallies.length * (tallies.length + 1)) / 2,
  decide: ({ poll: { seats, ruleset }, valid, tallies }, majority) => {
    const enough = ruleset.seats.rank_needs_majority ? valid >= majority : valid > 0;
    return seated(seats, enough ? tallies.map(({ id, votes }) => ({ id, score: -votes })) : []);
  },
  listed: "fewest",
};

const EVALUATION: KindLaw = {
  ...elects({ answer: "level" }),
  fillsSeats: false,
  majority: ({ evaluation }) => ({ fraction: "1/2", base: evaluation.base, strictlyMore: !evaluation.half_counts }),
  most: () => 1,
  fits: ({ poll, valid }, { levels }) => levels.length === poll.ruleset.evaluation.levels && sum(levels) <= valid,
  isDoubtful: () => false,
  decide: ({ tallies }, needed) => ({ kind: "evaluated", verdicts: verdictsOf(tallies, needed) }),
  listed: "as_asked",
};

function verdictsOf(tallies: readonly Tally[], needed: number): Record<string, string> {
  const verdict = ({ levels: [satisfied = 0, basically = 0] }: Tally): string =>
    satisfied >= needed ? "satisfied" : satisfied + basically >= needed ? "basically_satisfied" : "dissatisfied";
  return Object.fromEntries(tallies.map((tally) => [tally.id, verdict(tally)]));
}

export const KINDS: Readonly<Record<PollKind, KindLaw>> = {
  motion: MOTION,
  choose: CHOOSE,
  approve_each: APPROVE_EACH,
  rank: RANK,
  election: ELECTION,
  preselection: PRESELECTION,
  evaluation: EVALUATION,
};

/** Whether the options of this poll compete for seats. */
export function competesForSeats({ kind, seats }: Pick<FrozenPoll, "kind" | "seats">): boolean {
  const { fillsSeats, seatsOptional } = KINDS[kind];
  return fillsSeats && (seats > 0 || !seatsOptional);
}

export function lawOf({ kind }: { readonly kind: PollKind }): KindLaw {
  return KINDS[kind];
}

/** What may be said to each option of a kind: three voices, some of four levels, or nothing but taking it. */
export function marksIn({ kind, ruleset }: Pick<FrozenPoll, "kind" | "ruleset">): string[] {
  const { answer } = KINDS[kind];
  if (answer === "voice") return [...VOICES];
  return answer === "level" ? LEVELS.slice(0, ruleset.evaluation.levels) : [];
}
