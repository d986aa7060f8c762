import { describe, expect, it } from "vitest";

import { allowedOr, hasField, isFixed, rulebookOf, usualRulebook } from "@/pages/console/compose/allowed";
import {
  allowedTo, draftOf, emptyForm, followingForm, freeId, isHeld, isPresentable, mostSeats, openTexts, rulesOf, type Form, type Setting,
} from "@/pages/console/compose/form";
import { linesIn, optionsOf, repeatedLine } from "@/pages/console/compose/lines";
import type { PollKind } from "@/live/wire.gen";
import { ALLOWED, RULES } from "../../fixtures/frozen";
import { samplePoll } from "../../fixtures/console";
import { BOOKS, ended, followUp, further, pollOf } from "../../fixtures/more_polls";

const view = further("planned", {});
const said = { rulebooks: BOOKS, allowed: view.allowed, allowedAfter: {} };
const setting: Setting = { item: "item2", hall: view.hall, ...said, follow: null };
const filled = (more: Partial<Form> = {}): Form => ({ ...emptyForm(setting), title: "关于某事的表决", ...more });
const following = (relation: "run_off" | "second_round" | "repeat"): Setting => ({
  item: "item3", hall: ended(relation).hall, ...said, allowedAfter: ended(relation).allowed_after, follow: followUp(relation),
});

describe("pasted options", () => {
  it("are one per line, without numbering", () => {
    const text = "1. 道路改善\n2、便捷停车\r\n（3）学校扩容\n四、健康关爱\n\n  · 帮扶助困  \n5）全民健身";
    expect(linesIn(text)).toEqual(["道路改善", "便捷停车", "学校扩容", "健康关爱", "帮扶助困", "全民健身"]);
  });

  it("keep numbers that belong to the text", () => {
    expect(linesIn("3.5公里道路\n2022年度项目\n12号线\n一体化门诊")).toEqual(["3.5公里道路", "2022年度项目", "12号线", "一体化门诊"]);
  });

  it("keep known identifiers and never reuse one that is taken", () => {
    const known = [{ id: "o2", title: "乙", illustrative: true }];
    const options = optionsOf(["甲", "乙", "丙"], known, new Set(["o1"]));
    expect(options.map(({ id, title }) => [id, title])).toEqual([["o3", "甲"], ["o2", "乙"], ["o4", "丙"]]);
    expect(options[1]?.illustrative).toBe(true);
  });

  it("that repeat an earlier line are found", () => {
    expect(repeatedLine(["甲", "乙", "甲"])).toBe("甲");
    expect(repeatedLine(["甲", "乙"])).toBeNull();
  });
});

describe("what the rules leave open", () => {
  it("is what the server says of the chosen rules and kind", () => {
    const book = filled({ kind: "choose", rules: "zhejiang-county" });
    expect(allowedTo(book, setting)).toEqual({ secrecies: ["secret"], media: ["electronic", "by_hand"] });
    expect(allowedTo(filled(), setting).secrecies).toEqual(["secret", "recorded"]);
    expect(allowedOr("mixed", allowedTo(book, setting).media)).toBe("electronic");
  });

  it("is what the server says of the poll that is followed, whatever rulebooks there are", () => {
    const after = { projects: { secrecies: ["secret" as const], media: ["electronic" as const] } };
    expect(allowedTo(followingForm(followUp("repeat")), { ...following("repeat"), allowedAfter: after })).toEqual(after.projects);
  });

  it("is everything where the server says nothing of the rules", () => {
    expect(allowedTo(filled({ rules: "unknown" }), setting)).toEqual({
      secrecies: ["secret", "recorded"], media: ["electronic", "mixed", "by_hand"],
    });
  });

  it("starts with the rules that polls of the kind have, found whatever the order of their settings", () => {
    const shuffledKeys = Object.fromEntries(Object.entries(BOOKS["township"] ?? RULES).reverse()) as typeof RULES;
    expect(rulebookOf(shuffledKeys, BOOKS)).toBe("township");
    const polls = [samplePoll("open", { rules: BOOKS["guangdong-province"] }), samplePoll("open", { kind: "motion", rules: shuffledKeys })];
    expect(usualRulebook("motion", polls, BOOKS)).toBe("township");
    expect(usualRulebook("election", polls, BOOKS)).toBe("guangdong-province");
    expect(usualRulebook("motion", [], BOOKS)).toBe("national");
    expect(usualRulebook("motion", [], {})).toBe("");
  });

  it("gives a kind only its own fields", () => {
    const fields = (kind: PollKind) =>
      (["options", "seats", "post", "writeIns", "eligible", "text"] as const).filter((field) => hasField(field, kind, null));
    expect(fields("motion")).toEqual(["text"]);
    expect(fields("evaluation")).toEqual(["options"]);
    expect(fields("choose")).toEqual(["options", "seats"]);
    expect(fields("election")).toEqual(["options", "seats", "post", "writeIns", "eligible"]);
  });

  it("locks what the first poll fixes: all of a run-off, not the candidates of a second round", () => {
    const open = (relation: "run_off" | "second_round" | "repeat") =>
      (["kind", "options", "seats", "rules", "secrecy", "title", "medium"] as const).filter((field) => !isFixed(field, relation));
    expect(open("run_off")).toEqual(["title", "medium"]);
    expect(open("repeat")).toEqual(["title", "medium"]);
    expect(open("second_round")).toEqual(["options", "seats", "title", "medium"]);
    expect(hasField("writeIns", "election", "run_off")).toBe(false);
  });
});

describe("a composed poll", () => {
  it("is a motion by the usual rules until something else is chosen", () => {
    expect(draftOf(filled(), setting, "added-3")).toEqual({
      id: "added-3", kind: "motion", title: "关于某事的表决", options: [], seats: 1, rules: "national", seconds: null,
      secrecy: "secret", medium: "electronic", write_ins: false, by_election: false, eligible: [], post: null, follows: null,
      amends: null, clause_of: null,
    });
  });

  it("has one seat less than options until a number is typed", () => {
    const form = filled({ kind: "choose", options: "甲\n乙\n丙" });
    expect(draftOf(form, setting, "x").seats).toBe(2);
    expect(draftOf({ ...form, seats: 1 }, setting, "x").seats).toBe(1);
    expect(draftOf({ ...form, options: "甲" }, setting, "x").seats).toBe(1);
  });

  it("forgets settings that its kind does not have", () => {
    const form = filled({
      kind: "election",
      options: "甲\n乙",
      writeIns: true,
      fromRoster: true,
      eligible: "丙\n丁",
      post: "deputy",
      seats: 1,
    });
    expect(draftOf(form, setting, "x")).toMatchObject({ write_ins: true, eligible: ["丙", "丁"], post: "deputy" });
    expect(draftOf({ ...form, fromRoster: false }, setting, "x").eligible).toEqual([]);
    const motion = draftOf({ ...form, kind: "motion" }, setting, "x");
    expect(motion).toMatchObject({ options: [], seats: 1, write_ins: false, eligible: [], post: null });
  });

  it("takes what the rules ask for over what was chosen before", () => {
    const form = filled({ kind: "choose", options: "甲\n乙", secrecy: "recorded", medium: "mixed", rules: "zhejiang-county" });
    expect(draftOf(form, setting, "x")).toMatchObject({ secrecy: "secret", medium: "electronic" });
    expect(draftOf({ ...form, kind: "motion" }, setting, "x")).toMatchObject({ secrecy: "recorded" });
  });

  it("has neither a voting time nor names when it is counted by hand", () => {
    const byHand = filled({ medium: "by_hand", seconds: 60, secrecy: "recorded" });
    expect(draftOf(byHand, setting, "x")).toMatchObject({ seconds: null, secrecy: "secret" });
    const recorded = {
      ...followUp("repeat"),
      kind: "motion" as const,
      options: [],
      medium: "by_hand" as const,
      secrecy: "recorded" as const,
    };
    const again = draftOf(followingForm(recorded), {
        ...following("repeat"),
        allowedAfter: { projects: ALLOWED.motion },
        follow: recorded,
      }, "x");
    expect(again.secrecy).toBe("recorded");
  });

  it("may amend a motion that has not begun", () => {
    expect(openTexts(setting).map(({ id }) => id)).toEqual(["resolution"]);
    const form = filled({ text: { poll: "resolution", as: "amends" } });
    expect(draftOf(form, setting, "x")).toMatchObject({ amends: "resolution", clause_of: null });
    expect(draftOf({ ...form, kind: "choose", options: "甲" }, setting, "x").amends).toBeNull();
  });

  it("is looked at once it has a question and, but for a motion, an option", () => {
    expect(isPresentable(emptyForm(setting))).toBe(false);
    expect(isPresentable(filled())).toBe(true);
    expect(isPresentable(filled({ kind: "rank" }))).toBe(false);
    expect(isPresentable(filled({ kind: "rank", options: "甲" }))).toBe(true);
  });

  it("is numbered on from the polls there are, past taken numbers", () => {
    expect(freeId(view.hall)).toBe("added-3");
    expect(freeId({ ...view.hall, polls: { "added-3": samplePoll("open"), b: samplePoll("open") } })).toBe("added-4");
  });
});

describe("a poll that follows another", () => {
  it.each(["run_off", "second_round", "repeat"] as const)("by %s asks for exactly what the server offered", (relation) => {
    const around = following(relation);
    const draft = followUp(relation);
    expect(draftOf(followingForm(draft), around, draft.id)).toEqual(draft);
  });

  it("keeps options and seats of a run-off whatever the form holds", () => {
    const around = following("run_off");
    const form = { ...followingForm(followUp("run_off")), options: "别的", title: "再次投票" };
    const draft = draftOf(form, around, "projects-2");
    expect(draft.options.map(({ id }) => id)).toEqual(["p9", "p10", "p11"]);
    expect(draft.title).toBe("再次投票");
  });

  it("gives new candidates of a second round identifiers that the first poll has not used", () => {
    const around = following("second_round");
    const form = { ...followingForm(followUp("second_round")), options: "全民健身设施\n新的项目" };
    const draft = draftOf(form, around, "projects-2");
    const first = around.hall.polls["projects"]?.options.map(({ id }) => id) ?? [];
    expect(draft.options[0]?.id).toBe("p8");
    expect(first).not.toContain(draft.options[1]?.id);
  });

  it("fills no more seats than are missing", () => {
    expect(mostSeats(following("second_round"), 5)).toBe(3);
    expect(mostSeats(following("second_round"), 2)).toBe(2);
    expect(mostSeats(setting, 5)).toBe(5);
  });

  it("is decided by the rules of the first poll", () => {
    expect(rulesOf(followingForm(followUp("run_off")), following("run_off"))).toEqual(BOOKS["national"]);
  });
});

describe("a pasted question", () => {
  it("is put on one line", () => {
    expect(draftOf(filled({ title: " 关于政府\n工作报告的\r\n 决议 " }), setting, "x").title).toBe("关于政府工作报告的决议");
    expect(draftOf(filled({ title: "On the\nreport" }), setting, "x").title).toBe("On the report");
  });
});

describe("a poll that is on the agenda already", () => {
  const draft = draftOf(filled({ kind: "choose", options: "甲\n乙\n丙" }), setting, "added-3");
  it("is recognised by question, options and seats", () => {
    const poll = pollOf(draft, view);
    expect(isHeld(poll, draft)).toBe(true);
    expect(isHeld(undefined, draft)).toBe(false);
    expect(isHeld({ ...poll, title: "别的" }, draft)).toBe(false);
    expect(isHeld({ ...poll, seats: 1 }, draft)).toBe(false);
    expect(isHeld({ ...poll, options: poll.options.slice(1) }, draft)).toBe(false);
  });
});
