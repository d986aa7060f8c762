import { describe, expect, it } from "vitest";

import { markOf, outcomeSentences, rankOf } from "@/shared/report/outcome";
import en from "@/shared/i18n/en/console";
import zh from "@/shared/i18n/zh/console";
import { sampleMotion, samplePoll, sampleResult } from "./fixtures";

const poll = samplePoll("counted");
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

describe("the outcome in words", () => {
  it("says that all seats are filled and that the winners have the majority", () => {
    const sentences = outcomeSentences(poll, sampleResult());
    expect(sentences.map(({ key }) => key)).toEqual(["elected", "floor"]);
    expect(sentences[0]?.params).toEqual({ elected: 10, seats: 10 });
    expect(sentences[1]?.params).toEqual({ majority: 126 });
  });

  it("does not claim a majority that a winner lacks", () => {
    const result = sampleResult([231, 224, 219, 212, 208, 201, 188, 176, 169, 125, 91, 64]);
    expect(outcomeSentences(poll, result).map(({ key }) => key)).toEqual(["elected"]);
  });

  it("names the tied options and the seats they compete for", () => {
    const result = sampleResult([231, 224, 219, 212, 208, 201, 188, 176, 158, 158, 158, 64], {
      kind: "run_off",
      elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"],
      run_off: ["p9", "p10", "p11"],
      run_off_seats: 2,
    });
    const [first] = outcomeSentences(poll, result);
    expect(first?.key).toBe("runOff");
    expect(first?.params).toEqual({ elected: 8, tied: 3, votes: 158, seats: 2 });
    expect(first?.list).toEqual(["慢病一体化门诊", "快递进村社区", "示例：公园夜间照明"]);
    expect(["p8", "p9", "p12"].map((id) => markOf(result, id))).toEqual(["elected", "tied", null]);
  });

  it("states a shortfall with the majority that was missed", () => {
    const result = sampleResult(undefined, { kind: "shortfall", elected: ["p1", "p2"], shortfall: 8 });
    expect(outcomeSentences(poll, result)[0]).toEqual({ key: "shortfall", params: { elected: 2, shortfall: 8, majority: 126 } });
  });

  it("states a motion's votes against the majority of all delegates", () => {
    const motion = sampleMotion("counted");
    expect(motion.result && outcomeSentences(motion, motion.result)).toEqual([
      { key: "passed", params: { votes: 221, majority: 126 } },
    ]);
  });

  it("gives equal votes the same rank", () => {
    const result = sampleResult([231, 224, 224, 212, 208, 201, 188, 176, 158, 158, 158, 64]);
    expect(result.options.map(({ votes }) => rankOf(result, votes))).toEqual([1, 2, 2, 4, 5, 6, 7, 8, 9, 9, 9, 12]);
  });

  it("marks nothing as chosen in a void poll", () => {
    const result = sampleResult(undefined, { kind: "void", elected: [] });
    expect(outcomeSentences(poll, result)[0]?.key).toBe("void");
    expect(markOf(result, "p1")).toBeNull();
  });

  it("has every sentence in both languages with the same placeholders", () => {
    for (const key of Object.keys(zh.outcome) as (keyof typeof zh.outcome)[]) {
      expect(placeholders(en.outcome[key])).toEqual(placeholders(zh.outcome[key]));
    }
  });
});
