/** What became of each numbered check, from the worker's progress messages. Pure. */
import { CHECKS, type CheckKey } from "@/tally/verify/checks";
import { RECORD_CHECKS, UNSTATED, type RecordCheckKey, type Reservation } from "./record_checks";
import type { CheckStatus } from "@/tally/verify/run";
import type { CountState } from "./count_checks";

export interface CheckState {
  readonly number: number;
  readonly key: CheckKey | RecordCheckKey;
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
  return [...CHECKS, ...RECORD_CHECKS].map(({ number, key }) => ({ number, key, status: "waiting", done: 0, total: 0 }));
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
  /** Every check that applies passed, but a law is lacking or the outcome is not stated; `lacking`: the former. */
  | { readonly kind: "reserved"; readonly lacking: boolean }
  /** A signed count, of a poll that has an archive (`beside`) or none. */
  | { readonly kind: "countPassed" | "countFailed"; readonly beside: boolean };

/** What archive and signed count come to together. */
export function verdictOf(
  states: readonly CheckState[],
  counts: readonly CountState[] = [],
  reservations: readonly Reservation[] = [],
): Verdict {
  const archive = archiveVerdict(states);
  if (archive.kind !== "passed" && archive.kind !== "waiting") return archive;
  const counted = counts.length > 0;
  if (counted && !counts.every(({ status }) => status === "passed")) return { kind: "countFailed", beside: archive.kind === "passed" };
  if (reservations.length > 0) return { kind: "reserved", lacking: !reservations.every(isUnstated) };
  return counted ? { kind: "countPassed", beside: archive.kind === "passed" } : archive;
}

function isUnstated(reservation: Reservation): boolean {
  return (UNSTATED as readonly Reservation[]).includes(reservation);
}

/** The states of checks 21 and 22 once the others passed. applies: whether the record claims that they hold. */
export function withRecordChecks(states: readonly CheckState[], fault: RecordCheckKey | null, applies: boolean): CheckState[] {
  const at = RECORD_CHECKS.findIndex(({ key }) => key === fault);
  return states.map((state) => {
    const place = RECORD_CHECKS.findIndex(({ key }) => key === state.key);
    if (place < 0) return state;
    if (!applies) return { ...state, status: "not_applicable" };
    return { ...state, status: at < 0 || place < at ? "passed" : place === at ? "failed" : "not_reached" };
  });
}

/** The states when a check of the record itself failed: what comes after is not reached. */
export function withoutRecordChecks(states: readonly CheckState[]): CheckState[] {
  return states.map((state) => (state.status === "waiting" ? { ...state, status: "not_reached" } : state));
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
