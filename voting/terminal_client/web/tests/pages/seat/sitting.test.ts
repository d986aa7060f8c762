import { effectScope, type EffectScope, nextTick } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ticks } from "@/poll/ballot/choice";
import { Keeping, memoryShelf, type Shelf } from "@/pages/seat/keeping";
import { useSitting } from "@/pages/seat/life/useSitting";
import type { SeatCrypto } from "@/pages/seat/crypto";
import { Refusal } from "@/live/refusal";
import { openFeed } from "@/live/socket";
import type { MyPoll, PollState } from "@/live/wire.gen";
import { hall, projects } from "../../fixtures/hall";
import { delegate, nothingMine, receipt, TRACKER } from "../../fixtures/seat";
import { ScriptedTransport, settle } from "../../fixtures/scripted";

const UUID = "sampleprojects";
const setup = { election: "e", trustees: "t", credentials: "c", fingerprint: "f" };
const credential = { private: "1", public: "mine" };
const registered = { credential: "mine" };

let shelf: Shelf;
let transport: ScriptedTransport;
let scope: EffectScope;
let crypto: SeatCrypto;
let seq = 0;
/** The trackers that the server publishes of the closed board. */
let published: string[] = [];

/** The server's next view of the poll and of this delegate. */
async function server(state: PollState, mine: Partial<MyPoll> = {}): Promise<void> {
  const view = { hall: hall("projects", [projects(state)], "projects") };
  transport.push("me", { ...delegate, polls: { projects: { ...nothingMine, ...mine } } });
  transport.push("snapshot", { audience: "seat", seq: ++seq, server_time: 0, view });
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
      fetchSetup: () => Promise.resolve(setup),
      fetchTrackers: () => Promise.resolve({ trackers: published }),
      retryAfter: 1_000,
    }),
  );
  if (!sitting) throw new Error("the scope is not active");
  return sitting;
}

const refusedAs = (code: string) => ({ ok: false, refusal: { code, params: {} } });
const kept = () => new Keeping(shelf, "001").of(UUID);
const casts = () => transport.payloads("cast");

beforeEach(() => {
  vi.useFakeTimers();
  shelf = memoryShelf();
  crypto = {
    makeCredential: () => Promise.resolve(credential),
    checkSetup: () => Promise.resolve(),
    checkClosedBoard: () => Promise.resolve(),
    makeBallot: () => Promise.resolve({ ballot: '{"ballot":1}', tracker: TRACKER }),
    checkReceipt: () => Promise.resolve(),
  };
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe("a prepared poll", () => {
  it("makes this seat ready by itself, and keeps the private half before the server hears of the public one", async () => {
    terminal();
    let keptWhenAsked: unknown;
    transport.answer = () => {
      keptWhenAsked = kept().credentials;
      return Promise.resolve({ ok: true });
    };
    await server("prepared");
    expect(transport.payloads("register_credential")).toEqual([{ poll: "projects", credential: "mine" }]);
    expect(keptWhenAsked).toEqual([credential]);
  });

  it("leaves a registration from another terminal alone until the delegate moves it here", async () => {
    const { prepare, stage } = terminal();
    await server("prepared", { credential: "another" });
    expect(transport.payloads("register_credential")).toEqual([]);
    expect(stage.value).toMatchObject({ kind: "prepare", elsewhere: true });
    await prepare();
    expect(transport.payloads("register_credential")).toHaveLength(1);
  });

  it("registers the same credential again when the answer was lost", async () => {
    const { prepare } = terminal();
    transport.answer = () => Promise.reject(new Error("timeout"));
    await server("prepared");
    await prepare();
    const sent = transport.payloads("register_credential");
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  it("registers by itself again when requests came too fast", async () => {
    terminal();
    transport.answer = () => Promise.resolve(refusedAs("too_many_requests"));
    await server("prepared");
    await vi.advanceTimersByTimeAsync(1_000);
    const sent = transport.payloads("register_credential");
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });
});

describe("an open poll", () => {
  async function voting() {
    const sitting = terminal();
    new Keeping(shelf, "001").addCredential(UUID, credential);
    await server("open", registered);
    return sitting;
  }

  it("is checked before the ballot is shown", async () => {
    const { stage } = await voting();
    expect(stage.value.kind).toBe("vote");
  });

  it("is not voted on at a seat whose check fails", async () => {
    crypto.checkSetup = () => Promise.reject(new Refusal("setup_mismatch"));
    const { stage, refusal, cast } = await voting();
    expect(stage.value.kind).toBe("blocked");
    expect(refusal.value?.code).toBe("setup_mismatch");
    await cast(ticks(["p1"]));
    expect(casts()).toEqual([]);
  });

  it("is checked again when the documents could not be fetched", async () => {
    let tries = 0;
    crypto.checkSetup = () => (++tries === 1 ? Promise.reject(new Refusal("unreachable")) : Promise.resolve());
    const { stage } = await voting();
    expect(stage.value.kind).toBe("checking");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.value.kind).toBe("vote");
  });

  it("gets the ballot, then the receipt; then the credential is gone and the receipt stays", async () => {
    const { stage, cast, receipts, checked } = await voting();
    await cast(ticks(["p1", "p2"]));
    expect(casts()).toEqual([{ poll: "projects", ballot: '{"ballot":1}' }]);
    expect(stage.value).toMatchObject({ kind: "casting", step: "verifying", tracker: TRACKER });
    await server("open", { ...registered, receipt });
    expect(stage.value.kind).toBe("receipt");
    expect(checked.value).toBe(TRACKER);
    expect(receipts.value).toHaveLength(1);
    expect(kept()).toEqual({ credentials: [], pending: null });
  });

  it("hands the tally one number per option, in order", async () => {
    const asked = vi.spyOn(crypto, "makeBallot");
    const { cast } = await voting();
    await cast(ticks(["p2"]));
    expect(asked.mock.calls[0]?.[2]).toEqual([[0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it.each([
    ["no answer came", () => Promise.reject(new Error("timeout"))],
    ["requests came too fast", () => Promise.resolve(refusedAs("too_many_requests"))],
    ["the server was stopping", () => Promise.resolve(refusedAs("server_stopping"))],
  ])("gets the same bytes again when %s", async (_, answer) => {
    const { cast, stage } = await voting();
    transport.answer = answer;
    await cast(ticks(["p1"]));
    expect(stage.value).toMatchObject({ kind: "casting", step: "sending" });
    transport.answer = () => Promise.resolve({ ok: true, tracker: TRACKER });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(casts()).toHaveLength(2);
    expect(casts()[1]).toEqual(casts()[0]);
    expect(stage.value).toMatchObject({ step: "verifying" });
  });

  it("gets the same bytes again after a reconnection, and after a reload", async () => {
    const { cast } = await voting();
    transport.answer = () => Promise.reject(new Error("timeout"));
    await cast(ticks(["p1"]));
    const bytes = casts()[0];
    transport.push("disconnect", "transport close");
    await server("open", registered);
    expect(casts().length).toBeGreaterThan(1);
    expect(new Set(casts().map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(bytes)]));
    scope.stop();
    const { stage } = terminal();
    await server("open", registered);
    expect(casts()).toEqual([bytes]);
    expect(stage.value).toMatchObject({ kind: "casting", step: "verifying" });
  });

  it("keeps a receipt that overtakes the acknowledgement, and leaves nothing on its way", async () => {
    const { cast, stage } = await voting();
    let acknowledge: (value: unknown) => void = () => undefined;
    transport.answer = () => new Promise((resolve) => (acknowledge = resolve));
    void cast(ticks(["p1"]));
    await settle();
    await server("open", { ...registered, receipt });
    acknowledge({ ok: true, tracker: TRACKER });
    await settle();
    expect(kept()).toEqual({ credentials: [], pending: null });
    expect(stage.value.kind).toBe("receipt");
  });

  it("shows a refusal in words and offers the ballot again", async () => {
    const { cast, stage, refusal } = await voting();
    transport.answer = () =>
      Promise.resolve({ ok: false, refusal: { code: "ballot_malformed", params: {} } });
    await cast(ticks(["p1"]));
    expect(refusal.value?.code).toBe("ballot_malformed");
    expect(stage.value.kind).toBe("vote");
    expect(kept().pending).toBeNull();
  });

  it("offers the ballot again after the stored one failed verification", async () => {
    const { cast, stage } = await voting();
    await cast(ticks(["p1"]));
    await server("open", { ...registered, stored: TRACKER });
    await server("open", { ...registered, rejected: "proof_invalid" });
    expect(stage.value).toMatchObject({ kind: "vote", rejected: "proof_invalid" });
    expect(kept().credentials).toEqual([credential]);
  });

  it("tells the delegate when the receipt does not hold, and keeps ballot and credential as evidence", async () => {
    crypto.checkReceipt = () => Promise.reject(new Refusal("verification_failed"));
    const { cast, refusal, checked } = await voting();
    await cast(ticks(["p1"]));
    await server("open", { ...registered, receipt });
    expect(refusal.value?.code).toBe("verification_failed");
    expect(checked.value).toBeNull();
    expect(kept().pending?.tracker).toBe(TRACKER);
  });

  it("that closed before the ballot arrived says so", async () => {
    const { cast, refusal, stage } = await voting();
    transport.answer = () => Promise.reject(new Error("timeout"));
    await cast(ticks(["p1"]));
    await server("closed", registered);
    transport.answer = () => Promise.resolve({ ok: false, refusal: { code: "poll_not_open", params: {} } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refusal.value?.code).toBe("poll_not_open");
    expect(stage.value).toMatchObject({ kind: "counting", receipt: null });
  });
});

describe("a server that went back behind a receipt", () => {
  it("turns the seat red and keeps it from voting again", async () => {
    const sitting = terminal();
    await server("open", { ...registered, receipt });
    expect(sitting.missing.value).toEqual([]);
    await server("open", registered);
    expect(sitting.stage.value.kind).toBe("lost");
    expect(sitting.missing.value.map((one) => one.receipt)).toEqual([receipt]);
    expect(casts()).toEqual([]);
  });

  it("is noticed by a terminal that was switched off meanwhile", async () => {
    terminal();
    await server("open", { ...registered, receipt });
    scope.stop();
    const sitting = terminal();
    await server("prepared", registered);
    expect(sitting.stage.value.kind).toBe("lost");
  });
});

describe("once the board is closed", () => {
  const closed = async (): Promise<void> => {
    const poll = { ...projects("sealed"), closed_head: "c".repeat(64) };
    const view = { hall: hall("projects", [poll], "projects") };
    transport.push("me", { ...delegate, polls: { projects: { ...nothingMine, receipt } } });
    transport.push("snapshot", { audience: "seat", seq: ++seq, server_time: 0, view });
    await settle();
  };
  const ours = { poll: "projects", title: "", receipt: { ...receipt, election_uuid: UUID } };
  const keep = (): void => new Keeping(shelf, "001").addReceipt(ours);

  it("compares the receipt that it keeps with the published board by itself, once", async () => {
    keep();
    published = [TRACKER];
    const asked: unknown[] = [];
    crypto.checkClosedBoard = (poll, trackers, receipts) => {
      asked.push([poll.id, trackers, receipts.map(({ tracker }) => tracker)]);
      return Promise.resolve();
    };
    const { missing } = terminal();
    await closed();
    await closed();
    expect(asked).toEqual([["projects", [TRACKER], [receipt.tracker]]]);
    expect(missing.value).toEqual([]);
  });

  it("turns red where the ballot is not on it", async () => {
    keep();
    crypto.checkClosedBoard = () => Promise.reject(new Refusal("verification_failed"));
    const { missing, stage } = terminal();
    await closed();
    expect(missing.value.map(({ receipt: one }) => one.tracker)).toEqual([receipt.tracker]);
    expect(stage.value.kind).toBe("lost");
  });

  it("asks again while the server cannot be reached", async () => {
    keep();
    let tries = 0;
    crypto.checkClosedBoard = () => ((tries += 1) === 1 ? Promise.reject(new Refusal("no_answer")) : Promise.resolve());
    const { missing } = terminal();
    await closed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([tries, missing.value]).toEqual([2, []]);
  });
});

describe("the keys of the sitting", () => {
  const shown = async (key: string, serverKey: string, state: PollState, mine: Partial<MyPoll> = {}): Promise<void> => {
    const view = { hall: { ...hall("projects", [projects(state)], "projects"), key, server_key: serverKey } };
    transport.push("me", { ...delegate, polls: { projects: { ...nothingMine, ...registered, ...mine } } });
    transport.push("snapshot", { audience: "seat", seq: ++seq, server_time: 0, view });
    await settle();
  };
  const first = { key: "first", serverKey: "first server" };

  it("are the first that this terminal was shown, also after a reload, whatever the server shows later", async () => {
    new Keeping(shelf, "001").addCredential(UUID, credential);
    terminal();
    await shown("first", "first server", "prepared");
    scope.stop();
    const asked: unknown[] = [];
    crypto.checkSetup = (_setup, _poll, _credential, pinned) => (asked.push(pinned), Promise.reject(new Refusal("key_mismatch")));
    const { stage, refusal } = terminal();
    await shown("another", "another server", "open");
    expect(asked).toEqual([first]);
    expect([stage.value.kind, refusal.value?.code]).toEqual(["blocked", "key_mismatch"]);
  });

  it("block the seat where a poll states another key of receipts", async () => {
    new Keeping(shelf, "001").addCredential(UUID, credential);
    crypto.checkSetup = () => Promise.reject(new Refusal("server_key_mismatch"));
    const { stage, refusal } = terminal();
    await shown("first", "first server", "open");
    expect([stage.value.kind, refusal.value?.code]).toEqual(["blocked", "server_key_mismatch"]);
  });

  it("are what a receipt is held against; one by another key is not kept", async () => {
    terminal();
    await shown("first", "first server", "open");
    scope.stop();
    const asked: unknown[] = [];
    crypto.checkReceipt = (_receipt, _poll, _tracker, pinned) => (asked.push(pinned), Promise.reject(new Refusal("server_key_mismatch")));
    const { refusal, checked, receipts } = terminal();
    await shown("first", "another server", "open", { receipt });
    expect(asked).toEqual([first]);
    expect([refusal.value?.code, checked.value, receipts.value]).toEqual(["server_key_mismatch", null, []]);
  });
});
