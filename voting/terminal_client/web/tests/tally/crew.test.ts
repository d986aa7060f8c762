import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { readBallot, type Ballot } from "../../tally/ballots/ballot";
import type { Board } from "../../tally/board/chain";
import { fromUtf8, utf8 } from "../../tally/bytes";
import { inspectAll, inspectSlice, type Helper } from "../../tally/board/inspection";
import { perform, type TallyProgress } from "../../tally/worker/operations";
import { employPort, releaseHelper, servePort } from "../../tally/worker/service";
import { ready } from "../../tally/groups/sodium";
import { count, holdCeremony, openPoll, plan, TIMESTAMP, vote, type Poll } from "./samples";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const VOTES = [0, 0, 1, 2, -1, 0, 1, 1, 2];

let poll: Poll;
let board: Board;
beforeAll(async () => {
  await ready();
  poll = openPoll(holdCeremony(plan("Ed25519", 1, 1)), VOTES.length);
  board = vote(poll, VOTES);
});

/** A ballot whose last proof answers wrongly. */
function forged(raw: Uint8Array): Uint8Array {
  const json = JSON.parse(fromUtf8(raw)) as { answers: { overall_proof: { response: string }[] }[] };
  const proof = json.answers[0]?.overall_proof[0];
  if (proof !== undefined) proof.response = "1";
  return utf8(JSON.stringify(json));
}

function ballotsWith(...places: readonly number[]): Ballot[] {
  return board.ballots.map((raw, i) => readBallot(poll.election, places.includes(i) ? forged(raw) : raw));
}

/** What the helpers were given, by who did the work. */
const honest: Helper = (slice) => Promise.resolve(inspectSlice(poll.election, slice));
const broken: Helper = () => Promise.reject(new Error("gone"));
const still = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe.each([
  ["alone", []],
  ["with helpers", [honest, honest]],
  ["with helpers that break", [broken, honest, broken]],
])("ballots inspected %s", (_how, helpers: Helper[]) => {
  test("all hold, and each is reported once", async () => {
    const seen: number[] = [];
    const fault = await inspectAll(poll.election, "whole", ballotsWith(), helpers, (done, total) => {
      seen.push(done);
      expect(total).toBe(VOTES.length);
      return still();
    });
    expect(fault).toBeNull();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test.each([[[0]], [[3]], [[8]], [[2, 5, 7]]])("tell the first of the faults at %j", async (places) => {
    const fault = await inspectAll(poll.election, "whole", ballotsWith(...places), helpers, still);
    expect(fault).toMatchObject({ index: Math.min(...places), code: "signature_invalid" });
  });
});

test("a helper who comes while the work is under way takes part in it, once", async () => {
  const helpers = new Set<Helper>();
  const asked: number[] = [];
  const late: Helper = (slice) => {
    asked.push(slice.ballots.length);
    return honest(slice);
  };
  const fault = await inspectAll(poll.election, "whole", ballotsWith(), helpers, async () => {
    helpers.add(late);
    await still();
  });
  expect(fault).toBeNull();
  expect(asked[0]).toBe(4);
  expect(asked.reduce((sum, size) => sum + size, 0)).toBeLessThan(VOTES.length);
});

describe("a thread with another one behind a port", () => {
  afterEach(() => {
    releaseHelper(1);
  });

  const employOne = (): void => {
    const { port1, port2 } = new MessageChannel();
    servePort(port1);
    employPort(1, port2);
  };

  test("rebuilds a board that it can decrypt, with the same heads and sum", async () => {
    const request = { ...poll.documents, ballots: board.ballots };
    const alone = await perform("verifyBoard", request);
    employOne();
    const seen: TallyProgress[] = [];
    const shared = await perform("verifyBoard", request, (progress) => seen.push(progress));
    expect(shared).toEqual(alone);
    expect(seen.at(-1)).toEqual({ number: 0, key: "ballots", status: "passed", done: VOTES.length, total: VOTES.length });
  });

  test("verifies an archive, and names the check and the ballot that fail", async () => {
    employOne();
    const whole = vote(poll, VOTES);
    count(poll, whole, [1]);
    const seen: TallyProgress[] = [];
    const record = await perform("verifyArchive", { data: whole.toArchive(TIMESTAMP) }, (progress) => seen.push(progress));
    expect(record).toMatchObject({ counts: [3, 3, 2], nBallots: VOTES.length, nReplaced: 0 });
    expect(seen.filter(({ key }) => key === "ballot_proofs").at(-1)).toMatchObject({ status: "passed", done: VOTES.length });

    const bad = vote(poll, []);
    board.ballots.forEach((raw, i) => bad.appendBallot(i === 6 ? forged(raw) : raw));
    count(poll, bad, [1]);
    await expect(perform("verifyArchive", { data: bad.toArchive(TIMESTAMP) })).rejects.toMatchObject({
      number: 10,
      detail: expect.stringContaining("height 7") as string,
    });
  });
});
