/** Named votes of a recorded poll as the feed writes them (voting/record/choices.py), so that every page says them alike. */
import type { Reading } from "@/tally/board/readings";
import type { NamedVote, PollView } from "@/live/wire.gen";
import type { Verified } from "./verified";

const MARKS = ["", "for", "against", "abstain"] as const;

/** Who voted how, by the delegates' numbers. */
export function namedOf(poll: PollView, named: Verified["named"]): NamedVote[] {
  return named.map(({ voter, answers, readings }) => {
    const [reading = null] = readings;
    const marks = reading === null ? ticked(poll, answers) : onPaper(poll, reading);
    return { delegate: voter.delegate, name: voter.name, marks };
  });
}

function ticked({ options, marks }: PollView, answers: readonly (readonly number[])[]): string[] {
  if (marks.length === 0) return options.flatMap(({ id }, place) => (answers[0]?.[place] ? [id] : []));
  return options.flatMap(({ id }, place) => marks.flatMap((mark, at) => (answers[place]?.[at] ? [`${id}=${mark}`] : [])));
}

function onPaper({ options }: PollView, reading: Reading): string[] {
  if (reading.kind === "ranks") return options.flatMap(({ id }, place) => (reading.ranks[place] ? [`${id}=${reading.ranks[place]}`] : []));
  if (reading.kind !== "marks") return ["void"];
  const marks = options.flatMap(({ id }, place) => {
    const mark = MARKS[reading.marks[place] ?? 0];
    return mark ? [`${id}=${mark}`] : [];
  });
  return [...marks, ...reading.names.map((name) => `+${name}`)];
}
