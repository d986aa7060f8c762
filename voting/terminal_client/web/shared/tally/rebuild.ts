/**
 * A board rebuilt from its raw documents by a terminal that trusts nobody: what a scrutineer does
 * before decrypting, and what a seat does before voting.
 */
import { ballotElements, checkProofs, checkSignature, readBallot } from "./ballot";
import { Board } from "./board";
import { readCredentials } from "./credential";
import { parseElection, type Election } from "./election";
import { ensure, TallyError } from "./errors";
import { pause } from "./pause";
import { RunningSum } from "./result";
import { parseTrustees, type Trustees } from "./trustees";

/** The frozen documents of a poll. */
export interface SetupDocuments {
  readonly election: Uint8Array;
  readonly trustees: Uint8Array;
  readonly credentials: Uint8Array;
}

export interface CheckedSetup {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly credentials: ReadonlySet<string>;
  /** Hex hash of the Setup event: what console, screen and seats show. */
  readonly fingerprint: string;
}

export interface RebuiltBoard extends CheckedSetup {
  readonly nBallots: number;
  /** Height and head after the last ballot, as in the last receipt. */
  readonly height: number;
  readonly head: string;
  /** The head once voting has ended. */
  readonly closedHead: string;
  /** The encrypted_tally document, recomputed. */
  readonly encryptedTally: Uint8Array;
}

/** Throws the refusal of the document that is wrong. */
export function checkSetup(documents: SetupDocuments): CheckedSetup {
  const election = parseElection(documents.election);
  const trustees = parseTrustees(election.group, documents.trustees);
  const same = trustees.publicKey === election.publicKey;
  ensure(same, "trustees_invalid", "the scrutineers' keys do not make the public key of the poll");
  const credentials = readCredentials(election.group, documents.credentials);
  const { fingerprint } = Board.open(documents.election, documents.trustees, documents.credentials);
  return { election, trustees, credentials, fingerprint };
}

/** Checks every ballot and adds them up. Throws the refusal of the first document that is wrong. */
export async function rebuildBoard(
  documents: SetupDocuments,
  ballots: readonly Uint8Array[],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<RebuiltBoard> {
  const setup = checkSetup(documents);
  const board = Board.open(documents.election, documents.trustees, documents.credentials);
  const sum = new RunningSum(setup.election);
  const voted = new Set<string>();
  for (const [i, raw] of ballots.entries()) {
    onProgress(i, ballots.length);
    await pause();
    checkOne(setup, voted, sum, raw, i + 1);
    board.appendBallot(raw);
  }
  onProgress(ballots.length, ballots.length);
  const { height, head } = board;
  board.endBallots();
  return { ...setup, nBallots: ballots.length, height, head, closedHead: board.head, encryptedTally: sum.encode() };
}

function checkOne(setup: CheckedSetup, voted: Set<string>, sum: RunningSum, raw: Uint8Array, height: number): void {
  try {
    const ballot = readBallot(setup.election, raw);
    ensure(setup.credentials.has(ballot.credential), "credential_unknown", "its credential is not registered");
    ensure(!voted.has(ballot.credential), "tally_invalid", "its credential has voted before");
    const elements = ballotElements(setup.election.group, ballot);
    checkSignature(setup.election, ballot, elements);
    checkProofs(setup.election, ballot, elements);
    voted.add(ballot.credential);
    sum.add(elements.choices);
  } catch (error) {
    throw error instanceof TallyError ? new TallyError(error.code, `ballot at height ${height}: ${error.detail}`) : error;
  }
}
