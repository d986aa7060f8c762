/** What became of each check of a sitting, and the verdict. Pure. */
import { SITTING_CHECKS, type SittingCheckKey } from "./checks";
import type { SittingFound } from "./verification";

type Status = "waiting" | "running" | "passed" | "failed" | "not_reached";

export interface SittingState {
  readonly check: SittingCheckKey;
  readonly status: Status;
  readonly done: number;
  readonly total: number;
}

/** The check under way; done of total: the polls verified by themselves. */
export interface Reached {
  readonly check: SittingCheckKey;
  readonly done: number;
  readonly total: number;
}

export function statesOf(reached: Reached | null, found: SittingFound | null): SittingState[] {
  const at = reached === null ? -1 : SITTING_CHECKS.indexOf(reached.check);
  const failed = found?.fault ? SITTING_CHECKS.indexOf(found.fault.check) : SITTING_CHECKS.length;
  const statusOf = (place: number): Status => {
    if (found !== null) return place < failed ? "passed" : place === failed ? "failed" : "not_reached";
    return place < at ? "passed" : place === at ? "running" : "waiting";
  };
  return SITTING_CHECKS.map((check, place) => {
    const { done, total } = place === at && reached ? reached : { done: 0, total: 0 };
    return { check, status: statusOf(place), done, total };
  });
}

export type SittingVerdict = "waiting" | "running" | "passed" | "reserved" | "failed";

export function sittingVerdict(reached: Reached | null, found: SittingFound | null): SittingVerdict {
  if (found === null) return reached === null ? "waiting" : "running";
  if (found.fault !== null) return "failed";
  return found.reservations.length > 0 ? "reserved" : "passed";
}
