/**
 * The public verifier: a list of numbered checks and one loop. A check throws; it never returns a
 * verdict. A record that is incomplete is never valid.
 */
import { CHECKS, type Check } from "./checks";
import type { Election } from "./election";
import { CheckFailed, TallyError } from "./errors";
import { sha256Hex } from "./hash";
import { pause } from "./pause";
import type { Trustees } from "./trustees";
import { Audit, known, RUNS, type Step } from "./verify_checks";

export type CheckStatus = "running" | "passed" | "failed" | "not_reached";

/** Where the verifier is; `total` is 0 for checks without a known number of steps. */
export interface VerifyProgress {
  readonly check: Check;
  readonly status: CheckStatus;
  readonly done: number;
  readonly total: number;
}

/** What a record that passed every check says. */
export interface VerifiedRecord {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly nCredentials: number;
  readonly nBallots: number;
  /** Votes per answer, in the question's order. */
  readonly counts: readonly number[];
  /** The scrutineers who decrypted. */
  readonly owners: readonly number[];
  /** How many receipts were checked. */
  readonly receipts: number;
  /** Hex head of the Setup event, and of the last event. */
  readonly fingerprint: string;
  readonly head: string;
  readonly archiveSha256: string;
}

/**
 * Runs every check over a record and the receipts given (parsed JSON). Throws CheckFailed with the
 * number and key of the first check that does not hold.
 */
export async function verifyArchive(
  data: Uint8Array,
  receipts: readonly unknown[] = [],
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): Promise<VerifiedRecord> {
  const audit = new Audit(data, receipts);
  for (const check of CHECKS) {
    let at = { done: 0, total: 0 };
    const step: Step = (done, total) => {
      at = { done, total };
      onProgress({ check, status: "running", ...at });
      return pause();
    };
    await step(0, 0);
    try {
      await RUNS[check.key](audit, step);
    } catch (error) {
      if (!(error instanceof TallyError)) throw error;
      onProgress({ check, status: "failed", ...at });
      for (const later of CHECKS.slice(check.number)) onProgress({ check: later, status: "not_reached", done: 0, total: 0 });
      throw new CheckFailed(check.number, check.key, error.detail, error.code);
    }
    onProgress({ check, status: "passed", done: at.total, total: at.total });
  }
  return report(audit);
}

function report(audit: Audit): VerifiedRecord {
  const { fingerprint, head } = known(audit.documents);
  return {
    election: known(audit.election),
    trustees: known(audit.trustees),
    nCredentials: known(audit.credentials).size,
    nBallots: audit.ballots.length,
    counts: audit.counts,
    owners: [...audit.factors.keys()].sort((a, b) => a - b),
    receipts: audit.receipts.length,
    fingerprint,
    head,
    archiveSha256: sha256Hex(audit.data),
  };
}
