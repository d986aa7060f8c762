import { describe, expect, it } from "vitest";

import { type SeatFacts, stageOf } from "@/seat/stage";
import type { MyPoll, PollState } from "@/shared/wire.gen";
import { hall, projects } from "../fixtures/hall";
import { delegate, nothingMine, observer, receipt, TRACKER } from "../fixtures/seat";

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

describe("afterwards", () => {
  it.each(["closed", "sealed", "counted", "confirmed"] as const)("counts while %s, with the receipt", (state) => {
    expect(stageOf(facts(state, { ...registered, receipt }))).toMatchObject({ kind: "counting", receipt });
  });

  it("shows the announced result and an annulment", () => {
    expect(stageOf(facts("announced", { receipt }))).toMatchObject({ kind: "announced", receipt });
    expect(kind(facts("annulled", {}))).toBe("annulled");
  });
});
