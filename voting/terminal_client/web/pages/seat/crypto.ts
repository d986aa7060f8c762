/** What a seat asks of the tally: credentials, the check of an opened poll, ballots, receipts. */
import { Refusal } from "@/live/refusal";
import { fromUtf8, utf8 } from "@/tally/bytes";
import type { TallyClient } from "@/tally/worker/client";
import { TallyError } from "@/tally/errors";
import type { AnyQuestion } from "@/tally/ballots/questions";
import type { PollSetup, PollView, Receipt } from "@/live/wire.gen";
import type { KeptCredential, Pinned } from "./keeping";
import { questionsOf, sameQuestions } from "@/poll/ballot/questions";

export interface MadeBallot {
  /** The raw ballot text, byte-exact. */
  readonly ballot: string;
  readonly tracker: string;
}

export type Answers = readonly (readonly number[])[];

export interface SeatCrypto {
  makeCredential(group: string): Promise<KeptCredential>;
  /**
   * Checks what was frozen at opening: the fingerprint recomputed from the documents is the one the hall shows, the
   * question is the one on this page, the scrutineers' proofs hold, and the own credential is on the list.
   * Raises Refusal(setup_mismatch) otherwise, Refusal(key_mismatch) for a secret poll with another key than was pinned,
   * and Refusal(server_key_mismatch) for any that states another key of receipts.
   */
  checkSetup(setup: PollSetup, poll: PollView, credential: string, pinned: Pinned): Promise<void>;
  /** answers: the numbers of each question, in the order of the frozen election. */
  makeBallot(setup: PollSetup, credential: KeptCredential, answers: Answers): Promise<MadeBallot>;
  /**
   * Checks the server's signature, and that the receipt is for this ballot. Raises Refusal(verification_failed), and
   * Refusal(server_key_mismatch) where it is signed with another key than was pinned.
   */
  checkReceipt(receipt: Receipt, poll: PollView, tracker: string | null, pinned: Pinned): Promise<void>;
  /** Compares receipts with the closed board that the hall is shown. Raises Refusal(verification_failed). */
  checkClosedBoard(poll: PollView, trackers: readonly string[], receipts: readonly Receipt[]): Promise<void>;
}

/** What the tally reads in a frozen election. */
interface FrozenElection {
  readonly uuid: string;
  readonly questions: readonly AnyQuestion[];
  readonly recorded: boolean;
  readonly lastCounts: boolean;
}

/** Whether the frozen election asks what this page shows, as secretly as this page says. */
function asksTheSame(election: FrozenElection, poll: PollView): boolean {
  return (
    election.uuid === poll.election_uuid &&
    election.recorded === (poll.secrecy === "recorded") &&
    election.lastCounts === poll.last_press_counts &&
    sameQuestions(election.questions, questionsOf(poll))
  );
}

/** Turns what the tally refuses into the refusal that a delegate reads. */
async function orRefuse<Value>(code: Refusal["code"], work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    throw error instanceof TallyError ? new Refusal(code) : error;
  });
}

/** The seat's tally on a worker. */
export function seatCrypto(client: TallyClient): SeatCrypto {
  return {
    makeCredential: (group) => client.call("makeCredential", { group }),

    async checkSetup(setup, poll, credential, { key, serverKey }) {
      const found = await orRefuse("setup_mismatch", client.call("checkSetup", { ...documents(setup), credential }));
      const same = found.fingerprint === setup.fingerprint && found.fingerprint === poll.fingerprint;
      if (!same || !found.registered || !asksTheSame(found, poll)) throw new Refusal("setup_mismatch");
      if (!found.recorded && found.publicKey !== key) throw new Refusal("key_mismatch");
      if (found.serverKey !== serverKey) throw new Refusal("server_key_mismatch");
      // The tables grow while the delegate is choosing.
      void client.call("prepareElection", { election: utf8(setup.election) });
    },

    async makeBallot(setup, credential, answers) {
      const { raw, tracker } = await fill(client, utf8(setup.election), { ...credential }, answers);
      return { ballot: fromUtf8(raw), tracker };
    },

    async checkReceipt(receipt, poll, tracker, { serverKey }) {
      await orRefuse("verification_failed", client.call("checkReceipt", { receipt: { ...receipt } }));
      const ours = tracker === null || receipt.tracker === tracker;
      const here = receipt.election_uuid === poll.election_uuid && receipt.fingerprint === poll.fingerprint;
      if (!ours || !here) throw new Refusal("verification_failed");
      if (receipt.server_key !== serverKey) throw new Refusal("server_key_mismatch");
    },

    async checkClosedBoard(poll, trackers, receipts) {
      const board = { fingerprint: poll.fingerprint ?? "", closedHead: poll.closed_head ?? "", trackers: [...trackers] };
      const copies = receipts.map(({ height, tracker, board_head }) => ({ height, tracker, board_head }));
      await orRefuse("verification_failed", client.call("checkClosedBoard", { board, receipts: copies }));
    },
  };
}

/** The ballot of an election with one question or several. */
function fill(
  client: TallyClient,
  election: Uint8Array,
  credential: KeptCredential,
  answers: Answers,
): Promise<{ raw: Uint8Array; tracker: string }> {
  return client.call("fillBallot", { election, credential, answers: answers.map((answer) => [...answer]) });
}

function documents(setup: PollSetup): { election: Uint8Array; trustees: Uint8Array; credentials: Uint8Array } {
  return {
    election: utf8(setup.election),
    trustees: utf8(setup.trustees),
    credentials: utf8(setup.credentials),
  };
}
