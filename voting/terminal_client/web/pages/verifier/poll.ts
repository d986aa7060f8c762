/** The poll of a record as pages show polls, so that the verify page draws the same tables as the hall. */
import { MARKS_PER_NUMBER } from "@/tally/ballots/singly";
import type { Base, Count, PollView } from "@/live/wire.gen";
import { lawOf, marksIn } from "./law/kinds";
import { share } from "./law/share";
import type { FrozenPoll } from "./statement";

/** The numbers that fractions in the rules are taken of; null where the record does not state one. */
type Bases = Readonly<Record<Base, number | null>>;

export function basesOf(
  known: { inOffice: number | null; statutorySeats: number | null; present: number | null },
  count: Pick<Count, "returned" | "valid">,
): Bases {
  return {
    in_office: known.inOffice,
    statutory_seats: known.statutorySeats,
    present: known.present,
    returned: count.returned,
    valid: count.valid,
  };
}

/** The least whole number that is `fraction` ("1/2", "2/3") of `base`, or more than it. Null where it cannot be told. */
export function least(fraction: string, base: number | null, strictlyMore: boolean): number | null {
  return /^\d{1,9}\/[1-9]\d{0,8}$/.test(fraction) && base !== null ? share(fraction, base, strictlyMore) : null;
}

/** Votes that pass a motion or elect; ballots that make a level of an evaluation. */
export function majorityIn(poll: Pick<FrozenPoll, "kind" | "ruleset">, bases: Bases): number | null {
  const { fraction, base, strictlyMore } = lawOf(poll).majority(poll.ruleset);
  return least(fraction, bases[base], strictlyMore);
}

/** Votes that are a majority by the national law, for a record whose rules are unknown: more than half of those in office. */
export function majorityByLaw(inOffice: number): number | null {
  return least("1/2", inOffice, true);
}

/** Delegates who must be present. */
export function quorumIn({ ruleset: { quorum } }: Pick<FrozenPoll, "ruleset">, bases: Bases): number | null {
  return least(quorum.fraction, bases[quorum.base], quorum.strictly_more ?? false);
}

/** Whether ballots had to be read by themselves, because sums could not tell a valid one from a void one. */
function readSingly(poll: FrozenPoll): boolean {
  const { options, write_ins, ruleset: { ballots } } = poll;
  const { answer, most } = lawOf(poll);
  const voidable = answer === "voice" && (most(poll) < options.length || ballots.under === "void");
  return answer === "place" || write_ins || voidable;
}

/** How many numbers a ballot that is read by itself may hold, and most bytes of a name on it (voting/record/singly.py). */
const PAPER_NUMBERS = 30;
const MAX_WRITE_IN_BYTES = 24;

/** Most UTF-8 bytes of a name that a ballot adds as text; 0 where names come from a roster, or do not fit. */
function writeInBytes({ write_ins, seats, eligible, options }: FrozenPoll): number {
  if (!write_ins || eligible.length > 0) return 0;
  const room = PAPER_NUMBERS - Math.ceil(options.length / MARKS_PER_NUMBER);
  return Math.max(0, Math.min(MAX_WRITE_IN_BYTES, Math.floor(room / seats)));
}

/** The poll view of a frozen poll: what the rules make of it, whatever questions a record asks. */
export function pollOf(frozen: FrozenPoll, bases: Bases): PollView {
  const { ruleset, ...rest } = frozen;
  return {
    ...rest,
    rules: ruleset,
    state: "announced",
    marks: marksIn(frozen),
    min_choices: lawOf(frozen).fewest(frozen),
    max_choices: lawOf(frozen).most(frozen),
    limit: null,
    by_election: false,
    read_singly: readSingly(frozen),
    methods: [],
    last_press_counts: ruleset.ballots.press === "last",
    amends: null,
    clause_of: null,
    quorum: quorumIn(frozen, bases) ?? 0,
    majority: majorityIn(frozen, bases),
    shuffled: readSingly(frozen) && frozen.secrecy === "secret" && frozen.medium !== "by_hand",
    max_write_ins: frozen.write_ins ? frozen.seats : 0,
    write_in_bytes: writeInBytes(frozen),
    closes_at: null,
    election_uuid: null,
    fingerprint: null,
    closed_head: null,
    issued: null,
    returned: null,
    alarms: [],
    annulled_because: null,
    result: null,
  };
}
