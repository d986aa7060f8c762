/**
 * The public verifier: a list of numbered checks and one loop. A check throws; it never returns a
 * verdict. A record that is incomplete is never valid.
 */
import { Audit, known, type Step } from "./audit";
import { CHECKS, type Check } from "./checks";
import type { Law } from "./laws";
import type { Election } from "../board/election";
import { CheckFailed, TallyError } from "../errors";
import { sha256Hex } from "../groups/hash";
import type { Helper } from "../board/inspection";
import { pause } from "../pause";
import { namedVotes, type NamedVote } from "../ballots/by_name";
import { onlyCounts, type Counts, type Result } from "../board/result";
import type { Trustees } from "../trustees/document";
import { applies, RUNS } from "./steps";

/** `not_applicable`: the kind of poll leaves the check nothing to do. */
export type CheckStatus = "running" | "passed" | "failed" | "not_reached" | "not_applicable";

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
  /** None in a recorded poll. */
  readonly trustees: Trustees | null;
  readonly nCredentials: number;
  /** The ballots that count. */
  readonly nBallots: number;
  /** The ballots that a later one replaced. */
  readonly nReplaced: number;
  /** What came out, question by question. */
  readonly result: Result;
  /** Votes per answer of an election with one homomorphic question; empty for any other. */
  readonly counts: Counts;
  /** Who voted how, in a recorded poll. */
  readonly named: readonly NamedVote[];
  /** The scrutineers who shuffled, in order. */
  readonly shufflers: readonly number[];
  /** The scrutineers who decrypted. */
  readonly owners: readonly number[];
  /** How many receipts were checked. */
  readonly receipts: number;
  /** Of the archived list of credentials, in hex. */
  readonly credentialsSha256: string;
  /** Hex head of the Setup event, and of the last event. */
  readonly fingerprint: string;
  readonly head: string;
  readonly archiveSha256: string;
  /** The stricter laws that a record which does not claim our format 2 does not keep: it is then valid by the published format only. */
  readonly lacking: readonly Law[];
}

/**
 * Runs every check over a record and the receipts given (parsed JSON); helpers share the work on the ballots.
 * Throws CheckFailed with the number and key of the first check that does not hold.
 */
export async function verifyArchive(
  data: Uint8Array,
  receipts: readonly unknown[] = [],
  onProgress: (progress: VerifyProgress) => void = () => undefined,
  helpers: Iterable<Helper> = [],
): Promise<VerifiedRecord> {
  const audit = new Audit(data, receipts, helpers);
  for (const [place, check] of CHECKS.entries()) {
    if (!applies(check.key, audit)) {
      onProgress({ check, status: "not_applicable", done: 0, total: 0 });
      continue;
    }
    try {
      await runCheck(audit, check, onProgress);
    } catch (error) {
      if (!(error instanceof TallyError)) throw error;
      for (const later of CHECKS.slice(place + 1)) onProgress({ check: later, status: "not_reached", done: 0, total: 0 });
      throw new CheckFailed(check.number, check.key, error.detail, error.code);
    }
  }
  return report(audit);
}

async function runCheck(audit: Audit, check: Check, onProgress: (progress: VerifyProgress) => void): Promise<void> {
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
    onProgress({ check, status: "failed", ...at });
    throw error;
  }
  onProgress({ check, status: "passed", done: at.total, total: at.total });
}

function report(audit: Audit): VerifiedRecord {
  const { fingerprint, head, credentials } = known(audit.documents);
  const [election, result, counted] = [known(audit.election), known(audit.result), audit.counted];
  const ballots = counted.map(({ ballot }) => ballot);
  return {
    election,
    trustees: audit.trustees ?? null,
    nCredentials: known(audit.credentials).size,
    nBallots: counted.length,
    nReplaced: audit.ballots.length - counted.length,
    result,
    counts: onlyCounts(election, result),
    named: election.recorded ? namedVotes(audit.voters, ballots) : [],
    shufflers: audit.shufflers,
    owners: [...audit.factors.keys()].sort((a, b) => a - b),
    receipts: audit.receipts.length,
    credentialsSha256: sha256Hex(credentials),
    fingerprint,
    head,
    archiveSha256: sha256Hex(audit.data),
    lacking: audit.lacking,
  };
}
