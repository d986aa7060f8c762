import { beforeAll, expect, it } from "vitest";

import { checkOnClosedBoard, type Promised } from "@/tally/board/closing";
import { ready } from "@/tally/groups/sodium";
import { ballotFor, holdCeremony, openPoll, plan } from "./samples";
import { Board } from "@/tally/board/chain";

let board: { fingerprint: string; closedHead: string; trackers: string[] };
let receipts: Promised[];

beforeAll(async () => {
  await ready();
  const poll = openPoll(holdCeremony(plan("Ed25519", 3, 2)), 3);
  const { election, trustees, credentials } = poll.documents;
  const open = Board.open(election, trustees, credentials);
  const entries = [0, 1, 2].map((voter) => open.appendBallot(ballotFor(poll, voter, voter)));
  receipts = entries.map(({ height, tracker, head }) => ({ height, tracker, board_head: head }));
  open.endBallots();
  board = { fingerprint: open.fingerprint, closedHead: open.head, trackers: entries.map(({ tracker }) => tracker) };
});

it("finds every receipt on the closed board, and nothing on an empty one", () => {
  expect(() => checkOnClosedBoard(board, receipts)).not.toThrow();
});

it("refuses a board that is another one than the hall's, though the receipt is on it", () => {
  const [first] = receipts;
  const less = { ...board, trackers: board.trackers.slice(0, 2) };
  expect(() => checkOnClosedBoard(less, first ? [first] : [])).toThrow(/closed head/);
  expect(() => checkOnClosedBoard({ ...board, trackers: ["no tracker"] }, [])).toThrow(/receipt_invalid/);
  expect(() => checkOnClosedBoard({ ...board, closedHead: "0".repeat(64) }, receipts)).toThrow(/closed head/);
  expect(() => checkOnClosedBoard({ ...board, fingerprint: "0".repeat(64) }, receipts)).toThrow(/closed head/);
});

it("refuses a receipt whose ballot stands elsewhere or nowhere", () => {
  const [one, two] = receipts as [Promised, Promised];
  for (const lie of [{ height: 2 }, { tracker: two.tracker }, { board_head: two.board_head }, { height: 9 }]) {
    expect(() => checkOnClosedBoard(board, [two, { ...one, ...lie }])).toThrow(/receipt_invalid/);
  }
});
