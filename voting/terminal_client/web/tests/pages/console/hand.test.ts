import { describe, expect, it } from "vitest";

import { handRows, paperCandidates, papersOf, standsAlone, takesPapers } from "@/pages/console/by_hand/hand";
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

describe("a paper that stands alone", () => {
  const view = { ...mixed("open"), papers: { projects: { "042": "示例：终端故障" } } };

  it("is laid open in a secret poll, and not in a vote by name", () => {
    expect(standsAlone(view, samplePoll("open"))).toBe(true);
    expect(standsAlone(view, samplePoll("open", { secrecy: "recorded" }))).toBe(false);
  });

  it("is foreseen before it is handed out, and over with a second one", () => {
    expect(standsAlone({ ...view, papers: {} }, samplePoll("open"))).toBe(false);
    expect(standsAlone({ ...view, papers: {} }, samplePoll("open"), 1)).toBe(true);
    expect(standsAlone(view, samplePoll("open"), 1)).toBe(false);
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
