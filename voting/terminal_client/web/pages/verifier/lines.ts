/** What became of each numbered check, from the worker's progress messages. Pure. */
import { CHECKS, type CheckKey } from "@/tally/verify/checks";
import type { CheckStatus } from "@/tally/verify/run";
import type { CountState } from "./count_checks";

export interface CheckState {
  readonly number: number;
  readonly key: CheckKey;
  readonly status: CheckStatus | "waiting";
  readonly done: number;
  readonly total: number;
}

export interface Progress {
  readonly number: number;
  readonly status: CheckStatus;
  readonly done: number;
  readonly total: number;
}

/** All checks, none begun. */
export function freshStates(): CheckState[] {
  return CHECKS.map(({ number, key }) => ({ number, key, status: "waiting", done: 0, total: 0 }));
}

/** The states after one progress message. */
export function advanced(states: readonly CheckState[], progress: Progress): CheckState[] {
  return states.map((state) => {
    if (state.number !== progress.number) return state;
    const total = progress.total > 0 ? progress.total : state.total;
    const done = progress.status === "passed" ? total : progress.done;
    return { ...state, status: progress.status, done, total };
  });
}

export type Verdict =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly number: number }
  | { readonly kind: "failed"; readonly number: number }
  | { readonly kind: "passed" }
  /** A signed count, of a poll that has an archive (`beside`) or none. */
  | { readonly kind: "countPassed" | "countFailed"; readonly beside: boolean };

/** What archive and signed count come to together. */
export function verdictOf(states: readonly CheckState[], counts: readonly CountState[] = []): Verdict {
  const archive = archiveVerdict(states);
  if (counts.length === 0 || (archive.kind !== "passed" && archive.kind !== "waiting")) return archive;
  const passed = counts.every(({ status }) => status === "passed");
  return { kind: passed ? "countPassed" : "countFailed", beside: archive.kind === "passed" };
}

/** Passed only when every check that this kind of poll has passed; anything else is not a verdict of validity. */
function archiveVerdict(states: readonly CheckState[]): Verdict {
  const failed = states.find(({ status }) => status === "failed");
  if (failed) return { kind: "failed", number: failed.number };
  const good = states.every(({ status }) => status === "passed" || status === "not_applicable");
  if (good && states.some(({ status }) => status === "passed")) return { kind: "passed" };
  const running = states.find(({ status }) => status === "running");
  if (running) return { kind: "running", number: running.number };
  const next = states.find(({ status }) => status === "waiting");
  return next && next.number > 1 ? { kind: "running", number: next.number } : { kind: "waiting" };
}
