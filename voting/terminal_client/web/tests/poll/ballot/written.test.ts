import { describe, expect, it } from "vitest";

import { forsLeft, forsMissing, marked, type Marks } from "@/poll/ballot/choice";
import { answersOf, questionsOf, sameQuestions } from "@/poll/ballot/questions";
import { bytesLeft, charactersLeft, matching, namesLeft, namesOn, noMoreNames, struck, written } from "@/poll/ballot/written";
import { isMixed } from "@/tally/ballots/questions";
import { readPaper } from "@/tally/ballots/singly";
import { approveEach, election, electionWithNames, ELIGIBLE, ranking } from "../../fixtures/kinds";
import { forAtMost, RULES } from "../../fixtures/frozen";

const free = { rules: { ...RULES, ballots: { ...RULES.ballots, write_in_after: "any" as const } } };
const anyName = electionWithNames("open", [], { write_in_bytes: 12, ...free });
const listed = electionWithNames("open", ELIGIBLE, free);

/** The ballot with these names; fails the test when one is refused. */
function adding(poll: typeof anyName, marks: Marks, ...names: string[]): Marks {
  return names.reduce<Marks>((so, name) => {
    const next = written(poll, so, name);
    if (typeof next === "string") throw new Error(`${name}: ${next}`);
    return next;
  }, marks);
}

/** What the scrutineers would read. */
function read(poll: typeof anyName, marks: Marks) {
  const [question] = questionsOf(poll);
  if (!question || !isMixed(question) || question.use?.use !== "write_in") throw new Error("not a paper");
  return readPaper(question.use, answersOf(poll, marks)[0] ?? []);
}

describe("a name written in", () => {
  it("stands on the ballot until it is struck out", () => {
    const marks = adding(anyName, { c1: "for" }, "示例人甲", "示例人乙");
    expect(namesOn(marks)).toEqual(["示例人甲", "示例人乙"]);
    expect(namesLeft(anyName, marks)).toBe(1);
    expect(namesOn(struck(marks, "示例人甲"))).toEqual(["示例人乙"]);
    expect(struck(marks, "示例人甲")).toMatchObject({ c1: "for" });
  });

  it("has one spelling", () => {
    expect(namesOn(adding(anyName, {}, " Ame\u0301 \u3000B "))).toEqual(["Amé B"]);
  });

  it.each([
    ["empty", "  \u3000"],
    ["candidate", "示例甲"],
    ["candidate", " 示 例\u3000甲 "],
    ["repeated", "示例 人丙"],
    ["too_long", "示例人名太长"],
    ["unreadable", "甲\u200b乙"],
    ["unreadable", "\ud800"],
  ])("is refused as %s: %j", (reason, name) => {
    expect(written(anyName, adding(anyName, {}, "示例人丙"), name)).toBe(reason);
  });

  it("must be on the list where there is one", () => {
    expect(namesOn(adding(listed, {}, "示例代表007"))).toEqual(["示例代表007"]);
    expect(written(listed, {}, "示例代表999")).toBe("unreadable");
  });

  it("finds no room when all are used", () => {
    const poll = electionWithNames("open", ELIGIBLE, { max_write_ins: 1, ...free });
    expect(written(poll, adding(poll, {}, "示例代表001"), "示例代表002")).toBe("no_room");
  });

  it("counts in bytes and tells in Chinese characters", () => {
    expect([bytesLeft(anyName, "甲"), charactersLeft(anyName, "甲")]).toEqual([9, 3]);
    expect([bytesLeft(anyName, "甲乙丙丁A"), charactersLeft(anyName, "甲乙丙丁A")]).toEqual([-1, 0]);
  });

  it("is found by a part of it, spaces aside", () => {
    expect(matching(["王 小明", "王伟", "Li Wei"], "王小")).toEqual(["王 小明"]);
    expect(matching(["王 小明", "王伟", "Li Wei"], "liw")).toEqual(["Li Wei"]);
    expect(matching(["王 小明", "王伟"], "")).toEqual(["王 小明", "王伟"]);
  });
});

describe("“for” and names written in together", () => {
  const two = electionWithNames("open", [], { seats: 2, max_choices: 2, max_write_ins: 2, write_in_bytes: 12, ...free });

  it("are no more than the ballot may elect", () => {
    const marks = adding(two, { c1: "for" }, "示例人甲");
    expect(forsLeft(two, marks)).toBe(0);
    expect(marked(two, marks, "c2", "for")).toBe("full");
    expect(written(two, marks, "示例人乙")).toBe("full");
    expect([namesLeft(two, marks), noMoreNames(two, marks)]).toEqual([0, "full"]);
    expect([namesLeft(two, {}), noMoreNames(two, {})]).toEqual([2, null]);
    expect(marked(two, marks, "c2", "against")).toEqual({ ...marks, c2: "against" });
  });

  it("are limited in an equal election too", () => {
    const equal = electionWithNames("open", [], { seats: 5, max_write_ins: 5, write_in_bytes: 5, ...free });
    const all = Object.fromEntries(equal.options.map(({ id }) => [id, "for"]));
    expect(written(equal, all, "甲")).toBe("full");
  });

  it("have no limit where a ballot for too many counts", () => {
    expect(forsLeft({ ...two, max_choices: 5, limit: null }, { c1: "for", c2: "for" })).toBeNull();
  });

  it("say how many are missing where fewer would void the ballot", () => {
    const rules = { ...RULES, ballots: { ...free.rules.ballots, under: "void" as const } };
    expect(forsMissing(two, {})).toBe(0);
    expect(forsMissing({ ...two, rules }, { c1: "for" })).toBe(1);
    expect(forsMissing({ ...two, rules }, adding(two, { c1: "for" }, "示例人甲"))).toBe(0);
  });
});

describe("a name where only who is against a candidate may add one", () => {
  const asking = electionWithNames("open", [], { write_in_bytes: 12 });
  const unset = { ...asking, rules: { ...RULES, ballots: { ...RULES.ballots, write_in_after: undefined } } };

  it.each([[{}], [{ c1: "for" }], [{ c1: "abstain", c2: "abstain" }]])("is refused on a ballot against nobody: %j", (marks) => {
    expect(written(asking, marks, "示例人甲")).toBe("no_against");
    expect([namesLeft(asking, marks), noMoreNames(asking, marks)]).toEqual([0, "no_against"]);
    expect(namesOn(adding(unset, marks, "示例人甲"))).toEqual(["示例人甲"]);
  });

  it("stands once for each that the ballot is against", () => {
    const one = adding(asking, { c1: "against", c2: "for" }, "示例人甲");
    expect(written(asking, one, "示例人乙")).toBe("no_against");
    const two = marked(asking, one, "c3", "against");
    expect(two).not.toBe("named");
    expect(namesOn(adding(asking, two as Marks, "示例人乙"))).toEqual(["示例人甲", "示例人乙"]);
  });

  it.each(["against", "for", "abstain"])("keeps the “against” it needs when “%s” is pressed", (mark) => {
    const one = adding(asking, { c1: "against", c2: "for" }, "示例人甲");
    expect(marked(asking, one, "c1", mark)).toBe("named");
    expect(marked(asking, struck(one, "示例人甲"), "c1", mark)).not.toBe("named");
    expect(marked(unset, one, "c1", mark)).not.toBe("named");
    expect(marked(asking, { ...one, c3: "against" }, "c1", mark)).not.toBe("named");
  });
});

describe("a paper told to the tally", () => {
  it("is one question with all candidates and the room for names", () => {
    expect(questionsOf(listed)).toEqual([
      {
        text: listed.title,
        answers: ["示例甲/示例乙/示例丙/示例丁", "示例戊", "+1.1", "+1.2", "+2.1", "+2.2", "+3.1", "+3.2", "+4.1", "+4.2"],
        mixed: true,
        use: {
          use: "write_in",
          candidates: ["示例甲", "示例乙", "示例丙", "示例丁", "示例戊"],
          roster: ELIGIBLE,
          writeIns: 4,
          textBytes: 0,
        },
      },
    ]);
  });

  it("is read as it was marked, with names from the list by their place", () => {
    const marks = adding(listed, { c1: "for", c2: "against", c5: "abstain" }, "示例代表251", "示例代表007");
    expect(read(listed, marks)).toEqual({ marks: [1, 2, 0, 0, 3], writeIns: [251, 7] });
  });

  it("is read as it was marked, with names as text", () => {
    expect(read(anyName, adding(anyName, {}, "示例人甲"))).toEqual({ marks: [0, 0, 0, 0, 0], writeIns: ["示例人甲"] });
  });

  it("holds marks alone where being for too many voids a ballot", () => {
    const each = approveEach("open", 6, forAtMost(3));
    expect(read(election("open", 5), { c1: "for" })).toEqual({ marks: [1, 0, 0, 0, 0], writeIns: [] });
    expect(read(each, { p6: "abstain" })).toEqual({ marks: [0, 0, 0, 0, 0, 3], writeIns: [] });
  });

  it("is used exactly where sums would not do", () => {
    const equal = election("open", 5, { seats: 5, max_choices: 5, limit: null, read_singly: false });
    const singly = [ranking("open"), anyName, election("open", 5), approveEach("open", 6, forAtMost(3))];
    expect(singly.map((poll) => questionsOf(poll).every((question) => "use" in question))).toEqual([true, true, true, true]);
    expect([equal, approveEach("open")].map((poll) => questionsOf(poll).length)).toEqual([5, 6]);
  });

  it("is another question when candidates, list, room for names or bytes differ", () => {
    const shown = questionsOf(listed);
    const others = [
      { ...listed, eligible: ELIGIBLE.slice(1) },
      { ...listed, eligible: [...ELIGIBLE].reverse() },
      { ...listed, max_write_ins: 3 },
      { ...listed, eligible: [], write_in_bytes: 2 },
      { ...listed, options: listed.options.toReversed() },
      { ...listed, title: "另一题" },
    ];
    expect(sameQuestions(questionsOf(structuredClone(listed)), shown)).toBe(true);
    expect(others.map((other) => sameQuestions(questionsOf(other), shown))).toEqual(others.map(() => false));
    expect(sameQuestions(questionsOf(ranking("open", 12)), questionsOf(ranking("open", 11)))).toBe(false);
  });
});
