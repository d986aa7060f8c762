/**
 * A board rebuilt from its raw documents by a terminal that trusts nobody: what a scrutineer does
 * before shuffling or decrypting, and what a seat does before voting.
 */
import { requireAgreement, requireKept, type Agreement, type ClosedBoard } from "./agreement";
import { readBallot, testedElements, type Ballot } from "../ballots/ballot";
import { Board } from "./chain";
import { equalBytes } from "../bytes";
import { readCredentials } from "../ballots/credential";
import { parseElection, type Election } from "./election";
import { addUp, countedBallots, encodeTally } from "./encrypted_tally";
import { ensure, TallyError } from "../errors";
import { inspectAll, type Helper } from "./inspection";
import { pause } from "../pause";
import { countRecorded, readVoters, type Voter } from "../ballots/by_name";
import { sufficientOwners } from "./result";
import { checkShuffleOwner, requireOwn, type OwnedShuffle, type OwnShuffles } from "./shuffle_owner";
import { checkShuffle, mixedTally } from "./shuffle";
import { parseTrustees, type Trustees } from "../trustees/document";
import { isNoTrustees } from "../verify/record";

/** The frozen documents of a poll. */
export interface SetupDocuments {
  readonly election: Uint8Array;
  readonly trustees: Uint8Array;
  readonly credentials: Uint8Array;
}

interface CheckedSetup {
  readonly election: Election;
  /** None in a recorded poll. */
  readonly trustees: Trustees | null;
  readonly credentials: ReadonlySet<string>;
  /** In a recorded poll the delegates who may vote. */
  readonly voters: readonly Voter[];
  /** Hex hash of the Setup event: what console, screen and seats show. */
  readonly fingerprint: string;
}

interface RebuiltBoard extends CheckedSetup {
  /** The ballots that count, and those that a later one replaced. */
  readonly nBallots: number;
  readonly nReplaced: number;
  /** Height and head after the last ballot, as in the last receipt. */
  readonly height: number;
  readonly head: string;
  /** The head once voting has ended. */
  readonly closedHead: string;
  /** The encrypted_tally document, recomputed; empty in a recorded poll. */
  readonly encryptedTally: Uint8Array;
  /** The result document of a recorded poll; null in a secret one. */
  readonly recordedResult: Uint8Array | null;
}

/** Throws the refusal of the document that is wrong; also where the record would not be held to every law of this house. */
export function checkSetup(documents: SetupDocuments): CheckedSetup {
  const election = parseElection(documents.election);
  ensure(election.strict, "election_invalid", "the election does not claim format 2");
  const { fingerprint } = Board.open(documents.election, documents.trustees, documents.credentials);
  if (election.recorded) {
    ensure(isNoTrustees(documents.trustees), "trustees_invalid", "a recorded poll cannot have scrutineers' keys");
    const voters = readVoters(election.group, documents.credentials);
    const credentials = new Set(voters.map(({ credential }) => credential));
    return { election, trustees: null, credentials, voters, fingerprint };
  }
  const trustees = parseTrustees(election.group, documents.trustees);
  const same = trustees.publicKey === election.publicKey;
  ensure(same, "trustees_invalid", "the scrutineers' keys do not make the public key of the poll");
  const credentials = readCredentials(election.group, documents.credentials);
  return { election, trustees, credentials, voters: [], fingerprint };
}

/**
 * Checks every ballot, with helpers, and adds them up itself. Throws the refusal of the first document
 * that is wrong.
 */
export async function rebuildBoard(
  documents: SetupDocuments,
  ballots: readonly Uint8Array[],
  onProgress: (done: number, total: number) => void = () => undefined,
  helpers: Iterable<Helper> = [],
): Promise<RebuiltBoard> {
  const setup = checkSetup(documents);
  const read = readAll(setup, ballots);
  const fault = await inspectAll(setup.election, "whole", read, helpers, (done, total) => {
    onProgress(done, total);
    return pause();
  });
  if (fault !== null) throw new TallyError(fault.code, `ballot at height ${fault.index + 1}: ${fault.detail}`);
  onProgress(ballots.length, ballots.length);
  return { ...setup, ...chained(documents, ballots), ...counted(setup.election, read) };
}

function readAll({ election, credentials }: CheckedSetup, ballots: readonly Uint8Array[]): Ballot[] {
  const seen = new Set<string>();
  return ballots.map((raw, i) => {
    try {
      const ballot = readBallot(election, raw);
      ensure(credentials.has(ballot.credential), "credential_unknown", "its credential is not registered");
      const name = election.terms.lastCounts ? ballot.tracker : ballot.credential;
      ensure(!seen.has(name), "tally_invalid", "its credential has voted before, or it is there twice");
      seen.add(name);
      return ballot;
    } catch (error) {
      throw error instanceof TallyError ? new TallyError(error.code, `ballot at height ${i + 1}: ${error.detail}`) : error;
    }
  });
}

function chained(
  { election, trustees, credentials }: SetupDocuments,
  ballots: readonly Uint8Array[],
): Pick<RebuiltBoard, "height" | "head" | "closedHead"> {
  const board = Board.open(election, trustees, credentials);
  for (const raw of ballots) board.appendBallot(raw);
  const { height, head } = board;
  board.endBallots();
  return { height, head, closedHead: board.head };
}

function counted(
  election: Election,
  read: readonly Ballot[],
): Pick<RebuiltBoard, "nBallots" | "nReplaced" | "encryptedTally" | "recordedResult"> {
  const opened = countedBallots(election, read.map((ballot) => ({ ballot, elements: testedElements(election, ballot) })));
  const numbers = { nBallots: opened.length, nReplaced: read.length - opened.length };
  if (!election.recorded) return { ...numbers, encryptedTally: encodeTally(addUp(election, opened)), recordedResult: null };
  const { raw } = countRecorded(election, read.map((ballot) => ballot.raw));
  return { ...numbers, encryptedTally: new Uint8Array(), recordedResult: raw };
}

/**
 * A rebuilt board on its way to the result: what it holds may be shuffled, and, once enough scrutineers have
 * shuffled what must be, decrypted. Every shuffle is checked before it counts.
 */
export class OpenBoard {
  readonly election: Election;
  readonly fingerprint: string;
  readonly closed: ClosedBoard;
  readonly #trustees: Trustees;
  readonly #shuffles: (OwnedShuffle & { readonly owner: number })[] = [];
  #tally: Uint8Array;

  /** Throws `decryption_invalid` for a recorded poll, in which there is nothing to open. */
  constructor({ election, trustees, encryptedTally, fingerprint, closedHead, nBallots }: RebuiltBoard) {
    ensure(trustees !== null, "decryption_invalid", "nothing is encrypted in a recorded poll");
    this.election = election;
    this.fingerprint = fingerprint;
    this.closed = { head: closedHead, ballots: nBallots };
    this.#trustees = trustees;
    this.#tally = encryptedTally;
  }

  /** What the next scrutineer shuffles, or what is decrypted. */
  get tally(): Uint8Array {
    return this.#tally;
  }

  /** The scrutineers who shuffled, in order. */
  get shufflers(): readonly number[] {
    return this.#shuffles.map(({ owner }) => owner);
  }

  /**
   * Takes over the shuffles of the board, in order; those known already must be the same. Throws `shuffle_invalid`
   * and keeps what was checked before the one that fails; also when one of them stands under the terminal's own number
   * and is none of its own.
   */
  takeShuffles(shuffles: readonly OwnedShuffle[], own: OwnShuffles): void {
    const known = this.#shuffles.every(({ owned, raw }, i) => {
      const same = shuffles[i];
      return same !== undefined && equalBytes(same.owned, owned) && equalBytes(same.raw, raw);
    });
    ensure(known, "shuffle_invalid", "the shuffles are not those that were checked before");
    for (const shuffle of shuffles.slice(this.#shuffles.length)) this.#take(shuffle, own);
  }

  #take(shuffle: OwnedShuffle, own: OwnShuffles): void {
    const { raw } = shuffle;
    ensure(this.election.mixed.length > 0, "shuffle_invalid", "no question of this poll is mixed");
    const { owner } = checkShuffleOwner(this.election, this.#trustees, shuffle);
    requireOwn(own, owner, raw);
    ensure(!this.shufflers.includes(owner), "shuffle_invalid", `scrutineer ${owner} shuffled twice`);
    checkShuffle(this.election, this.#tally, raw);
    this.#tally = mixedTally(this.election, this.#tally, raw);
    this.#shuffles.push({ ...shuffle, owner });
  }

  /** Throws `board_disputed` unless what scrutineer `index` keeps is their own signature on this board. */
  demandKept(index: number, signed: string): void {
    requireKept(this.election, this.#trustees, index, this.closed, signed);
  }

  /** Throws `agreement_missing` or `board_disputed` unless this very board was agreed on. */
  demandAgreed(agreement: Agreement): void {
    requireAgreement(this.election, this.#trustees, this.closed, agreement);
  }

  /** Throws `shuffles_missing` while fewer have shuffled than are needed to decrypt. */
  demandOpenable(): void {
    if (this.election.mixed.length === 0) return;
    sufficientOwners(this.#trustees, new Set(this.shufflers), "shuffles_missing", "shuffles");
  }
}
