/** What a ballot may hold, as one line of the catalogue (common.rule.<kind>), and what an option needs. */
import type { PollView } from "@/live/wire.gen";
import { answersEach, viewOf } from "./kinds";

type Words = (key: string, params: Record<string, number>) => string;

/** For example "12 项中最多选 10 项". Where every "for" is possible, only the seats are named. */
export function ruleOf(poll: PollView, t: Words): string {
  const params = { n: poll.options.length, k: poll.max_choices, seats: poll.seats };
  if (answersEach(poll) && !viewOf(poll).competes) return t("common.rule.approve_each_alone", params);
  const free = answersEach(poll) && poll.max_choices >= poll.options.length;
  const more = viewOf(poll).ballot === "ranks" ? t("result.rule.rank", params) : poll.write_ins ? t("result.rule.writeIns", params) : "";
  const of = poll.by_election ? t("result.rule.byElection", params) : "";
  return of + t(`common.rule.${poll.kind}${free ? "_free" : ""}`, params) + more;
}

type Frozen = Pick<PollView, "kind" | "follows" | "rules"> & Partial<Pick<PollView, "seats">>;

/**
 * The number that the adopted rules ask for, given the majority: votes of an option, ballots for a level, or (rank)
 * valid rankings in all. Null where they ask for none.
 */
export function neededOf(poll: Frozen, majority: number | null): number | null {
  return viewOf(poll).needed(poll, majority);
}

/** Whether an election has more candidates than seats (差额选举) or as many (等额选举); null of any other poll. */
export function formOfElection(poll: Pick<PollView, "kind" | "options" | "seats">): "competitive" | "equal" | null {
  if (!viewOf(poll).fields.includes("post")) return null;
  return poll.options.length > poll.seats ? "competitive" : "equal";
}
