/** The kinds of polls, and the words of their ballots. */
import type { PollKind } from "@/live/wire.gen";
import { approveAlone, approveEach } from "./approve_each";
import { choose } from "./choose";
import { election } from "./election";
import { evaluation } from "./evaluation";
import type { KindView } from "./kind_view";
import { motion } from "./motion";
import { preselection } from "./preselection";
import { rank } from "./rank";

/** In the order in which pages offer them. */
const VIEWS: Record<PollKind, KindView> = { motion, choose, approve_each: approveEach, rank, election, preselection, evaluation };
export const KINDS = Object.keys(VIEWS) as readonly PollKind[];

/** Of a poll whose seats are not told, as where options compete for them. */
export function viewOf({ kind, seats }: { readonly kind: PollKind; readonly seats?: number | null }): KindView {
  return kind === "approve_each" && seats === 0 ? approveAlone : VIEWS[kind];
}

/** The classes by which a style sheet tells how a poll is laid out, whatever its kind. */
export function layoutOf(poll: { readonly kind: PollKind }): readonly string[] {
  const { ballot, counts } = viewOf(poll);
  return [`on-${ballot}`, `by-${counts}`];
}

/** The three answers to a motion, a project or a candidate. */
export type Voice = "for" | "against" | "abstain";
export const VOICES: readonly Voice[] = ["for", "against", "abstain"];

/** The levels of an evaluation, best first; the fourth is offered only where the rules say so. */
export type Level = "satisfied" | "basically_satisfied" | "dissatisfied" | "dont_know";
export const LEVELS: readonly Level[] = ["satisfied", "basically_satisfied", "dissatisfied", "dont_know"];

/** What becomes of an option that is decided by itself. */
export type Decided = "passed" | "not_passed";

export function isDecided(verdict: string | null): verdict is Decided {
  return verdict === "passed" || verdict === "not_passed";
}

/** Whether every option is answered for / against / abstain by itself. */
export function answersEach(poll: { readonly kind: PollKind }): boolean {
  return viewOf(poll).counts === "answers";
}

/** Whether the options are the three voices, to which each page gives its own words. */
export function putsVoices(poll: { readonly kind: PollKind }): boolean {
  return viewOf(poll).ballot === "voices";
}

/** Whether an option's identifier is one of the three answers (the options of a motion). */
export function isVoice(id: string): id is Voice {
  return (VOICES as readonly string[]).includes(id);
}
