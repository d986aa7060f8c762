import { describe, expect, it } from "vitest";

import { missingReceipts } from "@/pages/seat/missing";
import { type SeatFacts, stageOf } from "@/pages/seat/stage";
import type { Hall, MyPoll, PollState } from "@/live/wire.gen";
import { hall, projects } from "../../fixtures/hall";
import { delegate, nothingMine, observer, receipt, TRACKER } from "../../fixtures/seat";

const own = { private: "1", public: "mine" };
const pending = { ballot: "{}", tracker: TRACKER, stored: false };

function facts(state: PollState, mine: Partial<MyPoll>, more: Partial<SeatFacts> = {}): SeatFacts {
  return {
    hall: hall("projects", [projects(state)], "projects"),
    me: { ...delegate, polls: { projects: { ...nothingMine, ...mine } } },
    kept: { credentials: [own], pending: null },
    setup: "passed",
    encrypting: false,
    replacing: null,
    receipts: [], astray: [],
    ...more,
  };
}

const kind = (given: SeatFacts): string => stageOf(given).kind;
const registered = { credential: "mine" };

describe("before voting", () => {
  it("waits for the first snapshot", () => {
    expect(kind(facts("open", {}, { hall: null }))).toBe("connecting");
  });

  it("asks for the sign-in first, whatever the poll", () => {
    expect(kind(facts("open", registered, { me: { ...delegate, signed_in: false } }))).toBe("sign_in");
  });

  it("shows the agenda while no poll is called", () => {
    expect(kind(facts("open", {}, { hall: hall("projects", [projects("planned")], null) }))).toBe("agenda");
    expect(kind(facts("planned", {}))).toBe("agenda");
  });

  it("prepares, and is ready only with the private half of what is registered", () => {
    expect(stageOf(facts("prepared", {}))).toMatchObject({ kind: "prepare", elsewhere: false });
    expect(kind(facts("prepared", registered))).toBe("ready");
    expect(stageOf(facts("prepared", { credential: "another" }))).toMatchObject({ kind: "prepare", elsewhere: true });
  });
});

describe("a receipt that is kept here and not returned", () => {
  const keptReceipt = { poll: "projects", title: "projects", receipt };
  const without = (state: PollState, mine: Partial<MyPoll> = {}, more: Partial<SeatFacts> = {}) =>
    facts(state, { ...registered, ...mine }, { receipts: [keptReceipt], ...more });

  it.each(["planned", "prepared", "open", "closed", "sealed", "counted", "confirmed", "announced"] as const)(
    "stops the seat, whatever has become of the poll: %s",
    (state) => {
      const kept = { ...projects(state), election_uuid: receipt.election_uuid };
      expect(stageOf({ ...without(state), hall: hall("projects", [kept], "projects") })).toMatchObject({ kind: "lost", receipt });
    },
  );

  it("is another ballot's where the first counts, or at another place of the board", () => {
    expect(kind(without("open", { receipt: { ...receipt, tracker: "other", height: receipt.height + 1 } }))).toBe("lost");
    expect(kind(without("open", { receipt: { ...receipt, board_head: "other" } }))).toBe("lost");
    expect(kind(without("open", { receipt }))).toBe("receipt");
  });

  it("may be followed by a later one where the last counts, never by an earlier one", () => {
    const again = { hall: hall("projects", [{ ...projects("open"), last_press_counts: true }], "projects") };
    const at = (height: number) => without("open", { receipt: { ...receipt, tracker: "other", height } }, again);
    expect(kind(at(receipt.height + 1))).toBe("receipt");
    expect(kind(at(receipt.height - 1))).toBe("lost");
  });

  it("says nothing about another poll or another sitting", () => {
    const other = { ...keptReceipt, receipt: { ...receipt, election_uuid: "another" } };
    expect(kind(without("open", {}, { receipts: [other] }))).toBe("vote");
  });

  it("is listed for every poll of the sitting", () => {
    const given = without("open");
    const listed = (mine: Partial<MyPoll>) =>
      missingReceipts([keptReceipt], given.hall as Hall, { ...delegate, polls: { projects: { ...nothingMine, ...mine } } });
    expect(listed({})).toEqual([keptReceipt]);
    expect(listed({ receipt })).toEqual([]);
  });
});

describe("while the poll is open", () => {
  it("shows no ballot before the terminal has checked what was frozen", () => {
    expect(kind(facts("open", registered, { setup: "pending" }))).toBe("checking");
    expect(kind(facts("open", registered, { setup: "failed" }))).toBe("blocked");
    expect(kind(facts("open", registered))).toBe("vote");
  });

  it("excludes a seat that was not ready, and sends one with its key elsewhere there", () => {
    expect(stageOf(facts("open", {}))).toMatchObject({ kind: "excluded", elsewhere: false });
    expect(stageOf(facts("open", { credential: "another" }))).toMatchObject({ kind: "excluded", elsewhere: true });
  });

  it("goes encrypting, sending, verifying, receipt", () => {
    const kept = { credentials: [own], pending };
    expect(stageOf(facts("open", registered, { encrypting: true }))).toMatchObject({ step: "encrypting" });
    expect(stageOf(facts("open", registered, { kept }))).toMatchObject({ step: "sending", tracker: TRACKER });
    const stored = { credentials: [own], pending: { ...pending, stored: true } };
    expect(stageOf(facts("open", registered, { kept: stored }))).toMatchObject({ step: "verifying" });
    expect(stageOf(facts("open", { ...registered, stored: TRACKER }))).toMatchObject({ step: "verifying" });
    expect(kind(facts("open", { ...registered, receipt }))).toBe("receipt");
  });

  it("never shows a second ballot to one who has voted at another terminal", () => {
    expect(kind(facts("open", { credential: "another", receipt }))).toBe("receipt");
    expect(kind(facts("open", { credential: "another", stored: TRACKER }))).toBe("casting");
  });

  it("offers the ballot again after a rejection, and says so", () => {
    expect(stageOf(facts("open", { ...registered, rejected: "proof_invalid" }))).toMatchObject({
      kind: "vote",
      rejected: "proof_invalid",
    });
  });

  it("gives observers everything but a ballot", () => {
    expect(kind(facts("prepared", {}, { me: observer }))).toBe("observe");
    expect(kind(facts("open", {}, { me: observer }))).toBe("observe");
    expect(kind(facts("announced", {}, { me: observer }))).toBe("announced");
  });
});

describe("where the last ballot counts", () => {
  const SECOND = `second${TRACKER.slice(6)}`;
  const replaceable = (mine: Partial<MyPoll>, more: Partial<SeatFacts> = {}): SeatFacts => {
    const poll = { ...projects("open"), last_press_counts: true };
    return facts("open", { ...registered, ...mine }, { hall: hall("projects", [poll], "projects"), ...more });
  };
  const sent = (tracker: string, stored = false) => ({ credentials: [own], pending: { ...pending, tracker, stored } });

  it("offers another ballot beside the receipt, at the terminal that holds the credential", () => {
    expect(stageOf(replaceable({ receipt }))).toMatchObject({ kind: "receipt", again: true });
    expect(stageOf(replaceable({ receipt }, { kept: { credentials: [], pending: null } }))).toMatchObject({ again: false });
    expect(stageOf(facts("open", { ...registered, receipt }))).toMatchObject({ kind: "receipt", again: false });
  });

  it("offers none before the receipt of the last one has been checked", () => {
    expect(stageOf(replaceable({ receipt }, { kept: sent(receipt.tracker, true) }))).toMatchObject({
      kind: "receipt",
      again: false,
    });
  });

  it("checks, shows the ballot, and goes all the way again, with the last receipt at hand", () => {
    const at = (more: Partial<SeatFacts>, mine: Partial<MyPoll> = {}) =>
      stageOf(replaceable({ receipt, ...mine }, { replacing: receipt.tracker, ...more }));
    expect(at({ setup: "pending" })).toMatchObject({ kind: "checking" });
    expect(at({})).toMatchObject({ kind: "vote", replaces: receipt });
    expect(at({ encrypting: true })).toMatchObject({ kind: "casting", step: "encrypting", replaces: receipt });
    expect(at({ kept: sent(SECOND) })).toMatchObject({ step: "sending", tracker: SECOND, replaces: receipt });
    expect(at({ kept: sent(SECOND, true) })).toMatchObject({ step: "verifying", replaces: receipt });
    expect(at({ kept: sent(SECOND, true) }, { stored: SECOND })).toMatchObject({ step: "verifying", tracker: SECOND });
    const second = { ...receipt, tracker: SECOND };
    expect(at({}, { receipt: second })).toMatchObject({ kind: "receipt", receipt: second, again: true });
  });

  it("is at the second ballot after a reload, too", () => {
    expect(stageOf(replaceable({ receipt }, { kept: sent(SECOND) }))).toMatchObject({ kind: "casting", step: "sending" });
    expect(stageOf(replaceable({ receipt, stored: SECOND }, { kept: null }))).toMatchObject({ step: "verifying" });
  });

  it("falls back to the receipt when the second ballot was rejected, and says so", () => {
    expect(stageOf(replaceable({ receipt, rejected: "proof_invalid" }))).toMatchObject({
      kind: "receipt",
      rejected: "proof_invalid",
      again: true,
    });
  });

  it("never leaves the receipt where only the first counts", () => {
    const more = { kept: sent(SECOND), replacing: receipt.tracker, encrypting: true };
    expect(kind(facts("open", { ...registered, receipt }, more))).toBe("receipt");
  });
});

describe("paper and hands", () => {
  const byHand = (state: PollState, more: Partial<SeatFacts> = {}) =>
    facts(state, {}, { hall: hall("projects", [{ ...projects(state), medium: "by_hand" }], "projects"), ...more });

  it("take the electronic ballot from a delegate who got a paper", () => {
    expect(kind(facts("prepared", { on_paper: true }))).toBe("on_paper");
    expect(kind(facts("open", { ...registered, on_paper: true }))).toBe("on_paper");
    expect(stageOf(facts("closed", { on_paper: true }))).toMatchObject({ kind: "counting", onPaper: true });
  });

  it("leave the others of a mixed poll at their terminals", () => {
    const mixed = hall("projects", [{ ...projects("open"), medium: "mixed" }], "projects");
    expect(kind(facts("open", registered, { hall: mixed }))).toBe("vote");
  });

  it.each(["prepared", "open", "closed", "counted", "confirmed"] as const)("need nothing pressed while %s", (state) => {
    expect(kind(byHand(state))).toBe("by_hand");
    expect(kind(byHand(state, { me: observer }))).toBe("observe");
  });

  it("end like any other poll", () => {
    expect(kind(byHand("announced"))).toBe("announced");
    expect(kind(byHand("annulled"))).toBe("annulled");
  });
});

describe("afterwards", () => {
  it.each(["closed", "sealed", "counted", "confirmed"] as const)("counts while %s, with the receipt", (state) => {
    expect(stageOf(facts(state, { ...registered, receipt }))).toMatchObject({ kind: "counting", receipt });
  });

  it("shows the announced result and an annulment", () => {
    expect(stageOf(facts("announced", { receipt }))).toMatchObject({ kind: "announced", receipt });
    expect(kind(facts("annulled", {}))).toBe("annulled");
  });
});
