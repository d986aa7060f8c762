import { beforeAll, describe, expect, it } from "vitest";

import {
  BOARD_CHECKS,
  BoardProblem,
  checkBoard,
  hasOwnKey,
  readRecords,
  type BoardCheck,
  type BoardStep,
  type Expectations,
} from "@/pages/scrutineer/board/board";
import { leastIn } from "@/pages/scrutineer/board/least";
import type { Bundle } from "@/pages/scrutineer/keeping";
import { ForeignShare, keptFromBackup, openSealed, problemOf, sealBundle } from "@/pages/scrutineer/shares";
import type { TallyClient } from "@/tally/worker/client";
import { TallyError } from "@/tally/errors";
import { checkPartialDecryption, sumBallots } from "@/tally/board/result";
import { ready } from "@/tally/groups/sodium";
import { parseTrustees } from "@/tally/trustees/document";
import type { BoardRecords } from "@/live/wire.gen";
import { separateClient } from "../../fixtures/clients";
import { assembled, holdRounds, sampleView, sealPoll, type SealedPoll } from "../../fixtures/scrutineer";
import { ruled, STRICT } from "../../tally/samples";

let tally: TallyClient;
const VOTES = [0, 0, 2, 1];
let sealed: SealedPoll;
let bundles: readonly Bundle[];

beforeAll(async () => {
  await ready();
  tally = await separateClient();
  const held = await holdRounds(tally, sampleView(), 3);
  bundles = held.bundles;
  sealed = sealPoll(assembled(held.view), VOTES, (poll, board) => sumBallots(poll.election, board.ballots));
}, 60_000);

function expectations(more: Partial<Expectations> = {}): Expectations {
  const own = bundles[1]?.message ?? "";
  const { fingerprint, returned } = sealed.poll;
  const found = { fingerprint: fingerprint ?? "", trustees: sealed.view.trustees ?? "", returned: returned ?? 0 };
  return { ...found, ownMessage: own, index: 2, least: 0, keptSignature: () => null, ...more };
}

async function failing(records: BoardRecords, expected: Expectations): Promise<BoardCheck> {
  const outcome: unknown = await checkBoard(
    async () => records,
    expected,
    await separateClient(),
    () => undefined,
  ).catch((error: unknown) => error);
  if (outcome instanceof BoardProblem) return outcome.check;
  throw new Error("every check passed", { cause: outcome });
}

function changed(find: string, put: string): BoardRecords {
  const records = sealed.records.records.map(({ kind, text }) => ({ kind, text: text.replace(find, put) }));
  return { ...sealed.records, records };
}

describe("a sealed board on the scrutineer's terminal", () => {
  it("passes every check and can then, and only then, be decrypted", async () => {
    const share = bundles[1]?.share ?? "";
    const fingerprint = sealed.poll.fingerprint ?? "";
    const agreement = { signed: [], compared: sealed.poll.closed_head };
    await expect(tally.call("partialDecrypt", { fingerprint: "0".repeat(64), share, agreement })).rejects.toThrow(TallyError);
    const steps: BoardStep[] = [];
    await checkBoard(async () => sealed.records, expectations(), tally, (step) => steps.push(step));
    expect(steps.filter(({ status }) => status === "passed").map(({ check }) => check)).toEqual(
      BOARD_CHECKS.filter((check) => check !== "shuffles"),
    );
    expect(steps.filter(({ check }) => check === "ballots").at(-1)).toMatchObject({ done: 4, total: 4 });
    await expect(tally.call("partialDecrypt", { fingerprint, share, agreement })).rejects.toMatchObject({ code: "board_disputed" });
    await tally.call("signClosedBoard", { fingerprint, share, kept: null });
    const raw = await tally.call("partialDecrypt", { fingerprint, share, agreement });
    const { election } = sealed.source;
    const trustees = parseTrustees(election.group, new TextEncoder().encode(sealed.view.trustees ?? ""));
    const sum = new TextEncoder().encode(readRecords(sealed.records).encryptedTally);
    expect(() => checkPartialDecryption(election, trustees, 2, sum, raw)).not.toThrow();
  });

  it("stops at a fingerprint other than the hall's", async () => {
    expect(await failing(sealed.records, expectations({ fingerprint: "0".repeat(64) }))).toBe("setup");
  });

  it("stops at a key that is not ours", async () => {
    expect(await failing(sealed.records, expectations({ trustees: "[]" }))).toBe("trustees");
    expect(await failing(sealed.records, expectations({ ownMessage: '{"public_key":{"public_key":"00"}}' }))).toBe("trustees");
  });

  it("stops at a ballot with a changed proof", async () => {
    const ballot = sealed.records.records.find(({ text }) => text.includes('"signature"') && text.includes('"credential"'));
    const response = /"response":"(\d+)"/.exec(ballot?.text ?? "")?.[1] ?? "";
    expect(response).not.toBe("");
    expect(await failing(changed(`"response":"${response}"`, '"response":"1"'), expectations())).toBe("ballots");
  });

  it("stops when a ballot was taken out", async () => {
    const { records } = sealed.records;
    const first = records.findIndex(({ text }) => text.includes('"type":"Ballot"'));
    const without = { ...sealed.records, records: records.filter((_, at) => at !== first && at !== first - 1) };
    expect(await failing(without, expectations())).toBe("chain");
  });

  it("stops when the number is not the one announced", async () => {
    expect(await failing(sealed.records, expectations({ returned: 5 }))).toBe("returned");
  });

  it("opens no box of fewer ballots than the rules ask for, whatever the hall is told", async () => {
    const sealedWith = (least: number): SealedPoll =>
      sealPoll(sealed.view, VOTES, (poll, board) => sumBallots(poll.election, board.ballots), least);
    const outcome = async (frozen: number, shown: number): Promise<BoardCheck | "passed"> => {
      const { records, poll } = sealedWith(frozen);
      const expected = expectations({ fingerprint: poll.fingerprint ?? "", least: shown });
      return failing(records, expected).catch(() => "passed");
    };
    expect(await outcome(VOTES.length, VOTES.length)).toBe("passed");
    expect(await outcome(VOTES.length + 1, VOTES.length + 1)).toBe("enough");
    expect(await outcome(VOTES.length + 1, 0)).toBe("enough");
    expect(await outcome(1, VOTES.length)).toBe("enough");
  });

  it("reads the least number only where the election states its rules, once", () => {
    const election = (description: string): string => JSON.stringify({ description });
    expect(leastIn(election(ruled(7)))).toBe(7);
    expect(leastIn(election(ruled()))).toBe(0);
    expect(leastIn(election(ruled(7).replace('"secret"', '"recorded"')))).toBe(0);
    expect(leastIn(election(ruled(7).replace('"electronic"', '"by_hand"')))).toBe(0);
    expect(leastIn(election(STRICT))).toBeNull();
    expect(leastIn(election("no rules"))).toBeNull();
    expect(leastIn(election(ruled(7).replace('"least_secret":7', '"least_secret":7,"least_secret":1')))).toBeNull();
    expect(leastIn(election(ruled(7).replace('"least_secret":7', '"least_secret":"1"')))).toBeNull();
  });

  it("stops at a sum that is not the sum of these ballots", async () => {
    const { encryptedTally } = readRecords(sealed.records);
    const single = sealPoll(sealed.view, VOTES.slice(0, 1), (poll, board) => sumBallots(poll.election, board.ballots));
    const other = readRecords(single.records).encryptedTally;
    expect(await failing(changed(encryptedTally, other), expectations())).toBe("tally");
  });

  it("refuses records that are not those of a sealed board", async () => {
    const unsealed = { ...sealed.records, records: sealed.records.records.filter(({ text }) => !text.includes("EncryptedTally")) };
    expect(await failing(unsealed, expectations())).toBe("fetch");
    expect(await failing({ timestamp: 0, records: [{ kind: "event", text: "nonsense" }] }, expectations())).toBe("fetch");
  });

  it("finds one's own key only as a whole, and at one's own place", () => {
    const own = '{"public_key":{"public_key":"abc"}}';
    const [mine, other] = [["Single", { public_key: "abc" }], ["Single", { public_key: "abcd" }]];
    const shared = ["Pedersen", { verification_keys: [{ public_key: "x" }, { public_key: "abc" }] }];
    expect(hasOwnKey(JSON.stringify([mine, other]), own, 1)).toBe(true);
    expect(hasOwnKey(JSON.stringify([other, mine]), own, 1)).toBe(false);
    expect(hasOwnKey(JSON.stringify([mine, mine]), own, 3)).toBe(false);
    expect(hasOwnKey(JSON.stringify([other, shared]), own, 3)).toBe(true);
    expect(hasOwnKey(JSON.stringify([other, shared]), own, 2)).toBe(false);
    expect(hasOwnKey("[]", "null", 1)).toBe(false);
  });
});

describe("backup and restore", () => {
  const words = "秋风起兮白云飞扬";

  it("brings the same share to another device, and refuses a wrong passphrase or another's file", async () => {
    const bundle = bundles[1];
    if (!bundle) throw new Error("no bundle");
    const kept = await sealBundle(tally, sealed.view, bundle, words, "interactive");
    expect(kept.sealed).not.toContain(bundle.share);
    const restored = await keptFromBackup(tally, 2, `${kept.sealed}\n`, words);
    expect(restored).toEqual({ ...kept, backedUp: true });
    expect(await openSealed(tally, restored.sealed, words)).toEqual(bundle);
    const wrong: unknown = await openSealed(tally, kept.sealed, `${words}。`).catch((error: unknown) => error);
    expect(problemOf(wrong).key).toBe("passphrase");
    await expect(keptFromBackup(tally, 3, kept.sealed, words)).rejects.toThrow(ForeignShare);
  }, 60_000);

  it("lets unexpected errors through", () => {
    expect(() => problemOf(new RangeError("a fault"))).toThrow(RangeError);
  });
});
