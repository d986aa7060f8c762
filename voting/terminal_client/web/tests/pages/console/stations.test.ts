import { describe, expect, it } from "vitest";

import { stationIndex, stationsOf } from "@/pages/console/presiding/stations";
import type { PollState, PollView, Progress } from "@/live/wire.gen";
import zh from "@/kit/words/zh/console";
import { PLAIN_PROGRESS } from "../../fixtures/frozen";
import { samplePoll } from "../../fixtures/console";

const STATES: PollState[] = ["planned", "prepared", "open", "closed", "sealed", "counted", "confirmed", "announced"];
const progress = (more: Partial<Progress> = {}): Progress => ({ ...PLAIN_PROGRESS, ready: 0, verified: 0, ...more });

function at(more: Partial<PollView>, state: PollState, so: Partial<Progress> = {}): string {
  const poll = samplePoll(state, more);
  return stationsOf(poll, progress(so))[stationIndex(poll, progress(so))] ?? "all done";
}

const KINDS_OF_COUNT: [string, Partial<PollView>, Partial<Progress>][] = [
  ["summed", {}, {}],
  ["shuffled", { shuffled: true }, {}],
  ["recorded", { secrecy: "recorded" }, { needed: 0 }],
  ["by hand", { medium: "by_hand" }, { hand_count: "missing" }],
  ["mixed", { medium: "mixed" }, { papers: 2, hand_count: "missing" }],
];

describe("the stations of a poll", () => {
  it.each(KINDS_OF_COUNT)("of a %s poll are passed without going back", (_, more, so) => {
    const indices = STATES.map((state) => stationIndex(samplePoll(state, more), progress(so)));
    expect(indices).toEqual([...indices].sort((one, other) => one - other));
    expect(indices.at(-1)).toBe(stationsOf(samplePoll("announced", more), progress(so)).length);
    expect(stationIndex(samplePoll("annulled", more), progress(so))).toBe(-1);
  });

  it("have no decryption where nothing is encrypted", () => {
    expect(stationsOf(samplePoll("open", { secrecy: "recorded" }))).toEqual(["prepare", "vote", "seal", "confirm", "announce"]);
    expect(stationsOf(samplePoll("open", { medium: "by_hand" }))).toEqual(["prepare", "vote", "enter", "second", "confirm", "announce"]);
  });

  it("shuffle until enough scrutineers have, then read", () => {
    const shuffled = { shuffled: true };
    expect(at(shuffled, "closed")).toBe("seal");
    expect(at(shuffled, "sealed", { shuffles: [3] })).toBe("shuffle");
    expect(at(shuffled, "sealed", { shuffles: [3, 1] })).toBe("read");
    expect(at({}, "sealed")).toBe("decrypt");
  });

  it("wait for papers only where some were handed out, and after the decryptions", () => {
    expect(stationsOf(samplePoll("open", { medium: "mixed" }), progress())).not.toContain("hand");
    expect(at({ medium: "mixed" }, "sealed", { papers: 2, decryptions: [1] })).toBe("decrypt");
    expect(at({ medium: "mixed" }, "sealed", { papers: 2, decryptions: [1, 2] })).toBe("hand");
  });

  it("ask for a second person once figures are entered", () => {
    const byHand = { medium: "by_hand" as const };
    expect(at(byHand, "closed", { hand_count: "missing" })).toBe("enter");
    expect(at(byHand, "closed", { hand_count: "entered" })).toBe("second");
    expect(at(byHand, "counted", { hand_count: "confirmed" })).toBe("confirm");
  });

  it("all have a name", () => {
    const named = Object.keys(zh.poll.station);
    for (const [, more, so] of KINDS_OF_COUNT) {
      expect(named).toEqual(expect.arrayContaining(stationsOf(samplePoll("open", more), progress(so))));
    }
  });
});
