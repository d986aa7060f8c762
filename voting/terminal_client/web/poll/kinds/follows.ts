/** What a poll is to the one it follows: a run-off, a second round, a repetition. */
import type { Hall, PollView } from "@/live/wire.gen";

type Words = (key: string, params?: Record<string, string>) => string;

/** For example "“十二选十”的再次投票"; null of a poll that follows none. */
export function followsText({ follows }: Pick<PollView, "follows">, polls: Hall["polls"], t: Words): string | null {
  if (follows === null) return null;
  return t(`result.follows.${follows.relation}`, { title: polls[follows.poll]?.title ?? follows.poll });
}
