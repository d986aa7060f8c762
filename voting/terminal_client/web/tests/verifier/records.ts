/** Small whole records of polls whose ballots are read one by one, with every part played in TypeScript. */
import { questionsOf } from "@/shared/ballot/questions";
import { Board } from "@/shared/tally/board";
import { fillBallot } from "@/shared/tally/ballot";
import { encodeCredentials, makeCredential } from "@/shared/tally/credential";
import { makeRecordedElection, makeSecretElection, makeUuid, parseElection } from "@/shared/tally/election";
import { groupByName } from "@/shared/tally/groups";
import { ABSTAIN, AGAINST, FOR, NO_MARK, writePaper, type WriteIns } from "@/shared/tally/papers";
import type { AnyQuestion } from "@/shared/tally/questions";
import { systemRng } from "@/shared/tally/random";
import { countRecorded, encodeVoters, NO_TRUSTEES } from "@/shared/tally/recorded";
import { computeResult, partialDecrypt, sumBallots } from "@/shared/tally/result";
import { makeShuffle, mixedTally } from "@/shared/tally/shuffle";
import { parseTrustees } from "@/shared/tally/trustees";
import { utf8 } from "@/shared/tally/bytes";
import { pollOf } from "@/verifier/poll";
import type { FrozenPoll } from "@/verifier/statement";
import { RULES } from "../fixtures/frozen";
import { holdCeremony, plan, TIMESTAMP } from "../tally/samples";

const NAMES = ["示例候选人甲", "示例候选人乙", "示例候选人丙"];
export const TITLES = ["慢病一体化门诊建设", "示例：老旧小区雨污管网改造提升", "示例：城乡公共充电设施建设工程", "示例：城市书房与文化驿站建设"];
const BASES = { in_office: 9, statutory_seats: 9, present: 8, returned: 0, valid: 0 };

export const listed = (titles: readonly string[]): FrozenPoll["options"] =>
  titles.map((title, index) => ({ id: `o${index + 1}`, title, illustrative: true }));

export const frozen = (more: Partial<FrozenPoll>): FrozenPoll => ({
  id: "sample",
  kind: "rank",
  title: "2022年度民生实事项目排序票决",
  seats: 2,
  options: listed(TITLES),
  ruleset: RULES,
  secrecy: "secret",
  medium: "electronic",
  write_ins: false,
  follows: null,
  eligible: [],
  ...more,
});

export const describedBy = (poll: FrozenPoll): string =>
  JSON.stringify({
    sitting: { congress: "示例市第十六届人民代表大会", session: "第一次会议", sitting: "第四次全体会议" },
    poll,
    in_office: 9,
    statutory_seats: 9,
    present: 8,
  });

export const ELECTION = frozen({
  kind: "election",
  title: "选举示例市人民代表大会常务委员会委员",
  options: listed(NAMES),
  secrecy: "recorded",
  write_ins: true,
});

/** A paper of ELECTION: marks, and names written in. */
export const USE: WriteIns = { use: "write_in", candidates: NAMES, roster: [], writeIns: 2, textBytes: 14 };
export const paper = (marks: readonly number[], ...writeIns: string[]): number[] => writePaper(USE, { marks, writeIns });

const PAPERS = [
  paper([FOR, FOR, AGAINST]),
  paper([FOR, AGAINST, NO_MARK], "示例丁"),
  paper([FOR, ABSTAIN, FOR]),
  paper([AGAINST, FOR, NO_MARK], "示例丁"),
  // Void: three for two seats; a candidate under a written name; a mark where there is no candidate.
  paper([FOR, FOR, FOR]),
  paper([FOR, NO_MARK, NO_MARK], "o 1"),
  [FOR | (FOR << 6), ...new Array<number>(28).fill(0)],
];

function questions(poll: FrozenPoll, textBytes: number): AnyQuestion[] {
  const view = { ...pollOf(poll, BASES, null), write_in_bytes: textBytes };
  return questionsOf(view);
}

/** The archive of an election by name: seven papers, three of them void. */
export function namedElection(): Uint8Array {
  const group = groupByName("Ed25519");
  const fields = { uuid: makeUuid(systemRng), name: ELECTION.title, description: describedBy(ELECTION), questions: questions(ELECTION, USE.textBytes), group };
  const election = parseElection(makeRecordedElection(fields));
  const credentials = Array.from({ length: 8 }, () => makeCredential(group, systemRng));
  const voters = credentials.map(({ public: credential }, index) => {
    const delegate = String(index + 1).padStart(3, "0");
    return { credential, delegate, name: `示例代表${delegate}` };
  });
  const board = Board.open(election.raw, utf8(NO_TRUSTEES), encodeVoters(voters));
  PAPERS.forEach((numbers, voter) => {
    const credential = credentials[voter];
    if (credential) board.appendBallot(fillBallot(election, credential, [numbers], systemRng));
  });
  board.endBallots();
  board.appendResult(countRecorded(election, board.ballots).raw);
  return board.toArchive(TIMESTAMP);
}

const RANKINGS = [[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4], [1, 2, 4, 3], [1, 2, 0, 0], [4, 4, 1, 2]];

/** The archive of a secret ranking, shuffled twice: six papers, one incomplete and one with a rank given twice. */
export function shuffledRanking(): Uint8Array {
  const ceremony = holdCeremony(plan("Ed25519", 3, 2));
  const group = groupByName("Ed25519");
  const trustees = parseTrustees(group, ceremony.trustees);
  const poll = frozen({});
  const fields = { uuid: makeUuid(systemRng), name: poll.title, description: describedBy(poll), questions: questions(poll, 0), group };
  const election = parseElection(makeSecretElection({ ...fields, publicKey: trustees.publicKey }));
  const credentials = Array.from({ length: 8 }, () => makeCredential(group, systemRng));
  const board = Board.open(election.raw, ceremony.trustees, encodeCredentials(credentials.map((one) => one.public)));
  RANKINGS.forEach((ranks, voter) => {
    const credential = credentials[voter];
    if (credential) board.appendBallot(fillBallot(election, credential, [ranks], systemRng));
  });
  let tally = sumBallots(election, board.ballots);
  board.endBallots();
  board.appendEncryptedTally(tally);
  for (const owner of [2, 3]) {
    const shuffle = makeShuffle(election, tally, systemRng);
    board.appendShuffle(owner, shuffle);
    tally = mixedTally(election, tally, shuffle);
  }
  board.endShuffles();
  const decryptions = new Map<number, Uint8Array>();
  for (const owner of [1, 3]) {
    const share = ceremony.shares[owner - 1];
    if (share) decryptions.set(owner, partialDecrypt(election, share, tally, systemRng));
  }
  for (const [owner, raw] of decryptions) board.appendPartialDecryption(owner, raw);
  board.appendResult(computeResult(election, trustees, tally, RANKINGS.length, decryptions).raw);
  return board.toArchive(TIMESTAMP);
}
