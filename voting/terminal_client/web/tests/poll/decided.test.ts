import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import { leastSeats } from "@/pages/console/compose/form";
import { viewOf } from "@/poll/kinds/kinds";
import { neededOf, ruleOf } from "@/poll/kinds/rule";
import OutcomeText from "@/poll/result/OutcomeText.vue";
import ResultTable from "@/poll/result/ResultTable.vue";
import { rowsOf } from "@/poll/result/result";
import type { PollView, ResultView } from "@/live/wire.gen";
import { RULES } from "../fixtures/frozen";
import { approveEach } from "../fixtures/kinds";

const t = i18n.global.t as (key: string, params: Record<string, number>) => string;
const seated = approveEach("announced", 3);
const given = seated.result as ResultView;
const ids = seated.options.map(({ id }) => id);
const verdicts = Object.fromEntries(ids.map((id, place) => [id, place === 1 ? "not_passed" : "passed"]));
const result: ResultView = {
  ...given,
  outcome: { ...given.outcome, kind: "decided", elected: [], run_off: [], run_off_seats: 0, shortfall: 0, verdicts },
  options: given.options.map((option) => ({ ...option, elected: false, verdict: verdicts[option.id] ?? null })),
};
const free = { ...RULES, seats: { ...RULES.seats, majority_floor: false } };
const poll: PollView = { ...seated, seats: 0, rules: free, result };

describe("options that are each decided by themselves", () => {
  it("stand as on the ballot, without places, each passed or not", () => {
    const rows = rowsOf(poll, { ...result, options: [...result.options].reverse() });
    expect(rows.map(({ id, place, mark }) => [id, place, mark])).toEqual(ids.map((id) => [id, null, null]));
    expect(rows.map(({ decided }) => decided)).toEqual(["passed", "not_passed", "passed"]);
    expect(rowsOf(seated, given).every(({ decided }) => decided === null)).toBe(true);
  });

  it("are told so in the table, and how many of each above it", async () => {
    const drawn = await renderToString(createSSRApp({ render: () => h(ResultTable, { poll, result }) }).use(i18n));
    expect(drawn.match(/data-decided="[a-z_]+"/g)).toEqual(ids.map((id) => `data-decided="${verdicts[id] ?? ""}"`));
    expect([...drawn.matchAll(/class="([a-z]+) fill"/g)].map(([, fill]) => fill)).toEqual(["elected", "other", "elected"]);
    expect([drawn.includes("未通过"), drawn.includes(t("result.column.place", {}))]).toEqual([true, false]);
    const said = await renderToString(createSSRApp({ render: () => h(OutcomeText, { poll, result, full: true }) }).use(i18n));
    expect(said).toContain(`逐项表决，各须 ${result.outcome.majority} 票：通过 2 项，未通过 1 项。`);
    expect(said).not.toContain("outcome-next");
  });

  it("need the majority whatever floor projects have, and fill no seats", () => {
    expect([neededOf(poll, 126), neededOf({ ...seated, rules: free }, 126)]).toEqual([126, null]);
    expect(ruleOf(poll, t)).toBe("3 项逐项表决，各自通过或不通过");
    expect([viewOf(poll).competes, viewOf(seated).competes, viewOf({ kind: "choose", seats: 0 }).competes]).toEqual([false, true, true]);
  });

  it("may be put from the console, and by no poll that follows another", () => {
    expect([leastSeats("approve_each", null), leastSeats("approve_each", "second_round"), leastSeats("choose", null)]).toEqual([0, 1, 1]);
  });
});
