import { describe, expect, it } from "vitest";

import { nextStep, outcomeSentences } from "@/poll/result/outcome";
import { markOf, rowsOf } from "@/poll/result/result";
import { RULES } from "../fixtures/frozen";
import { sampleMotion, samplePoll, sampleResult } from "../fixtures/console";

const poll = samplePoll("counted");

describe("the outcome in words", () => {
  it("says that all seats are filled", () => {
    expect(outcomeSentences(poll, sampleResult())).toEqual([{ key: "elected.choose.electronic", params: { elected: 10, seats: 10 } }]);
  });

  it("names the tied options and the seats they compete for", () => {
    const result = sampleResult([231, 224, 219, 212, 208, 201, 188, 176, 158, 158, 158, 64], {
      kind: "run_off",
      elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"],
      run_off: ["p9", "p10", "p11"],
      run_off_seats: 2,
    });
    const [first] = outcomeSentences(poll, result);
    expect(first?.key).toBe("run_off.choose.electronic");
    expect(first?.params).toEqual({ elected: 8, tied: 3, votes: 158, seats: 2 });
    expect(first?.list).toEqual(["慢病一体化门诊", "快递进村社区", "示例：公园夜间照明"]);
    expect(["p8", "p9", "p12"].map((id) => markOf(result, id))).toEqual(["elected", "tied", null]);
  });

  it.each([
    ["election", true, false, true],
    ["election", false, true, false],
    ["election", false, undefined, true],
    ["choose", true, false, false],
    ["choose", false, true, true],
  ] as const)("says of a tie in %s (projects: %s, persons: %s) whether most votes win", (kind, projects, persons, byVotes) => {
    const seats = { ...RULES.seats, run_off_needs_majority: projects, run_off_of_persons_needs_majority: persons };
    const tied = { ...poll, kind, rules: { ...RULES, seats } };
    const said = nextStep(tied, sampleResult(undefined, { kind: "run_off", run_off: ["p9", "p10"], run_off_seats: 1 }), (key) => key);
    expect(said).toBe(`result.next.${byVotes ? "run_off_by_votes" : "run_off"}.${kind}.electronic`);
  });

  it("states a shortfall", () => {
    const result = sampleResult(undefined, { kind: "shortfall", elected: ["p1", "p2"], shortfall: 8 });
    expect(outcomeSentences(poll, result)[0]).toEqual({
      key: "shortfall.choose.electronic",
      params: { elected: 2, shortfall: 8, seats: 10 },
    });
  });

  it("states a motion's votes against the majority of all delegates", () => {
    const motion = sampleMotion("counted");
    expect(motion.result && outcomeSentences(motion, motion.result)).toEqual([
      { key: "passed.motion.electronic", params: { votes: 221, majority: 126 } },
    ]);
  });

  it("gives equal votes the same rank", () => {
    const result = sampleResult([231, 224, 224, 212, 208, 201, 188, 176, 158, 158, 158, 64]);
    expect(rowsOf(poll, result).map(({ place }) => place)).toEqual([1, 2, 2, 4, 5, 6, 7, 8, 9, 9, 9, 12]);
  });

  it("gives the lowest sum of ranks the first place", () => {
    const result = sampleResult([61, 58, 58, 40]);
    const ranks = { ...poll, kind: "rank" as const };
    expect(rowsOf(ranks, { ...result, options: result.options.slice(0, 4) }).map(({ place }) => place)).toEqual([4, 2, 2, 1]);
  });

  it("says of a vote that is void for want of votes how many took part, not that ballots were too many", () => {
    const motion = sampleMotion("counted");
    const few = { needed: 126, base: 251, cast: 120 };
    const result = motion.result && {
      ...motion.result,
      outcome: { ...motion.result.outcome, kind: "void" as const },
      reasons: [{ code: "participation_void" as const, params: few }],
    };
    expect(result && outcomeSentences(motion, result)).toEqual([
      { key: "too_few.motion.electronic", params: { returned: 243, issued: 247, cast: 242 } },
    ]);
  });

  it("marks nothing as chosen in a void poll", () => {
    const result = sampleResult(undefined, { kind: "void", elected: [] });
    expect(outcomeSentences(poll, result)[0]?.key).toBe("void.choose.electronic");
    expect(markOf(result, "p1")).toBeNull();
  });
});
