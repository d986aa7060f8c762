/** Papers and counts by hand, as the console shows them. Pure. */
import type { ConsoleView, HandCount, PersonView, PollView } from "@/live/wire.gen";
import { leastSecret } from "@/poll/kinds/least_secret";
import { attendanceOf, matching, sortedPeople } from "../people/people";

/** A paper that was handed out. */
export interface Paper {
  readonly person: PersonView;
  readonly reason: string;
}

/** Papers handed out in a poll, in roster order. */
export function papersOf(view: ConsoleView, poll: string): Paper[] {
  const papers = view.papers[poll] ?? {};
  return sortedPeople(view.people).flatMap((person) => {
    const reason = papers[person.number];
    return reason === undefined ? [] : [{ person, reason }];
  });
}

/** Whether a paper may be handed out now. */
export function takesPapers({ medium, state }: Pick<PollView, "medium" | "state">): boolean {
  return medium === "mixed" && (state === "prepared" || state === "open");
}

export interface FewPapers {
  readonly n: number;
  readonly least: number;
}

/** A single paper tells how one delegate voted, whatever the rules ask for. */
const NEVER_ALONE = 2;

/**
 * How many papers a secret poll has after `more`, where there are fewer than its rules let anybody open: the announced
 * count less the public electronic votes is then the count of these few. Null where there are none, or enough.
 */
export function fewPapers(view: ConsoleView, poll: PollView, more = 0): FewPapers | null {
  const n = papersOf(view, poll.id).length + more;
  const least = Math.max(NEVER_ALONE, leastSecret(poll));
  return poll.secrecy === "secret" && n > 0 && n < least ? { n, least } : null;
}

/** Signed-in delegates without a paper who match the search; none before anything is typed. */
export function paperCandidates(view: ConsoleView, poll: string, search: string): PersonView[] {
  if (search.trim() === "") return [];
  const papers = view.papers[poll] ?? {};
  const eligible = sortedPeople(view.people).filter(
    (person) => !person.observer && attendanceOf(person) === "present" && papers[person.number] === undefined,
  );
  return matching(eligible, "all", search).slice(0, 6);
}

/** One line of the figures; levels: ballots per level of an evaluation, best first. */
interface HandRow {
  readonly id: string;
  readonly title: string;
  readonly votes: number | null;
  readonly against: number | null;
  readonly abstain: number | null;
  readonly levels: readonly number[];
  readonly writeIn: boolean;
}

/** The entered figures, in the order of the ballot; names that papers added come last. */
export function handRows(poll: PollView, { figures }: HandCount): HandRow[] {
  const rowOf = (id: string, title: string, writeIn: boolean): HandRow => ({
    id,
    title,
    votes: figures.votes[id] ?? null,
    against: figures.against[id] ?? null,
    abstain: figures.abstain[id] ?? null,
    levels: figures.levels[id] ?? [],
    writeIn,
  });
  return [
    ...poll.options.map(({ id, title }) => rowOf(id, title, false)),
    ...figures.write_ins.map((name) => rowOf(name, name, true)),
  ];
}
