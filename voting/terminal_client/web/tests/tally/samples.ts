/** Small whole polls with every part played in TypeScript. */
import { fillBallot } from "../../tally/ballots/ballot";
import { Board } from "../../tally/board/chain";
import { assembleTrustees, dealShares, finishShare, startShare, startSingle } from "../../tally/trustees/ceremony";
import { isSingle, type CeremonyPlan } from "../../tally/trustees/messages";
import { encodeCredentials, makeCredential, type SigningCredential } from "../../tally/ballots/credential";
import { makeSecretElection, makeUuid, parseElection, type AnyQuestion, type Election } from "../../tally/board/election";
import { groupByName } from "../../tally/groups/choice";
import type { PrivateShare } from "../../tally/trustees/private_share";
import { systemRng } from "../../tally/groups/random";
import type { SetupDocuments } from "../../tally/board/rebuild";
import { computeResult, partialDecrypt, sumBallots } from "../../tally/board/result";
import { parseTrustees } from "../../tally/trustees/document";
import { SERVER_KEY } from "../fixtures/frozen";

export const ANSWERS = ["赞成", "反对", "弃权"];
const MOTION: AnyQuestion = { text: "示例议案", answers: ANSWERS, min: 0, max: 1 };
const HASHES = `"roster_sha256":"${"0".repeat(64)}","credentials_sha256":"${"0".repeat(64)}"`;
/** A description that claims our format 2, so that every stricter law is a check. */
export const STRICT = `{"format":2,"sample":"示例","server_key":"${SERVER_KEY}",${HASHES}}`;
/** The same with the rules of a secret poll: as few ballots as they let anybody open, where they say. */
export function ruled(least?: number): string {
  const rules = JSON.stringify({ secrecy: "secret", medium: "electronic", ruleset: { ballots: { press: "first", least_secret: least } } });
  return STRICT.replace('"sample":', `"poll":${rules},"sample":`);
}
export const TIMESTAMP = 1_700_000_000;

export function plan(group: string, size: number, threshold: number): CeremonyPlan {
  return { group, threshold, names: Array.from({ length: size }, (_, i) => `示例监票人0${i + 1}`) };
}

export interface Ceremony {
  readonly plan: CeremonyPlan;
  readonly shares: readonly PrivateShare[];
  readonly certificates: readonly unknown[];
  readonly dealings: readonly unknown[];
  readonly keys: readonly unknown[];
  readonly trustees: Uint8Array;
}

export function holdCeremony(of: CeremonyPlan): Ceremony {
  const indexes = of.names.map((_, i) => i + 1);
  if (isSingle(of)) {
    const made = indexes.map((index) => startSingle(of, index, systemRng));
    const keys = made.map(([, message]) => message);
    const shares = made.map(([share]) => share);
    return { plan: of, shares, certificates: [], dealings: [], keys, trustees: assembleTrustees(of, [], [], keys) };
  }
  const first = indexes.map((index) => startShare(of, index, systemRng));
  const certificates = first.map(([, message]) => message);
  const second = first.map(([share]) => dealShares(of, share, certificates, systemRng));
  const dealings = second.map(([, message]) => message);
  const third = second.map(([share]) => finishShare(of, share, certificates, dealings, systemRng));
  const keys = third.map(([, message]) => message);
  const trustees = assembleTrustees(of, certificates, dealings, keys);
  return { plan: of, shares: third.map(([share]) => share), certificates, dealings, keys, trustees };
}

export interface Poll {
  readonly election: Election;
  readonly ceremony: Ceremony;
  readonly credentials: readonly SigningCredential[];
  readonly documents: SetupDocuments;
}

export function openPoll(ceremony: Ceremony, voters: number, question: AnyQuestion = MOTION, description = STRICT): Poll {
  const group = groupByName(ceremony.plan.group);
  const { publicKey } = parseTrustees(group, ceremony.trustees);
  const fields = { uuid: makeUuid(systemRng), name: "示例", description, questions: [question] };
  const raw = makeSecretElection({ ...fields, group, publicKey });
  const credentials = Array.from({ length: voters }, () => makeCredential(group, systemRng));
  const roster = encodeCredentials(credentials.map((credential) => credential.public));
  const documents = { election: raw, trustees: ceremony.trustees, credentials: roster };
  return { election: parseElection(raw), ceremony, credentials, documents };
}

/** A board with one ballot per vote; undefined: not pressed. */
export function vote(poll: Poll, votes: readonly number[]): Board {
  const { election, trustees, credentials } = poll.documents;
  const board = Board.open(election, trustees, credentials);
  votes.forEach((answer, voter) => {
    board.appendBallot(ballotFor(poll, voter, answer));
  });
  return board;
}

export function ballotFor(poll: Poll, voter: number, answer: number): Uint8Array {
  const credential = poll.credentials[voter] ?? makeCredential(poll.election.group, systemRng);
  return fillBallot(poll.election, credential, [ANSWERS.map((_, i) => (i === answer ? 1 : 0))], systemRng);
}

/** Ends the poll; `owners` decrypt. */
export function count(poll: Poll, board: Board, owners: readonly number[]): readonly number[] {
  const { election, ceremony } = poll;
  const trustees = parseTrustees(election.group, ceremony.trustees);
  const tally = sumBallots(election, board.ballots);
  const decryptions = new Map<number, Uint8Array>();
  for (const owner of owners) {
    const share = ceremony.shares[owner - 1];
    if (share === undefined) throw new RangeError("no such scrutineer");
    decryptions.set(owner, partialDecrypt(election, share, tally, systemRng));
  }
  const result = computeResult(election, trustees, tally, board.ballots.length, decryptions);
  board.endBallots();
  board.appendEncryptedTally(tally);
  for (const [owner, raw] of decryptions) board.appendPartialDecryption(owner, raw);
  board.appendResult(result.raw);
  return result.counts;
}
