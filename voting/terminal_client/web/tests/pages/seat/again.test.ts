/** Where the last ballot counts: voting again while the poll is open, with lines lost and pages reloaded in between. */
import { effectScope, type EffectScope, nextTick } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { SeatCrypto } from "@/pages/seat/crypto";
import { Keeping, memoryShelf, type Shelf } from "@/pages/seat/keeping";
import { useSitting } from "@/pages/seat/life/useSitting";
import { ticks } from "@/poll/ballot/choice";
import { Refusal } from "@/live/refusal";
import { openFeed } from "@/live/socket";
import type { MyPoll, PollState, Receipt } from "@/live/wire.gen";
import { hall, projects } from "../../fixtures/hall";
import { delegate, nothingMine, receipt } from "../../fixtures/seat";
import { ScriptedTransport, settle } from "../../fixtures/scripted";

const UUID = "sampleprojects";
const credential = { private: "1", public: "mine" };
const registered = { credential: "mine" };
const receiptOf = (press: number): Receipt => ({ ...receipt, tracker: `press-${press}`, height: 100 + press });
const [first, second] = [receiptOf(1), receiptOf(2)];

let shelf: Shelf;
let transport: ScriptedTransport;
let scope: EffectScope;
let crypto: SeatCrypto;
let presses: number;
let seq = 0;

/** The server's next view of the poll and of this delegate. */
async function server(state: PollState, mine: Partial<MyPoll> = {}): Promise<void> {
  const poll = { ...projects(state), last_press_counts: true };
  transport.push("me", { ...delegate, polls: { projects: { ...nothingMine, ...registered, ...mine } } });
  transport.push("snapshot", { audience: "seat", seq: ++seq, server_time: 0, view: { hall: hall("projects", [poll], "projects") } });
  await nextTick();
  await settle();
}

/** A terminal switched on; the shelf is what the last one left. */
function terminal() {
  transport = new ScriptedTransport();
  scope = effectScope();
  const sitting = scope.run(() =>
    useSitting({
      feed: openFeed({ audience: "seat" }, () => transport),
      crypto,
      keeping: new Keeping(shelf, "001"),
      fetchSetup: () => Promise.resolve({ election: "e", trustees: "t", credentials: "c", fingerprint: "f" }),
      fetchTrackers: () => Promise.resolve({ trackers: [] }),
      retryAfter: 1_000,
    }),
  );
  if (!sitting) throw new Error("the scope is not active");
  return sitting;
}

/** Switched off and on again; the server tells the same as before. */
async function reloaded(state: PollState, mine: Partial<MyPoll>) {
  scope.stop();
  const sitting = terminal();
  await server(state, mine);
  return sitting;
}

/** A delegate with a receipt for the first ballot. */
async function voted() {
  const sitting = terminal();
  new Keeping(shelf, "001").addCredential(UUID, credential);
  await server("open");
  await sitting.cast(ticks(["p1"]));
  await server("open", { receipt: first });
  return sitting;
}

const kept = () => new Keeping(shelf, "001").of(UUID);
const casts = () => transport.payloads("cast").map((payload) => (payload as { ballot: string }).ballot);
const refuse = (code: string) => () => Promise.resolve({ ok: false, refusal: { code, params: {} } });
const loseTheLine = () => (transport.answer = () => Promise.reject(new Error("timeout")));
const mendTheLine = () => (transport.answer = () => Promise.resolve({ ok: true, tracker: null }));

beforeEach(() => {
  vi.useFakeTimers();
  shelf = memoryShelf();
  presses = 0;
  crypto = {
    makeCredential: () => Promise.resolve(credential),
    checkSetup: () => Promise.resolve(),
    checkClosedBoard: () => Promise.resolve(),
    makeBallot: () => Promise.resolve({ ballot: `ballot-${++presses}`, tracker: `press-${presses}` }),
    checkReceipt: (given, _poll, expected) =>
      expected === null || given.tracker === expected ? Promise.resolve() : Promise.reject(new Refusal("verification_failed")),
  };
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe("after the first receipt", () => {
  it("the credential stays, the ballot goes, and another one is offered", async () => {
    const { stage } = await voted();
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: first, again: true });
    expect(kept()).toEqual({ credentials: [credential], pending: null });
  });

  it("a second ballot takes the same way, and both receipts are kept", async () => {
    const { stage, cast, voteAgain, receipts, checked } = await voted();
    voteAgain();
    expect(stage.value).toMatchObject({ kind: "vote", replaces: first });
    await cast(ticks(["p2"]));
    expect(casts()).toEqual(["ballot-1", "ballot-2"]);
    expect(stage.value).toMatchObject({ kind: "casting", step: "verifying", tracker: "press-2", replaces: first });
    await server("open", { receipt: first, stored: "press-2" });
    expect(stage.value).toMatchObject({ kind: "casting", step: "verifying" });
    await server("open", { receipt: second });
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: second, again: true });
    expect(checked.value).toBe("press-2");
    expect(receipts.value.map((one) => one.receipt.tracker)).toEqual(["press-1", "press-2"]);
  });

  it("a third one may follow", async () => {
    const { stage, cast, voteAgain } = await voted();
    voteAgain();
    await cast(ticks(["p2"]));
    await server("open", { receipt: second });
    voteAgain();
    await cast(ticks(["p3"]));
    await server("open", { receipt: receiptOf(3) });
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: { tracker: "press-3" } });
    expect(casts()).toHaveLength(3);
  });

  it("the delegate may keep the ballot after all", async () => {
    const { stage, voteAgain, keepBallot } = await voted();
    voteAgain();
    keepBallot();
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: first, again: true });
    expect(casts()).toHaveLength(1);
  });

  it("a reload shows the receipt again, and the ballot is checked anew before a second one", async () => {
    await voted();
    const checks = vi.spyOn(crypto, "checkSetup");
    const { stage, voteAgain } = await reloaded("open", { receipt: first });
    expect(stage.value).toMatchObject({ kind: "receipt", again: true });
    voteAgain();
    await settle();
    expect(checks).toHaveBeenCalledOnce();
    expect(stage.value.kind).toBe("vote");
  });
});

describe("the second ballot on a bad line", () => {
  async function lost() {
    const sitting = await voted();
    sitting.voteAgain();
    loseTheLine();
    await sitting.cast(ticks(["p2"]));
    return sitting;
  }

  it("is sent again, the same bytes, until the server has it", async () => {
    const { stage } = await lost();
    expect(stage.value).toMatchObject({ kind: "casting", step: "sending", replaces: first });
    mendTheLine();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(casts()).toEqual(["ballot-1", "ballot-2", "ballot-2"]);
    expect(stage.value).toMatchObject({ step: "verifying" });
  });

  it("is sent again after a reload, though the first receipt is there", async () => {
    await lost();
    const { stage, refusal } = await reloaded("open", { receipt: first });
    expect(casts()).toEqual(["ballot-2"]);
    expect(refusal.value).toBeNull();
    await server("open", { receipt: second });
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: second, again: true });
    expect(kept().pending).toBeNull();
  });

  it("had arrived all the same: its receipt ends the sending", async () => {
    await lost();
    scope.stop();
    const { stage } = terminal();
    loseTheLine();
    await server("open", { receipt: second });
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: second });
    const sent = casts().length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(casts()).toHaveLength(sent);
  });

  it("comes too late: that is said, the first ballot stands, and the credential goes", async () => {
    const { stage, refusal } = await lost();
    await server("closed", { receipt: first });
    expect(kept().credentials).toEqual([credential]);
    transport.answer = refuse("poll_not_open");
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();
    expect(refusal.value?.code).toBe("poll_not_open");
    expect(stage.value).toMatchObject({ kind: "counting", receipt: first });
    expect(kept()).toEqual({ credentials: [], pending: null });
  });
});

describe("a second ballot that fails", () => {
  it("when sent, is off its way; the delegate may change it or keep the first", async () => {
    const { stage, cast, voteAgain, keepBallot, refusal } = await voted();
    voteAgain();
    transport.answer = refuse("ballot_malformed");
    await cast(ticks(["p2"]));
    expect(refusal.value?.code).toBe("ballot_malformed");
    expect(stage.value).toMatchObject({ kind: "vote", replaces: first });
    keepBallot();
    expect(stage.value).toMatchObject({ kind: "receipt", receipt: first, again: true });
  });

  it("when verified, leaves the first one standing and is offered again", async () => {
    const { stage, cast, voteAgain } = await voted();
    voteAgain();
    await cast(ticks(["p2"]));
    await server("open", { receipt: first, stored: "press-2" });
    await server("open", { receipt: first, rejected: "proof_invalid" });
    expect(kept()).toEqual({ credentials: [credential], pending: null });
    expect(stage.value).toMatchObject({ kind: "vote", rejected: "proof_invalid", replaces: first });
    const { stage: later } = await reloaded("open", { receipt: first, rejected: "proof_invalid" });
    expect(later.value).toMatchObject({ kind: "receipt", rejected: "proof_invalid", again: true });
  });

  it("in its receipt, is kept as evidence, and no third one is offered", async () => {
    const { stage, cast, voteAgain, refusal } = await voted();
    voteAgain();
    await cast(ticks(["p2"]));
    await server("open", { receipt: { ...second, tracker: "foreign" } });
    expect(refusal.value?.code).toBe("verification_failed");
    expect(kept().pending?.tracker).toBe("press-2");
    expect(stage.value.kind).toBe("casting");
  });
});

describe("when the poll closes", () => {
  it("the credential goes with it, the receipt stays", async () => {
    const { receipts } = await voted();
    await server("closed", { receipt: first });
    expect(kept()).toEqual({ credentials: [], pending: null });
    expect(receipts.value).toHaveLength(1);
  });

  it("a ballot still being verified keeps the credential until its receipt is there", async () => {
    const { stage, cast, voteAgain, receipts } = await voted();
    voteAgain();
    await cast(ticks(["p2"]));
    await server("closed", { receipt: first, stored: "press-2" });
    expect(stage.value).toMatchObject({ kind: "counting", receipt: first, tracker: "press-2" });
    expect(kept().credentials).toEqual([credential]);
    await server("closed", { receipt: second });
    expect(stage.value).toMatchObject({ kind: "counting", receipt: second });
    expect(kept()).toEqual({ credentials: [], pending: null });
    expect(receipts.value.map((one) => one.receipt.tracker)).toEqual(["press-1", "press-2"]);
  });

  it("a delegate who was choosing again keeps the first ballot", async () => {
    const { stage, voteAgain } = await voted();
    voteAgain();
    await server("closed", { receipt: first });
    expect(stage.value).toMatchObject({ kind: "counting", receipt: first });
    expect(kept().credentials).toEqual([]);
  });
});
