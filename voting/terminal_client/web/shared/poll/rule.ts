/** What a ballot may hold, as one line of the catalogue (common.rule.<kind>). */
import type { PollView } from "@/shared/wire.gen";
import { answersEach } from "./kinds";

type Words = (key: string, params: Record<string, number>) => string;

/** For example "12 项中最多选 10 项". Where every "for" is possible, only the seats are named. */
export function ruleOf(poll: PollView, t: Words): string {
  const params = { n: poll.options.length, k: poll.max_choices, seats: poll.seats };
  const free = answersEach(poll.kind) && poll.max_choices >= poll.options.length;
  return t(`common.rule.${poll.kind}${free ? "_free" : ""}`, params);
}
