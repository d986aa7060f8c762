/** What a ballot may hold, as one line of the catalogue (common.rule.<kind>), and what an option needs. */
import type { PollView } from "@/live/wire.gen";
import { answersEach } from "./kinds";

type Words = (key: string, params: Record<string, number>) => string;

/** For example "12 项中最多选 10 项". Where every "for" is possible, only the seats are named. */
export function ruleOf(poll: PollView, t: Words): string {
  const params = { n: poll.options.length, k: poll.max_choices, seats: poll.seats };
  const free = answersEach(poll.kind) && poll.max_choices >= poll.options.length;
  const more = poll.kind === "rank" ? t("result.rule.rank", params) : poll.write_ins ? t("result.rule.writeIns", params) : "";
  return t(`common.rule.${poll.kind}${free ? "_free" : ""}`, params) + more;
}

type Frozen = Pick<PollView, "kind" | "follows" | "rules">;

/**
 * The number that the adopted rules ask for, given the majority: votes of an option, ballots for a level, or (rank)
 * valid rankings in all. Null where they ask for none.
 */
export function neededOf({ kind, follows, rules: { seats } }: Frozen, majority: number | null): number | null {
  if (kind === "motion" || kind === "evaluation") return majority;
  if (kind === "rank") return seats.rank_needs_majority ? majority : null;
  if (follows?.relation === "run_off" && !seats.run_off_needs_majority) return null;
  return kind === "election" || seats.majority_floor ? majority : null;
}

/** Whether an election has more candidates than seats (差额选举) or as many (等额选举); null of any other poll. */
export function formOfElection({ kind, options, seats }: Pick<PollView, "kind" | "options" | "seats">): "competitive" | "equal" | null {
  if (kind !== "election") return null;
  return options.length > seats ? "competitive" : "equal";
}
