/** The operations of a poll: seats, scrutineers who count, and the verify page (see `operations.ts`). */
import { signClosedBoard, type Agreement } from "../board/agreement";
import { fillBallot, trackerOf } from "../ballots/ballot";
import { fromUtf8 } from "../bytes";
import { checkOnClosedBoard, type Promised, type PublishedTrackers } from "../board/closing";
import { readCountStatement, type CountStatement } from "../board/count_statement";
import { linksOf, type Links } from "../board/links";
import { checkServerSigned } from "../board/server_signed";
import { makeCredential, type SigningCredential } from "../ballots/credential";
import type { AnyQuestion, Election } from "../board/election";
import { groupByName } from "../groups/choice";
import { sha256Hex } from "../groups/hash";
import { inspectSlice, type Fault, type Slice } from "../board/inspection";
import { shareFromJson } from "../trustees/private_share";
import { systemRng } from "../groups/random";
import { readNamedAnswers, readResultPapers, type Reading, type Readings } from "../board/readings";
import { checkReceipt, type Receipt } from "../board/receipt";
import { checkSetup, OpenBoard, rebuildBoard, type SetupDocuments } from "../board/rebuild";
import { signShuffle, type OwnedShuffle, type OwnShuffles } from "../board/shuffle_owner";
import { statedServerKey } from "../ballots/terms";
import type { NamedVote, Voter } from "../ballots/by_name";
import { partialDecrypt } from "../board/result";
import { makeShuffle } from "../board/shuffle";
import type { ThreadState } from "./thread_state";
import { verifyArchive, type CheckStatus, type VerifiedRecord } from "../verify/run";

/** `number` and `key` name the verifier's check; 0 and "ballots" while a board is rebuilt. */
export interface TallyProgress {
  readonly number: number;
  readonly key: string;
  readonly status: CheckStatus;
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: TallyProgress) => void;

/** A credential whose private half is a decimal string. */
export interface StoredCredential {
  readonly private: string;
  readonly public: string;
}

export interface ElectionSummary {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  /** Empty in a recorded poll. */
  readonly publicKey: string;
  readonly questions: readonly AnyQuestion[];
  /** The places of the questions that go through shuffles, from 0. */
  readonly mixed: readonly number[];
  /** Whether ballots are plain and named. */
  readonly recorded: boolean;
  /** Whether a later ballot replaces an earlier one. */
  readonly lastCounts: boolean;
  readonly hash: string;
  /** The key of receipts that the description states; null where it states none. */
  readonly serverKey: string | null;
}

function summary(election: Election): ElectionSummary {
  const { uuid, name, description, publicKey, questions, mixed, recorded, hash } = election;
  const { lastCounts } = election.terms;
  const group = election.group.name;
  const serverKey = statedServerKey(description);
  return { uuid, name, description, group, publicKey, questions, mixed, recorded, lastCounts, hash, serverKey };
}

interface MadeBallot {
  readonly raw: Uint8Array;
  readonly tracker: string;
}

function sealed(election: Election, stored: StoredCredential, answers: readonly (readonly number[])[]): MadeBallot {
  const credential: SigningCredential = { private: BigInt(stored.private), public: stored.public };
  const raw = fillBallot(election, credential, answers, systemRng);
  return { raw, tracker: trackerOf(raw) };
}

const seatOperations = (thread: ThreadState) => ({
  makeCredential: (request: { readonly group: string }): StoredCredential => {
    const credential = makeCredential(groupByName(request.group), systemRng);
    return { private: credential.private.toString(), public: credential.public };
  },

  /** Parses the election and builds its tables while the delegate is still choosing. */
  prepareElection: (request: { readonly election: Uint8Array }): ElectionSummary => {
    const election = thread.electionOf(request.election);
    if (!election.recorded) election.key.table.pow(1n);
    return summary(election);
  },

  /** A ballot: one list of numbers for each question, in order. */
  fillBallot: (request: {
    readonly election: Uint8Array;
    readonly credential: StoredCredential;
    readonly answers: readonly (readonly number[])[];
  }): MadeBallot => sealed(thread.electionOf(request.election), request.credential, request.answers),

  /** Throws `receipt_invalid` unless the ballots of these receipts stand on the closed board. */
  checkClosedBoard: (request: { readonly board: PublishedTrackers; readonly receipts: readonly Promised[] }): void => {
    checkOnClosedBoard(request.board, request.receipts);
  },

  checkReceipt: (request: { readonly receipt: unknown }): Receipt => checkReceipt(request.receipt),

  /** The fingerprint that console and screen must show, and whether `credential` may vote. */
  checkSetup: (
    request: SetupDocuments & { readonly credential?: string },
  ): ElectionSummary & {
    readonly fingerprint: string;
    readonly registered: boolean;
    readonly voters: readonly Voter[];
  } => {
    const { election, credentials, voters, fingerprint } = checkSetup(request);
    const registered = request.credential !== undefined && credentials.has(request.credential);
    return { ...summary(election), fingerprint, registered, voters };
  },
});

/** What is on an open board now: who shuffled, and what the next one shuffles or the scrutineers decrypt. */
interface BoardState {
  readonly shufflers: readonly number[];
  readonly tally: Uint8Array;
}

/** A signed shuffle, and the hash by which the terminal remembers it. */
interface MadeShuffle extends OwnedShuffle {
  readonly hash: string;
}

const countOperations = (thread: ThreadState) => ({
  /** Rebuilds a board with all its ballots; only afterwards can this thread shuffle or decrypt what it holds. */
  verifyBoard: async (
    request: SetupDocuments & { readonly ballots: readonly Uint8Array[] },
    onProgress: OnProgress,
  ) => {
    const report = (done: number, total: number): void => {
      onProgress({ number: 0, key: "ballots", status: done === total ? "passed" : "running", done, total });
    };
    const board = await rebuildBoard(request, request.ballots, report, thread.helpers);
    if (!board.election.recorded) thread.keep(new OpenBoard(board));
    const { fingerprint, nBallots, nReplaced, height, head, closedHead, encryptedTally, recordedResult } = board;
    const election = summary(board.election);
    return { election, fingerprint, nBallots, nReplaced, height, head, closedHead, encryptedTally, recordedResult };
  },

  /** Checks the shuffles on a board that was rebuilt here, from the first one; those checked before are not checked again. */
  takeShuffles: (request: {
    readonly fingerprint: string;
    readonly shuffles: readonly OwnedShuffle[];
    readonly own: OwnShuffles;
  }): BoardState => {
    const board = thread.boardOf(request.fingerprint);
    board.takeShuffles(request.shuffles, request.own);
    return { shufflers: board.shufflers, tally: board.tally };
  },

  /** This scrutineer's shuffle of what `takeShuffles` left, signed. */
  makeShuffle: (request: { readonly fingerprint: string; readonly share: string }): MadeShuffle => {
    const { election, tally } = thread.boardOf(request.fingerprint);
    const raw = makeShuffle(election, tally, systemRng);
    const owned = signShuffle(election, shareFromJson(request.share), raw, systemRng);
    return { owned, raw, hash: sha256Hex(raw) };
  },

  /** Throws `board_disputed` unless what scrutineer `index` keeps is their signature on the board rebuilt here. */
  recallBoard: (request: { readonly fingerprint: string; readonly index: number; readonly signed: string }): void => {
    thread.boardOf(request.fingerprint).demandKept(request.index, request.signed);
  },

  /**
   * This scrutineer's signature on the closed board rebuilt here; from now on this thread takes no other board of the
   * poll. `kept`: the one made before, which is answered again. Throws `board_disputed` where that is of another board.
   */
  signClosedBoard: (request: { readonly fingerprint: string; readonly share: string; readonly kept: string | null }): string => {
    const board = thread.boardOf(request.fingerprint);
    const share = shareFromJson(request.share);
    const made = request.kept ?? fromUtf8(signClosedBoard(board.election, share, board.closed, systemRng));
    board.demandKept(share.index, made);
    thread.bind(board);
    return made;
  },

  /**
   * Throws `board_disputed` unless `signClosedBoard` has signed this very board in this thread, `agreement_missing`
   * unless enough scrutineers have or its head was compared aloud, and `shuffles_missing` unless `takeShuffles` has seen
   * enough shuffles of the questions that are mixed.
   */
  partialDecrypt: (request: { readonly fingerprint: string; readonly share: string; readonly agreement: Agreement }): Uint8Array => {
    const board = thread.signedBoardOf(request.fingerprint);
    board.demandAgreed(request.agreement);
    board.demandOpenable();
    return partialDecrypt(board.election, shareFromJson(request.share), board.tally, systemRng);
  },
});

/** A named vote, and what it says to each question that has papers (null for any other). */
interface ReadVote extends NamedVote {
  readonly readings: readonly (Reading | null)[];
}

/** What an archive says that passed every check. `papers`: of a secret or a recorded poll, read question by question. */
interface ArchiveReport extends Omit<VerifiedRecord, "election" | "trustees" | "named"> {
  readonly election: ElectionSummary;
  readonly papers: Readings;
  readonly named: readonly ReadVote[];
  /** How many there are, and how many had to decrypt; 0 in a recorded poll. */
  readonly scrutineers: number;
  readonly threshold: number;
}

const verifyOperations = (thread: ThreadState) => ({
  verifyArchive: async (
    request: { readonly data: Uint8Array; readonly receipts?: readonly unknown[] },
    onProgress: OnProgress,
  ): Promise<ArchiveReport> => {
    const report: Parameters<typeof verifyArchive>[2] = ({ check, status, done, total }) => {
      onProgress({ number: check.number, key: check.key, status, done, total });
    };
    const record = await verifyArchive(request.data, request.receipts, report, thread.helpers);
    const { election, trustees, ...rest } = record;
    const papers = readResultPapers(election.questions, record.result);
    const named = record.named.map((vote) => ({ ...vote, readings: readNamedAnswers(election.questions, vote.answers) }));
    const [scrutineers, threshold] = [trustees?.size ?? 0, trustees?.threshold ?? 0];
    return { ...rest, election: summary(election), papers, named, scrutineers, threshold };
  },

  /** A signed count (count.json) whose form and signature hold. */
  checkCountStatement: (request: { readonly text: string }): CountStatement => readCountStatement(request.text),

  /** Throws `document_malformed` or `signature_invalid` unless the key (hex) signed the text, which ends with the signature. */
  checkServerSigned: (request: { readonly text: string; readonly prefix: string; readonly key: string }): void => {
    checkServerSigned(request.text, request.prefix, request.key);
  },

  /** In hex. */
  sha256Of: (request: { readonly data: Uint8Array }): string => sha256Hex(request.data),

  /** What a record that passed every check could share with another. */
  linksOf: (request: { readonly data: Uint8Array }): Links => linksOf(request.data),

  /** What a helper of another thread does. */
  inspectBallots: (request: Slice): Fault | null => inspectSlice(thread.electionOf(request.election), request),
});

export const pollOperations = (thread: ThreadState) => ({
  ...seatOperations(thread),
  ...countOperations(thread),
  ...verifyOperations(thread),
});
