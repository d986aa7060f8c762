/** What a seat asks of the tally: credentials, the check of an opened poll, ballots, receipts. */
import type { PollSetup, PollView, Receipt } from "@/shared/wire.gen";
import type { KeptCredential } from "./keeping";

export interface MadeBallot {
  /** The raw ballot text, byte-exact. */
  readonly ballot: string;
  readonly tracker: string;
}

export interface SeatCrypto {
  makeCredential(group: string): Promise<KeptCredential>;
  /**
   * Checks what was frozen at opening: the fingerprint recomputed from the documents equals the one the hall shows, the
   * question is the one on this page, the scrutineers' proofs hold, and the own credential is on the list.
   * Raises Refusal(setup_mismatch) otherwise.
   */
  checkSetup(setup: PollSetup, poll: PollView, credential: string): Promise<void>;
  makeBallot(setup: PollSetup, credential: KeptCredential, choices: readonly number[]): Promise<MadeBallot>;
  /** Checks the server's signature and that the receipt is for this ballot of this poll. Raises Refusal(verification_failed). */
  checkReceipt(receipt: Receipt, poll: PollView, tracker: string | null): Promise<void>;
}
