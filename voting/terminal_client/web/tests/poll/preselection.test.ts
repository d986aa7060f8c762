import { createSSRApp, h, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import { formOfElection, neededOf, ruleOf } from "@/poll/kinds/rule";
import OutcomeText from "@/poll/result/OutcomeText.vue";
import ResultTable from "@/poll/result/ResultTable.vue";
import { nextStep } from "@/poll/result/outcome";
import type { PollView, ResultView } from "@/live/wire.gen";
import { preselection } from "../fixtures/kinds";

const t = i18n.global.t as (key: string, params?: Record<string, string | number>) => string;
const seated = preselection("announced");
const given = seated.result as ResultView;
const ids = given.options.map(({ id }) => id);
const ending = (outcome: Partial<ResultView["outcome"]>): ResultView => ({
  ...given,
  outcome: { ...given.outcome, run_off: [], run_off_seats: 0, shortfall: 0, ...outcome },
});
const found = ending({ kind: "preselected", elected: ids.slice(0, 4) });
const tied = ending({ kind: "run_off", elected: ids.slice(0, 3), run_off: ids.slice(3, 5), run_off_seats: 1 });
const drawn = (part: Component, result: ResultView): Promise<string> => {
  const poll: PollView = { ...seated, result };
  return renderToString(createSSRApp({ render: () => h(part, { poll, result, full: true }) }).use(i18n));
};

describe("a preselection", () => {
  it("proposes candidates, and elects nobody in any word", async () => {
    const told = (await drawn(OutcomeText, found)) + (await drawn(ResultTable, found));
    expect(told).toContain("预选 4 名，4 名列为候选人。");
    expect(told.match(/<span class="badge[^>]*>.*?列为候选人/g)).toHaveLength(4);
    expect([/当选|应选|选出/.test(told), told.includes("outcome-next")]).toEqual([false, false]);
  });

  it("asks no majority, is neither competitive nor equal, and says how many become candidates", () => {
    expect([neededOf(seated, 126), formOfElection(seated)]).toEqual([null, null]);
    expect(ruleOf(seated, t)).toMatch(/^被提名人 6 名，候选人名额 4 名/);
  });

  it("puts the tied to the vote again, and most votes are enough", () => {
    expect(nextStep({ ...seated, result: tied }, tied, t)).toMatch(/再次投票，从中定 1 名，以得票多的列为候选人。$/);
  });
});
