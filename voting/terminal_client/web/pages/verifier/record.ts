/** A verified record as a poll with its count, where it is one of ours; otherwise it is shown as bare figures. */
import { questionsOf, sameQuestions } from "@/poll/ballot/questions";
import { isMixed } from "@/tally/ballots/questions";
import type { Count, NamedVote, Outcome, PollView, ResultOption } from "@/live/wire.gen";
import { countOf } from "./counting";
import { lawOf } from "./law/kinds";
import { own } from "./law/tally";
import { namedOf } from "./named";
import { basesOf, majorityIn, pollOf } from "./poll";
import type { FrozenPoll, Statement } from "./statement";
import type { Verified } from "./verified";

export interface ReadRecord {
  readonly poll: PollView;
  readonly count: Count;
  readonly options: readonly ResultOption[];
  readonly named: readonly NamedVote[];
  /** Papers that cannot be read, among the void ones; null where no paper is read. */
  readonly unreadable: number | null;
}

/** Null when the record does not state a poll of ours, or states another one than its questions ask. */
export function readRecord(statement: Statement | null, record: Verified): ReadRecord | null {
  if (statement === null) return null;
  const { poll: frozen, inOffice } = statement;
  const { questions, recorded } = record.election;
  const before = pollOf(frozen, basesOf(statement, { returned: record.nBallots, valid: record.nBallots }));
  if (!sameQuestions(questions, questionsOf(before)) || recorded !== (frozen.secrecy === "recorded")) return null;
  const { count, unreadable } = countOf(before, record, inOffice);
  const poll = withMajority(before, frozen, statement, count);
  const unread = questions.some(isMixed) ? unreadable : null;
  return { poll, count, options: optionsOf(poll, count), named: namedOf(poll, record.named), unreadable: unread };
}

function withMajority(poll: PollView, frozen: FrozenPoll, statement: Parameters<typeof basesOf>[0], count: Count): PollView {
  return { ...poll, majority: majorityIn(frozen, basesOf(statement, count)), issued: count.issued, returned: count.returned };
}

/** The options and the names that ballots added, best first; of an evaluation in the order of the ballot. */
export function optionsOf(poll: PollView, count: Count, outcome: Outcome | null = null): ResultOption[] {
  const added = count.write_ins.map((name) => ({ id: name, title: name, illustrative: false }));
  const rows = [...poll.options, ...added].map((option) => ({
    ...option,
    votes: own(count.votes, option.id) ?? 0,
    against: own(count.against, option.id) ?? 0,
    abstain: own(count.abstain, option.id) ?? 0,
    levels: own(count.levels, option.id) ?? [],
    verdict: own(outcome?.verdicts ?? {}, option.id) ?? null,
    percent: "",
    elected: outcome?.elected.includes(option.id) ?? false,
    run_off: outcome?.run_off.includes(option.id) ?? false,
    write_in: count.write_ins.includes(option.id),
  }));
  const { listed } = lawOf(poll);
  if (listed === "as_asked") return rows;
  return rows.sort((one, other) => (listed === "fewest" ? one.votes - other.votes : other.votes - one.votes));
}
