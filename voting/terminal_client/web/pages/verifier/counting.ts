/**
 * The votes of a verified record under its own rules (voting/record/singly.py and questions.py say the same): sums as
 * they were decrypted, and papers judged one by one. A void paper counts for nobody.
 */
import { compareCodePoints } from "@/tally/bytes";
import { ABSTAIN, AGAINST, FOR } from "@/tally/ballots/singly";
import type { Reading } from "@/tally/board/readings";
import type { Count, PollView } from "@/live/wire.gen";
import { withoutBlanks } from "./law/figures";
import { lawOf } from "./law/kinds";
import { sum } from "./law/tally";
import type { Verified } from "./verified";

/** What the votes in a record come to. */
interface RecordCount {
  readonly count: Count;
  /** Papers that cannot be read at all; they are among the void ones. */
  readonly unreadable: number;
}

interface Found {
  readonly votes: readonly number[];
  readonly against?: readonly number[];
  readonly abstain?: readonly number[];
  readonly levels?: readonly (readonly number[])[];
  readonly added?: ReadonlyMap<string, number>;
  readonly void: number;
  readonly unreadable: number;
}

type Record_ = Pick<Verified, "nCredentials" | "nBallots" | "result" | "papers">;

/** The count of a record whose questions are those of the poll. inOffice: delegates in office, as stated. */
export function countOf(poll: PollView, record: Record_, inOffice: number): RecordCount {
  const [papers = null] = record.papers;
  const { answer, castByVoices } = lawOf(poll);
  const found = papers === null ? summed(poll, record) : answer === "place" ? ranked(poll, papers) : marked(poll, papers);
  const cast = castByVoices ? sum(found.votes) : record.nBallots;
  const byOption = <T>(values: readonly T[] | undefined): Record<string, T> =>
    Object.fromEntries(poll.options.flatMap(({ id }, place) => (values ? [[id, values[place] as T]] : [])));
  const added = [...(found.added ?? [])].sort(([one], [other]) => compareCodePoints(one, other));
  const count: Count = {
    entitled: inOffice,
    issued: record.nCredentials,
    returned: record.nBallots,
    valid: record.nBallots - found.void,
    void: found.void,
    not_pressed: record.nCredentials - cast,
    votes: { ...byOption(found.votes), ...Object.fromEntries(added) },
    against: byOption(found.against),
    abstain: byOption(found.abstain),
    levels: byOption(found.levels?.map((levels) => [...levels])),
    write_ins: added.map(([name]) => name),
    medium: "electronic",
    by_hand: 0,
  };
  return { count, unreadable: found.unreadable };
}

function summed(poll: PollView, { result }: Record_): Found {
  const columns = result.map((column) => column.flatMap((votes) => (typeof votes === "number" ? [votes] : [])));
  const at = (place: number): number[] => columns.map((column) => column[place] ?? 0);
  const none = { void: 0, unreadable: 0 };
  const { answer } = lawOf(poll);
  if (answer === "voice") return { ...none, votes: at(0), against: at(1), abstain: at(2) };
  if (answer === "level") return { ...none, votes: columns.map(() => 0), levels: columns };
  return { ...none, votes: columns[0] ?? [] };
}

const unreadableIn = (papers: readonly Reading[]): number => papers.filter(({ kind }) => kind === "unreadable").length;

/** A ranking counts only when it is complete. */
function ranked({ options }: PollView, papers: readonly Reading[]): Found {
  const valid = papers.flatMap((paper) => (paper.kind === "ranks" && paper.ranks.every((place) => place > 0) ? [paper.ranks] : []));
  const votes = options.map((_, place) => sum(valid.map((ranks) => ranks[place] ?? 0)));
  return { votes, void: papers.length - valid.length, unreadable: unreadableIn(papers) };
}

function marked(poll: PollView, papers: readonly Reading[]): Found {
  const taken = new Set(poll.options.flatMap(({ id, title }) => [withoutBlanks(id), withoutBlanks(title)]));
  const valid = papers.flatMap((paper) => (paper.kind === "marks" && holds(poll, paper, taken) ? [paper] : []));
  const with_ = (mark: number): number[] => poll.options.map((_, place) => valid.filter(({ marks }) => marks[place] === mark).length);
  const added = new Map<string, number>();
  for (const name of valid.flatMap(({ names }) => names)) added.set(name, (added.get(name) ?? 0) + 1);
  return {
    votes: with_(FOR),
    against: with_(AGAINST),
    abstain: with_(ABSTAIN),
    added,
    void: papers.length - valid.length,
    unreadable: unreadableIn(papers),
  };
}

/** Whether the rules let a readable paper count: not for too many or too few, and no name that may not be added. */
function holds(poll: PollView, { marks, names }: Extract<Reading, { kind: "marks" }>, taken: ReadonlySet<string>): boolean {
  const { ballots } = poll.rules;
  const chosen = marks.filter((mark) => mark === FOR).length + names.length;
  const over = lawOf(poll).overVoids(poll.rules) && chosen > poll.max_choices;
  const under = ballots.under === "void" && chosen < poll.seats;
  const against = marks.filter((mark) => mark === AGAINST).length;
  const unasked = ballots.write_in_after === "against" && names.length > against;
  return !over && !under && !unasked && !names.some((name) => taken.has(withoutBlanks(name)));
}
