import { beforeAll, describe, expect, it, vi } from "vitest";

import { MAX_RECEIPT_BYTES, readSmallFiles, receiptsIn, sortFiles, type FileLike } from "@/pages/verifier/files";
import { COUNT_CHECKS, statesUntil } from "@/pages/verifier/count_checks";
import { advanced, freshStates, verdictOf, withoutRecordChecks, withRecordChecks, type CheckState } from "@/pages/verifier/lines";
import { majorityByLaw } from "@/pages/verifier/poll";
import { LAWS } from "@/tally/verify/laws";
import { claims, RECORD_CHECKS, UNSTATED } from "@/pages/verifier/record_checks";
import { readStatement } from "@/pages/verifier/statement";
import { CHECKS } from "@/tally/verify/checks";
import { MAX_ARCHIVE_BYTES } from "@/tally/limits";
import { createTallyClient } from "@/tally/worker/client";
import { CheckFailed } from "@/tally/errors";
import { ready } from "@/tally/groups/sodium";
import en from "@/kit/words/en/verifier";
import zh from "@/kit/words/zh/verifier";
import { describedBy, frozen } from "../../fixtures/records";
import { count, holdCeremony, openPoll, plan, TIMESTAMP, vote } from "../../tally/samples";

vi.setConfig({ testTimeout: 60_000 });

function file(name: string, size: number, text = ""): FileLike {
  const bytes = new TextEncoder().encode(text);
  return { name, size, arrayBuffer: async () => bytes.buffer as ArrayBuffer };
}

describe("files dropped on the page", () => {
  it("takes one archive and any receipts", () => {
    const sorted = sortFiles([file("poll.bel", 100), file("a.JSON", 5), file("b.json", 5)]);
    expect(sorted.archive?.name).toBe("poll.bel");
    expect(sorted.receipts.map(({ name }) => name)).toEqual(["a.JSON", "b.json"]);
    expect(sorted.problems).toEqual([]);
  });

  it("refuses what is empty or too large, without reading it", () => {
    const sorted = sortFiles([file("big.bel", MAX_ARCHIVE_BYTES + 1), file("big.json", MAX_RECEIPT_BYTES + 1), file("nil.bel", 0)]);
    expect(sorted.archive).toBeNull();
    expect(sorted.problems.map(({ key }) => key)).toEqual(["too_large", "receipts_too_large", "empty"]);
    expect(sorted.problems[0]?.params["limit"]).toBe(MAX_ARCHIVE_BYTES / 2 ** 20);
  });

  it("says which of several archives is used", () => {
    const sorted = sortFiles([file("one.bel", 1), file("two.bel", 1)]);
    expect(sorted.problems).toEqual([{ key: "several_archives", params: { name: "one.bel" } }]);
  });

  it("reads one receipt or a list, and nothing else", async () => {
    expect(receiptsIn('\uFEFF{"version":1}')).toEqual([{ version: 1 }]);
    expect(receiptsIn('[{"version":1},{"version":1}]')).toHaveLength(2);
    expect(["", "[]", "7", '"text"', "[1]", "[[]]", "null", "{"].map(receiptsIn)).toEqual(Array(8).fill(null));
    const read = await readSmallFiles([file("good.json", 2, "{}"), file("bad.json", 2, "no")]);
    expect(read.receipts).toEqual([{}]);
    expect(read.problems).toEqual([{ key: "receipts_unreadable", params: { name: "bad.json" } }]);
  });
});

describe("the numbered checks on the page", () => {
  const all = (status: CheckState["status"]): CheckState[] => freshStates().map((state) => ({ ...state, status }));

  it("gives a verdict of validity only when every single check passed", () => {
    expect(verdictOf(all("passed")).kind).toBe("passed");
    expect(verdictOf(freshStates()).kind).toBe("waiting");
    const lacking = all("passed").map((state) => (state.number === 18 ? { ...state, status: "not_reached" as const } : state));
    expect(verdictOf(lacking).kind).not.toBe("passed");
  });

  it("names the check that failed, and the one that is running", () => {
    const states = advanced(freshStates(), { number: 1, status: "passed", done: 0, total: 0 });
    expect(verdictOf(states)).toEqual({ kind: "running", number: 2 });
    expect(verdictOf(advanced(states, { number: 2, status: "running", done: 3, total: 8 }))).toEqual({ kind: "running", number: 2 });
    expect(verdictOf(advanced(states, { number: 2, status: "failed", done: 3, total: 8 }))).toEqual({ kind: "failed", number: 2 });
  });

  it("keeps how far a check came, and completes it when it passed", () => {
    const running = advanced(freshStates(), { number: 11, status: "running", done: 3, total: 8 });
    expect(running[10]).toMatchObject({ done: 3, total: 8 });
    expect(advanced(running, { number: 11, status: "passed", done: 0, total: 0 })[10]).toMatchObject({ done: 8, total: 8 });
  });

  it("has a title and a reason for every check in both languages", () => {
    const keys = [...CHECKS, ...RECORD_CHECKS].map(({ key }) => key);
    expect(Object.keys(zh.check)).toEqual(keys);
    expect(Object.keys(en.check)).toEqual(keys);
    expect(Object.keys(zh.countCheck)).toEqual(COUNT_CHECKS);
    const reservations = [...LAWS, ...RECORD_CHECKS.map(({ key }) => key), "too_few_ballots", ...UNSTATED];
    expect([Object.keys(zh.reserved), Object.keys(en.reserved)]).toEqual([reservations, reservations]);
  });
});

describe("an archive's own statement", () => {
  const options = [{ id: "a", title: "甲", illustrative: false }, { id: "b", title: "乙", illustrative: true }];
  const description = describedBy(frozen({ options }));

  it("names the sitting, the base of the majority and illustrative options", () => {
    const statement = readStatement(description);
    expect(statement?.titles).toBe("示例市第十六届人民代表大会第一次会议第四次全体会议");
    expect(statement?.inOffice).toBe(9);
    expect([...(statement?.illustrative ?? [])]).toEqual(["乙"]);
  });

  it("makes nothing up where the archive says nothing", () => {
    for (const text of ["", "An election by someone else", '{"in_office":"251"}']) expect(readStatement(text)).toBeNull();
  });

  it("asks for strictly more than half", () => {
    expect([majorityByLaw(251), majorityByLaw(250)]).toEqual([126, 126]);
  });
});

describe("a whole archive through the page's client", () => {
  let archive: Uint8Array;

  beforeAll(async () => {
    await ready();
    const poll = openPoll(holdCeremony(plan("Ed25519", 3, 2)), 4);
    const board = vote(poll, [0, 0, 1]);
    count(poll, board, [1, 3]);
    archive = board.toArchive(TIMESTAMP);
  }, 60_000);

  async function verify(data: Uint8Array): Promise<{ states: CheckState[]; error: unknown }> {
    let states = freshStates();
    const outcome = createTallyClient().call("verifyArchive", { data }, (progress) => (states = advanced(states, progress)));
    const error: unknown = await outcome.then(
      (record) => void (states = withRecordChecks(states, null, claims(record))),
      (reason: unknown) => {
        states = withoutRecordChecks(states);
        return reason;
      },
    );
    return { states, error };
  }

  it("passes every check of an honest one", async () => {
    const { states, error } = await verify(archive);
    expect(error).toBeUndefined();
    expect(verdictOf(states)).toEqual({ kind: "passed" });
  });

  it("is not simply valid where a law is lacking or nothing is decided", () => {
    const passed = freshStates().map((state) => ({ ...state, status: "passed" as const }));
    expect(verdictOf(passed, [], ["papers_beside"])).toEqual({ kind: "reserved", lacking: false });
    expect(verdictOf(passed, [], ["description", "rules_not_stated"])).toEqual({ kind: "reserved", lacking: true });
    expect(verdictOf(passed, statesUntil(null), ["statement_proofs"])).toEqual({ kind: "reserved", lacking: true });
    expect(verdictOf(passed, statesUntil("count_outcome"), ["papers_beside"])).toEqual({ kind: "countFailed", beside: true });
    expect(verdictOf(passed, statesUntil(null))).toEqual({ kind: "countPassed", beside: true });
  });

  it("shows a failed check of what the record states, and none after it", () => {
    const passed = freshStates().map((state) => ({ ...state, status: "passed" as const }));
    expect(verdictOf(withRecordChecks(passed, "description", true))).toEqual({ kind: "failed", number: 21 });
    expect(withRecordChecks(passed, "description", true).at(-1)?.status).toBe("not_reached");
    expect(verdictOf(withRecordChecks(passed, "roster", true))).toEqual({ kind: "failed", number: 22 });
    expect(verdictOf(withRecordChecks(passed, null, true))).toEqual({ kind: "passed" });
  });

  it("fails the first check of a file that is no archive and reaches no other", async () => {
    const { states, error } = await verify(new TextEncoder().encode("这不是存档"));
    expect(error).toBeInstanceOf(CheckFailed);
    expect(verdictOf(states)).toEqual({ kind: "failed", number: 1 });
    expect(states.slice(1).every(({ status }) => status === "not_reached")).toBe(true);
  });

  it("does not pass an archive that was cut off", async () => {
    const { states } = await verify(archive.slice(0, archive.length - 1024));
    expect(verdictOf(states).kind).toBe("failed");
  });
});
