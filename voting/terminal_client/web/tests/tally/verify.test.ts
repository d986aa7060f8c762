import { beforeAll, describe, expect, test, vi } from "vitest";

import { Board } from "../../tally/board/chain";
import { concat } from "../../tally/bytes";
import { CHECKS } from "../../tally/verify/checks";
import { checkSetup, rebuildBoard } from "../../tally/board/rebuild";
import { sumBallots } from "../../tally/board/result";
import { ready } from "../../tally/groups/sodium";
import { verifyArchive, type VerifyProgress } from "../../tally/verify/run";
import { failedCheck, refusal } from "./helpers";
import { ballotFor, count, holdCeremony, openPoll, plan, STRICT, TIMESTAMP, vote, type Poll } from "./samples";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const VOTES = [0, 0, 1, 2, -1];

describe.each([
  ["Ed25519", 3, 2, [1, 3]],
  ["Ed25519", 2, 2, [1, 2]],
  ["BELENIOS-2048", 3, 2, [2, 3]],
])("a poll in %s with %i scrutineers, threshold %i", (group, size, threshold, owners) => {
  let poll: Poll;
  let archive: Uint8Array;
  let board: Board;
  beforeAll(async () => {
    await ready();
    poll = openPoll(holdCeremony(plan(group, size, threshold)), VOTES.length + 1);
    board = vote(poll, VOTES);
    count(poll, board, owners);
    archive = board.toArchive(TIMESTAMP);
  });

  test("passes every check, each reported once as passed", async () => {
    const seen: VerifyProgress[] = [];
    const record = await verifyArchive(archive, [], (progress) => seen.push(progress));
    expect(record).toMatchObject({ counts: [2, 1, 1], nBallots: 5, nCredentials: 6, owners });
    expect([record.fingerprint, record.head]).toEqual([board.fingerprint, board.head]);
    const passed = seen.filter(({ status }) => status === "passed").map(({ check }) => check.number);
    const idleHere = [19, 20, 18];
    expect(passed).toEqual(CHECKS.map(({ number }) => number).filter((number) => !idleHere.includes(number)));
    const idle = seen.filter(({ status }) => status === "not_applicable").map(({ check }) => check.number);
    expect(idle).toEqual(idleHere);
    const ballots = seen.filter(({ check, total }) => check.key === "ballot_proofs" && total > 0);
    expect(ballots.at(-1)).toMatchObject({ status: "passed", done: 5, total: 5 });
  });

  test("fails check 1 with anything appended", async () => {
    expect(await failedCheck(verifyArchive(concat(archive, new Uint8Array(1024))))).toBe(1);
  });

  test("fails check 9 when a ballot is on the board twice", async () => {
    const doubled = vote(poll, VOTES);
    doubled.appendBallot(doubled.ballots[0] ?? new Uint8Array());
    count(poll, doubled, owners);
    expect(await failedCheck(verifyArchive(doubled.toArchive(TIMESTAMP)))).toBe(9);
  });

  test("fails check 15 when a scrutineer is missing, and reports what was not reached", async () => {
    const { election, trustees, credentials } = poll.documents;
    const short = Board.open(election, trustees, credentials);
    const tally = sumBallots(poll.election, []);
    short.endBallots();
    short.appendEncryptedTally(tally);
    short.appendResult(new TextEncoder().encode('{"result":[[0,0,0]]}'));
    const seen: VerifyProgress[] = [];
    const verdict = verifyArchive(short.toArchive(TIMESTAMP), [], (progress) => seen.push(progress));
    expect(await failedCheck(verdict)).toBe(15);
    const open = seen.filter(({ status }) => status === "not_reached").map(({ check }) => check.number);
    expect(open).toEqual([16, 17, 18]);
  });

  test("without a ballot is still a poll that can be counted", async () => {
    const empty = vote(poll, []);
    expect(count(poll, empty, owners)).toEqual([0, 0, 0]);
    const record = await verifyArchive(empty.toArchive(TIMESTAMP));
    expect(record.nBallots).toBe(0);
  });

  test("is rebuilt with the same heads and the same sum", async () => {
    const again = vote(poll, []);
    for (const raw of board.ballots) again.appendBallot(raw);
    const rebuilt = await rebuildBoard(poll.documents, board.ballots);
    expect([rebuilt.head, rebuilt.height]).toEqual([again.head, VOTES.length]);
    expect(rebuilt.encryptedTally).toEqual(sumBallots(poll.election, board.ballots));
    expect(checkSetup(poll.documents).fingerprint).toBe(board.fingerprint);
  });

  test("is not taken by a terminal that would be held to fewer laws", async () => {
    const weaker = openPoll(poll.ceremony, 1, undefined, STRICT.replace('"format":2', '"format":1'));
    expect(refusal(() => checkSetup(weaker.documents))).toBe("election_invalid");
    await expect(rebuildBoard(weaker.documents, [])).rejects.toMatchObject({ code: "election_invalid" });
  });

  test("is not rebuilt with a stranger's ballot", async () => {
    const stranger = ballotFor(poll, 99, 0);
    await expect(rebuildBoard(poll.documents, [stranger])).rejects.toMatchObject({ code: "credential_unknown" });
  });
});

test("events out of order are refused", () => {
  const none = new Uint8Array();
  const board = Board.open(none, none, none);
  expect(() => { board.appendResult(none); }).toThrow(RangeError);
  board.endBallots();
  expect(() => board.appendBallot(none)).toThrow(RangeError);
});
