import { describe, expect, it } from "vitest";

import { fewPapers, handRows, paperCandidates, papersOf, takesPapers } from "@/pages/console/by_hand/hand";
import PaperDialog from "@/pages/console/by_hand/PaperDialog.vue";
import PapersPanel from "@/pages/console/by_hand/PapersPanel.vue";
import StepDialog from "@/pages/console/presiding/StepDialog.vue";
import { i18n } from "@/kit/words";
import type { ConsoleView, PollView } from "@/live/wire.gen";
import { onConsole } from "../../fixtures/drawn";
import { RULES } from "../../fixtures/frozen";
import { samplePeople, samplePoll } from "../../fixtures/console";
import { byHand, HANDS, mixed, PAPERS } from "../../fixtures/more_polls";

describe("papers beside the terminals", () => {
  it("are listed in roster order with their reasons", () => {
    const listed = papersOf(mixed("open"), "projects");
    expect(listed.map(({ person, reason }) => [person.number, reason])).toEqual(Object.entries(PAPERS).sort());
    expect(papersOf(mixed("open"), "resolution")).toEqual([]);
  });

  it("go to signed-in delegates without one, never to observers", () => {
    const people = samplePeople({ "043": "absent" });
    const view = { ...mixed("open"), people };
    const found = paperCandidates(view, "projects", "04").map(({ number }) => number);
    expect(found).toContain("041");
    expect(found).not.toContain("042");
    expect(found).not.toContain("043");
    expect(paperCandidates(view, "projects", "列席")).toEqual([]);
    expect(paperCandidates(view, "projects", " ")).toEqual([]);
  });

  it("are handed out in mixed polls only, before they close", () => {
    expect(takesPapers(samplePoll("prepared", { medium: "mixed" }))).toBe(true);
    expect(takesPapers(samplePoll("open", { medium: "mixed" }))).toBe(true);
    expect(takesPapers(samplePoll("closed", { medium: "mixed" }))).toBe(false);
    expect(takesPapers(samplePoll("open"))).toBe(false);
  });
});

describe("papers so few that they tell how those few voted", () => {
  const NUMBERS = Object.values(samplePeople()).map(({ number }) => [number, "示例：终端故障"] as const);
  const asking = (least_secret?: number, more: Partial<PollView> = {}): PollView =>
    samplePoll("open", { medium: "mixed", rules: { ...RULES, ballots: { ...RULES.ballots, least_secret } }, ...more });
  const out = (n: number): ConsoleView => ({ ...mixed("open"), papers: { projects: Object.fromEntries(NUMBERS.slice(0, n)) } });

  it("are from one to one less than the rules let anybody open", () => {
    const told = [0, 1, 2, 3, 4, 5, 6].map((n) => fewPapers(out(n), asking(5)));
    expect(told).toEqual([null, ...[1, 2, 3, 4].map((n) => ({ n, least: 5 })), null, null]);
    expect(fewPapers(out(2), asking(3))).toEqual({ n: 2, least: 3 });
  });

  it("are a single one where the rules ask for no number, as those frozen earlier do", () => {
    for (const rules of [asking(undefined), asking(1)]) {
      expect([0, 1, 2].map((n) => fewPapers(out(n), rules))).toEqual([null, { n: 1, least: 2 }, null]);
    }
  });

  it("are foreseen before one more is handed out, and told of no vote by name", () => {
    expect(fewPapers(out(0), asking(5), 1)).toEqual({ n: 1, least: 5 });
    expect(fewPapers(out(4), asking(5), 1)).toBeNull();
    expect(fewPapers(out(1), asking(5, { secrecy: "recorded" }))).toBeNull();
  });

  it.each(["zh", "en"] as const)("are told in their number wherever a step depends on them, in %s", async (locale) => {
    i18n.global.locale.value = locale;
    const poll = asking(5);
    const few = i18n.global.t("console.hand.papers.few", { n: 3, least: 5 });
    expect(few).toMatch(/3.*5/);
    expect(await onConsole(out(3), PapersPanel, { poll })).toContain(few);
    expect(await onConsole(out(5), PapersPanel, { poll })).not.toContain("few-papers");
    expect(await onConsole(out(3), PapersPanel, { poll: { ...poll, state: "closed" } })).not.toContain("few-papers");
    for (const step of ["open", "close"]) {
      expect(await onConsole(out(3), StepDialog, { step, poll })).toContain(few);
      expect(await onConsole(out(5), StepDialog, { step, poll })).not.toContain("few-papers");
    }
    const before = i18n.global.t("console.hand.papers.notSecret", { n: 4, least: 5 });
    expect(await onConsole(out(3), PaperDialog, { poll, delegate: null })).toContain(before);
    expect(await onConsole(out(4), PaperDialog, { poll, delegate: null })).not.toContain("paper-not-secret");
    i18n.global.locale.value = "zh";
  });
});

describe("figures counted by hand", () => {
  it("are shown in the order of the ballot, added names last", () => {
    const poll = byHand("closed", HANDS).hall.polls["projects"] ?? samplePoll("closed");
    const figures = { ...HANDS.figures, votes: { ...HANDS.figures.votes, 示例戊: 2 }, write_ins: ["示例戊"] };
    const rows = handRows(poll, { ...HANDS, figures });
    expect(rows.map(({ id, votes, writeIn }) => [id, votes, writeIn])).toEqual([
      ["for", 203, false], ["against", 21, false], ["abstain", 19, false], ["示例戊", 2, true],
    ]);
  });

  it("leave out what a kind does not have", () => {
    const subject = { id: "s1", title: "示例局", illustrative: true };
    const figures = { ...HANDS.figures, votes: {}, levels: { s1: [180, 40, 8] } };
    const [row] = handRows(samplePoll("closed", { kind: "evaluation", options: [subject] }), { ...HANDS, figures });
    expect(row).toMatchObject({ votes: null, against: null, levels: [180, 40, 8] });
  });
});
