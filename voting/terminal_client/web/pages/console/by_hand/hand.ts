/** Papers and counts by hand, as the console shows them. Pure. */
import type { ConsoleView, HandCount, PersonView, PollView } from "@/live/wire.gen";
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

/**
 * Whether one paper would stand alone in a secret poll after `more` papers: the announced count less the public electronic
 * votes is then that one vote.
 */
export function standsAlone(view: ConsoleView, { id, secrecy }: Pick<PollView, "id" | "secrecy">, more = 0): boolean {
  return secrecy === "secret" && papersOf(view, id).length + more === 1;
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
