import { createSSRApp, h, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import ReasonList from "@/poll/result/ReasonList.vue";
import ResultTable from "@/poll/result/ResultTable.vue";
import { isPublished, rowsOf } from "@/poll/result/result";
import AnnulledPart from "@/pages/screen/parts/AnnulledPart.vue";
import type { PollView, Reason, Ruleset } from "@/live/wire.gen";
import { samplePoll, sampleResult } from "../fixtures/console";
import { motion } from "../fixtures/hall";

const VOTES = [64, 224, 219, 212, 208, 201, 188, 176, 158, 231, 125, 111];
const sample = sampleResult(VOTES, { kind: "shortfall", elected: ["p10", "p2"], shortfall: 8, run_off: [] });
const result = { ...sample, options: [...sample.options].reverse() };
const reasons: Reason[] = [
  { code: "elected", params: { option: "p2", votes: 224 } },
  { code: "left_out", params: { option: "p11", votes: 125, seats: 10 } },
];

function under(votes: Ruleset["display"]["votes"]): PollView {
  const poll = samplePoll("announced");
  return { ...poll, rules: { ...poll.rules, display: { ...poll.rules.display, votes } }, result: { ...result, reasons } };
}

const drawn = (part: Component, given: object): Promise<string> =>
  renderToString(createSSRApp({ render: () => h(part, given) }).use(i18n));

describe("rules that publish the votes of those elected alone", () => {
  it("leave the others without votes and places, behind them and in the order of the ballot", () => {
    const rows = rowsOf(under("elected"), result);
    expect(rows.slice(0, 2).map(({ id, votes, place }) => [id, votes, place])).toEqual([["p10", 231, 1], ["p2", 224, 2]]);
    expect(rows.slice(2).map(({ id }) => id)).toEqual(["p1", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p11", "p12"]);
    expect(rows.slice(2).every(({ votes, place }) => votes === null && place === null)).toBe(true);
  });

  it.each(["all", undefined] as const)("are not those that say %s", (votes) => {
    expect(rowsOf(under(votes), result).every((row) => row.votes !== null)).toBe(true);
  });

  it("still hold the whole count for who checks it", async () => {
    expect(rowsOf(under("elected"), result, true).every((row) => row.votes !== null)).toBe(true);
    for (const part of [ResultTable, ReasonList] as Component[]) {
      const given = { poll: under("elected"), result: { ...result, reasons } };
      expect(await drawn(part, given)).not.toContain("125");
      expect(await drawn(part, { ...given, whole: true })).toContain("125");
    }
  });

  it("name the tied with their votes, and hide no motion's", () => {
    const tied = { ...result, outcome: { ...result.outcome, run_off: ["p11"] } };
    expect([isPublished(under("elected"), tied, "p11"), isPublished(under("elected"), tied, "p12")]).toEqual([true, false]);
    const voices = motion("announced");
    const poll = { ...voices, rules: under("elected").rules };
    expect(voices.result && rowsOf(poll, voices.result).every((row) => row.votes !== null)).toBe(true);
  });

  it("hold for a count that was annulled", async () => {
    expect(await drawn(AnnulledPart, { poll: under("elected") })).not.toContain("125");
    expect(await drawn(AnnulledPart, { poll: under("all") })).toContain("125");
  });
});
