/** Which question may follow a poll that has ended (voting/sitting/following.py says the same). Pure. */
import type { Outcome, Relation } from "@/live/wire.gen";
import { afterShortfall } from "@/poll/kinds/after_shortfall";
import { same } from "../count_checks";
import { withoutBlanks } from "../law/figures";
import type { FrozenPoll } from "../statement";

/** A poll that was announced or annulled. outcome: null where it was annulled before it was counted. */
export interface Ended {
  readonly question: FrozenPoll;
  readonly outcome: Outcome | null;
  readonly annulled: boolean;
}

/** Whether the poll ended without deciding anything, so that the question stands as before it. */
export function failed({ outcome, annulled }: Ended): boolean {
  return annulled || outcome?.kind === "void" || outcome?.kind === "no_quorum";
}

/** Whether the outcome asks for such a poll; one at the next session belongs into that session's plan. */
export function mayFollow(followed: Ended, relation: Relation): boolean {
  if (relation === "repeat" || failed(followed)) return relation === "repeat" && failed(followed);
  if (relation === "run_off") return followed.outcome?.kind === "run_off";
  const { ruleset, kind } = followed.question;
  const again = afterShortfall(ruleset, kind).includes("second_round");
  return relation === "second_round" && followed.outcome?.kind === "shortfall" && again;
}

/** Whether the poll asks again about somebody whom one of those before it elected, on the ballot or by name. */
export function putsUpElected(before: readonly Ended[], question: FrozenPoll): boolean {
  const elected = before.flatMap((poll) => {
    const ids = failed(poll) ? [] : (poll.outcome?.elected ?? []);
    return [...ids, ...poll.question.options.flatMap(({ id, title }) => (ids.includes(id) ? [title] : []))];
  });
  const taken = new Set(elected.map(withoutBlanks));
  const asked = [...question.options.flatMap(({ id, title }) => [id, title]), ...question.eligible];
  return asked.some((text) => taken.has(withoutBlanks(text)));
}

/** The question that may be put: the rules stay those that were adopted for the first poll. */
export function fits({ question: first, outcome }: Ended, question: FrozenPoll, relation: Relation): boolean {
  const alike = question.kind === first.kind && question.secrecy === first.secrecy && same(question.ruleset, first.ruleset);
  const added = (outcome?.run_off ?? []).map((name) => [name, name] as const);
  const titles = new Map([...added, ...first.options.map(({ id, title }) => [id, title] as const)]);
  if (!alike || question.options.some(({ id, title }) => (titles.get(id) ?? title) !== title)) return false;
  const ids = question.options.map(({ id }) => id);
  if (relation === "repeat" || outcome === null) {
    return sameSet(ids, first.options.map(({ id }) => id)) && same(beside(question), beside(first));
  }
  if (relation === "run_off") {
    return sameSet(ids, outcome.run_off) && question.seats === outcome.run_off_seats && !question.write_ins;
  }
  return question.seats <= outcome.shortfall;
}

/** What a question is beside its options. */
function beside({ seats, write_ins, eligible }: FrozenPoll): unknown {
  return [seats, write_ins, eligible];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const [left, right] = [new Set(one), new Set(other)];
  return left.size === right.size && [...left].every((id) => right.has(id));
}
