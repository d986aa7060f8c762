/** What the kinds of polls mean for a page: which marks a ballot knows, and how options are counted. */
import type { PollKind } from "@/live/wire.gen";

/** The three answers to a motion, a project or a candidate. */
export type Voice = "for" | "against" | "abstain";
export const VOICES: readonly Voice[] = ["for", "against", "abstain"];

/** The levels of an evaluation, best first; the fourth is offered only where the rules say so. */
export type Level = "satisfied" | "basically_satisfied" | "dissatisfied" | "dont_know";
export const LEVELS: readonly Level[] = ["satisfied", "basically_satisfied", "dissatisfied", "dont_know"];

/** Whether every option is answered for / against / abstain by itself. */
export function answersEach(kind: PollKind): boolean {
  return kind === "approve_each" || kind === "election";
}

/** Whether options compete for seats, so that they have places among each other. */
export function fillsSeats(kind: PollKind): boolean {
  return kind !== "motion" && kind !== "evaluation";
}

/** Whether an option's identifier is one of the three answers (the options of a motion). */
export function isVoice(id: string): id is Voice {
  return (VOICES as readonly string[]).includes(id);
}
