import { describe, expect, it } from "vitest";

import { methodOf } from "@/pages/screen/by_hand";
import { countSteps, type CountStep } from "@/pages/screen/counting";
import type { HandCountState, PollState, Progress } from "@/live/wire.gen";
import { PLAIN_PROGRESS } from "../../fixtures/frozen";
import { motion, projects } from "../../fixtures/hall";
import { motionBy, ranking } from "../../fixtures/screen_polls";

const progress = (more: Partial<Progress> = {}): Progress => ({ ...PLAIN_PROGRESS, ready: 0, verified: 0, ...more });
const brief = (steps: readonly CountStep[]): string[] => steps.map(({ key, status }) => `${key} ${status}`);

describe("the steps of a count", () => {
  it("of a poll that is summed go from the end of the vote over the decryptions to the announcement", () => {
    expect(brief(countSteps(projects("closed"), progress()))).toEqual([
      "closed done",
      "sealed now",
      "decrypted later",
      "confirmed later",
      "announced later",
    ]);
    expect(countSteps(projects("sealed"), progress({ decryptions: [1] }))[2]).toEqual({
      key: "decrypted",
      status: "now",
      have: 1,
      need: 2,
    });
  });

  it("put the shuffles before the decryptions, and say how many of each are there", () => {
    const sealed = (more: Partial<Progress>) => countSteps(ranking("sealed"), progress({ needed: 3, ...more })).slice(1, 4);
    expect(sealed({ shuffles: [3] })).toEqual([
      { key: "sealedSingly", status: "done" },
      { key: "shuffled", status: "now", have: 1, need: 3 },
      { key: "decrypted", status: "later", have: 0, need: 3 },
    ]);
    expect(brief(sealed({ shuffles: [3, 1, 2] }))).toEqual(["sealedSingly done", "shuffled done", "decrypted now"]);
  });

  it("of a vote by name know neither shuffle nor decryption", () => {
    const keys = countSteps({ ...motion("sealed"), secrecy: "recorded" }, progress()).map(({ key }) => key);
    expect(keys).toEqual(["closed", "sealed", "named", "confirmed", "announced"]);
  });

  it("of a count by hand are the entry and the check by a second person", () => {
    const closed = (hand_count: HandCountState) => brief(countSteps(motionBy("by_hand", "closed"), progress({ hand_count })));
    expect(closed("missing")).toEqual(["closed done", "entered now", "checked later", "confirmed later", "announced later"]);
    expect(closed("entered").slice(1, 3)).toEqual(["entered done", "checked now"]);
  });

  it("of a mixed count go on beside each other, and the chief scrutineer waits for both", () => {
    const sealed = (more: Partial<Progress>) => brief(countSteps(motionBy("mixed", "sealed"), progress({ papers: 7, ...more })));
    expect(sealed({ hand_count: "missing" })).toContain("decrypted now");
    expect(sealed({ hand_count: "missing" })).toContain("enteredPapers now");
    expect(sealed({ hand_count: "confirmed", decryptions: [1] })).toContain("confirmed later");
    expect(sealed({ papers: 0 })).not.toContain("enteredPapers later");
  });

  it("are all done but the announcement when the count is confirmed, for every way of counting", () => {
    for (const poll of [
      projects,
      ranking,
      (state: PollState) => motionBy("mixed", state),
      (state: PollState) => motionBy("by_hand", state),
    ]) {
      const steps = countSteps(poll("confirmed"), progress({ papers: 3, hand_count: "confirmed" }));
      expect(steps.filter(({ status }) => status !== "done")).toEqual([{ key: "announced", status: "now" }]);
    }
  });
});

describe("a poll that is counted by hand", () => {
  it("asks for what the adopted rules allow", () => {
    expect(methodOf({ methods: ["show_of_hands", "paper"] })).toBe("handsOrPaper");
    expect(methodOf({ methods: ["show_of_hands"] })).toBe("hands");
    expect(methodOf({ methods: ["paper"] })).toBe("paper");
  });
});
