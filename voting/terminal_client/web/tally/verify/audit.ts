/** What the verifier has learned so far, in the order in which the checks find it out. */
import type { Archive, ArchiveDocuments, ArchiveEvent } from "../board/archive";
import type { Election } from "../board/election";
import { countedBallots, type OpenedBallot } from "../board/encrypted_tally";
import type { Helper } from "../board/inspection";
import type { Voter } from "../ballots/by_name";
import type { Factors, Result } from "../board/result";
import { TallyError } from "../errors";
import type { Trustees } from "../trustees/document";
import type { Law } from "./laws";

/** `ballots` are all on the board; `tally` is what gets decrypted: the archived one, after shuffles the mixed one. */
export class Audit {
  archive: Archive | undefined;
  events: readonly ArchiveEvent[] | undefined;
  documents: ArchiveDocuments | undefined;
  election: Election | undefined;
  /** None in a recorded poll. */
  trustees: Trustees | undefined;
  voters: readonly Voter[] = [];
  credentials: ReadonlySet<string> | undefined;
  ballots: readonly OpenedBallot[] = [];
  tally: Uint8Array | undefined;
  readonly shufflers: number[] = [];
  readonly factors = new Map<number, Factors>();
  result: Result | undefined;
  readonly lacking: Law[] = [];

  constructor(
    readonly data: Uint8Array,
    readonly receipts: readonly unknown[],
    readonly helpers: Iterable<Helper> = [],
  ) {}

  /** A refusal in `check` is one in a record that claims our format 2; of any other it is noted that it lacks the law. */
  law(law: Law, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (known(this.election).strict || !(error instanceof TallyError)) throw error;
      this.lacking.push(law);
    }
  }

  /** The ballots that count, by the election's frozen terms. */
  get counted(): readonly OpenedBallot[] {
    return countedBallots(known(this.election), this.ballots);
  }
}

export function known<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error("the checks ran out of order");
  return value;
}

/** Reports progress and lets the event loop run. */
export type Step = (done: number, total: number) => Promise<void>;
export type Run = (audit: Audit, step: Step) => void | Promise<void>;
