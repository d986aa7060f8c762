/** Every law of a shuffle that other laws stand beside, each broken by itself. */
import { beforeAll, expect, test } from "vitest";

import { fillBallot } from "../../tally/ballots/ballot";
import { fromUtf8, utf8 } from "../../tally/bytes";
import { OpenBoard, rebuildBoard } from "../../tally/board/rebuild";
import { checkShuffle, makeShuffle } from "../../tally/board/shuffle";
import { checkShuffleOwner, signShuffle, type OwnedShuffle } from "../../tally/board/shuffle_owner";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { parseTrustees } from "../../tally/trustees/document";
import { holdCeremony, openPoll, plan, type Poll } from "./samples";

const RANKED = { text: "示例", answers: ["一", "二"], mixed: true, use: { use: "rank", places: 2 } } as const;
const NOBODY = { index: 9, made: [] };
let poll: Poll;
let ballots: Uint8Array[];

beforeAll(async () => {
  await ready();
  poll = openPoll(holdCeremony(plan("Ed25519", 2, 2)), 2, RANKED);
  ballots = poll.credentials.map((credential) => fillBallot(poll.election, credential, [[1, 2]], systemRng));
});

const opened = async (): Promise<OpenBoard> => new OpenBoard(await rebuildBoard(poll.documents, ballots));
function shuffleOf(board: OpenBoard, scrutineer: number): OwnedShuffle {
  const share = poll.ceremony.shares[scrutineer - 1];
  if (share === undefined) throw new RangeError("no such scrutineer");
  const raw = makeShuffle(poll.election, board.tally, systemRng);
  return { owned: signShuffle(poll.election, share, raw, systemRng), raw };
}

test("a shuffle that was checked stays as it was, and each scrutineer has one", async () => {
  const board = await opened();
  const first = shuffleOf(board, 1);
  const other = shuffleOf(board, 1);
  board.takeShuffles([first], NOBODY);
  const another = () => { board.takeShuffles([other], NOBODY); };
  expect(another).toThrow("not those that were checked before");
  expect(() => { board.takeShuffles([], NOBODY); }).toThrow("not those that were checked before");
  expect(() => { board.takeShuffles([first, shuffleOf(board, 1)], NOBODY); }).toThrow("scrutineer 1 shuffled twice");
  board.takeShuffles([first, shuffleOf(board, 2)], NOBODY);
  expect(board.shufflers).toEqual([1, 2]);
});

test("a shuffle holds as many ballots as what it shuffled", async () => {
  const board = await opened();
  const { raw } = shuffleOf(board, 1);
  expect(() => { checkShuffle(poll.election, board.tally, raw); }).not.toThrow();
  const value = JSON.parse(fromUtf8(raw)) as { ciphertexts: unknown[][] };
  const [column = []] = value.ciphertexts;
  for (const other of [column.slice(1), [...column, column[0]]]) {
    const resized = utf8(JSON.stringify({ ...value, ciphertexts: [other] }));
    expect(() => { checkShuffle(poll.election, board.tally, resized); }).toThrow("another number of ballots than what it shuffled");
  }
});

test("a shuffle is made by somebody who is a scrutineer", async () => {
  const shuffle = shuffleOf(await opened(), 1);
  const trustees = parseTrustees(poll.election.group, poll.ceremony.trustees);
  expect(checkShuffleOwner(poll.election, trustees, shuffle)).toEqual({ owner: 1, signed: true });
  const owned = utf8(fromUtf8(shuffle.owned).replace('"owner":1', '"owner":3'));
  expect(() => checkShuffleOwner(poll.election, trustees, { ...shuffle, owned })).toThrow("there is no scrutineer 3");
});
