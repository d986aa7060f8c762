/** The steps from the end of the voting to the announcement, as the hall sees them: a pure function of the poll. */
import type { PollState, PollView, Progress } from "@/live/wire.gen";

type StepKey =
  | "closed"
  | "sealed"
  | "sealedSingly"
  | "shuffled"
  | "decrypted"
  | "named"
  | "entered"
  | "enteredPapers"
  | "checked"
  | "confirmed"
  | "announced";

export interface CountStep {
  readonly key: StepKey;
  readonly status: "done" | "now" | "later";
  /** How many scrutineers have done it, of how many that must. */
  readonly have?: number;
  readonly need?: number;
}

interface Made {
  readonly key: StepKey;
  readonly done: boolean;
  readonly have?: number;
  readonly need?: number;
}

const ORDER: readonly PollState[] = ["closed", "sealed", "counted", "confirmed", "announced"];

/** All steps of this poll's count. Papers are counted beside the electronic votes, so two steps may be under way. */
export function countSteps(poll: PollView, progress?: Progress): CountStep[] {
  const reached = (state: PollState): boolean => ORDER.indexOf(poll.state) >= ORDER.indexOf(state);
  const electronic = poll.medium === "by_hand" ? [] : electronicSteps(poll, reached, progress);
  const tail: Made[] = [
    { key: "confirmed", done: reached("confirmed") },
    { key: "announced", done: reached("announced") },
  ];
  const hand = handSteps(poll, reached("counted"), progress);
  const last = [...withStatus(electronic), ...withStatus(hand)];
  const ready = last.every(({ status }) => status === "done");
  return [{ key: "closed", status: "done" }, ...last, ...withStatus(tail, ready)];
}

function electronicSteps(poll: PollView, reached: (state: PollState) => boolean, progress?: Progress): Made[] {
  const seal: Made = { key: poll.shuffled ? "sealedSingly" : "sealed", done: reached("sealed") };
  if (poll.secrecy === "recorded") return [seal, { key: "named", done: reached("counted") }];
  const { shuffles = [], decryptions = [], needed = 0 } = progress ?? {};
  const of = (key: StepKey, made: readonly number[]): Made => {
    const done = reached("counted") || (needed > 0 && made.length >= needed);
    return progress ? { key, done, have: made.length, need: needed } : { key, done };
  };
  return [seal, ...(poll.shuffled ? [of("shuffled", shuffles)] : []), of("decrypted", decryptions)];
}

function handSteps({ medium }: PollView, counted: boolean, progress?: Progress): Made[] {
  if (medium === "electronic" || (medium === "mixed" && !progress?.papers)) return [];
  const state = progress?.hand_count ?? "missing";
  return [
    { key: medium === "mixed" ? "enteredPapers" : "entered", done: counted || state === "entered" || state === "confirmed" },
    { key: "checked", done: counted || state === "confirmed" },
  ];
}

/** The first step that is not done is under way, once what comes before this row of steps is done. */
function withStatus(steps: readonly Made[], begun = true): CountStep[] {
  const at = steps.findIndex(({ done }) => !done);
  return steps.map(({ done, ...step }, index) => ({
    ...step,
    status: done ? "done" : begun && index === at ? "now" : "later",
  }));
}
