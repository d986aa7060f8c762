import { shallowRef } from "vue";
import { describe, expect, it } from "vitest";

import { countOf, forsLeft, left, marked, missing, ticks, touch, unmarked } from "@/poll/ballot/choice";
import { answersOf, questionsOf, sameQuestions } from "@/poll/ballot/questions";
import { useUndo } from "@/poll/ballot/undo";
import { motion, projects } from "../../fixtures/hall";
import { forAtMost } from "../../fixtures/frozen";
import { approveEach, election, evaluation } from "../../fixtures/kinds";

const poll = projects("open");
const ten = poll.options.slice(0, 10).map((option) => option.id);

describe("ticking", () => {
  it("counts down what is left", () => {
    expect(left(poll, [])).toBe(10);
    expect(left(poll, ten)).toBe(0);
  });

  it("one more than k is not possible", () => {
    expect(touch(poll, ten, "p11")).toBe("full");
  });

  it("again takes the tick away, also when all are used", () => {
    expect(touch(poll, ten, "p3")).toEqual(ten.filter((id) => id !== "p3"));
  });

  it("keeps the ballot's order whatever order was ticked", () => {
    expect(touch(poll, ["p7"], "p2")).toEqual(["p2", "p7"]);
  });
});

describe("a ballot", () => {
  it("may be cast blank where the rules allow fewer", () => {
    expect(missing(poll, [])).toBe(0);
  });

  it("says how many ticks are missing where fewer would void it", () => {
    expect(missing({ ...poll, min_choices: 10 }, ["p1", "p2"])).toBe(8);
  });

  it("is handed over as zeros and ones in the order of the options", () => {
    expect(answersOf(poll, ticks(["p1", "p12"]))).toEqual([[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]]);
    expect(answersOf(motion("open"), ticks(["against"]))).toEqual([[0, 1, 0]]);
  });
});

describe("marking option by option", () => {
  const each = approveEach("open", 3);

  it("replaces a mark, and takes it off when the same key is pressed again", () => {
    expect(marked(each, { p1: "for" }, "p1", "against")).toEqual({ p1: "against" });
    expect(marked(each, { p1: "for", p2: "abstain" }, "p1", "for")).toEqual({ p2: "abstain" });
  });

  it("counts down the “for” that are left, and allows no more than those", () => {
    const limited = election("open", 5, { seats: 2, ...forAtMost(2) });
    const two = { c1: "for", c2: "for" };
    expect(forsLeft(limited, { c1: "for" })).toBe(1);
    expect(marked(limited, two, "c3", "for")).toBe("full");
    expect(marked(limited, two, "c3", "against")).toEqual({ ...two, c3: "against" });
    expect(marked(limited, two, "c2", "abstain")).toEqual({ c1: "for", c2: "abstain" });
  });

  it("has no limit where one may be for all", () => {
    expect(forsLeft(each, { p1: "for" })).toBeNull();
    expect(forsLeft(poll, {})).toBeNull();
  });

  it("knows what is left without a mark", () => {
    expect(unmarked(each, { p2: "for" }).map(({ id }) => id)).toEqual(["p1", "p3"]);
    expect(countOf({ p1: "for", p2: "abstain", p3: "for" }, "for")).toBe(2);
  });

  it("is handed over as one answer per option, blank where nothing was pressed", () => {
    expect(answersOf(each, { p1: "for", p3: "abstain" })).toEqual([[1, 0, 0], [0, 0, 0], [0, 0, 1]]);
    expect(answersOf(evaluation("open", 2, 4), { s1: "dont_know", s2: "satisfied" })).toEqual([[0, 0, 0, 1], [1, 0, 0, 0]]);
  });
});

describe("the questions of the frozen election", () => {
  it("are one about all options where these are ticked", () => {
    expect(questionsOf(poll)).toMatchObject([{ text: poll.title, min: 0, max: 10 }]);
  });

  it("are one per option, with the marks in Chinese, where each is answered", () => {
    const asked = questionsOf(evaluation("open", 2, 4));
    expect(asked.map(({ answers }) => answers.join())).toEqual(Array(2).fill("满意,基本满意,不满意,不了解"));
    expect(asked).toMatchObject([{ min: 0, max: 1 }, { min: 0, max: 1 }]);
  });

  it("differ when anything differs", () => {
    const shown = questionsOf(approveEach("open", 3));
    expect(sameQuestions(structuredClone(shown), shown)).toBe(true);
    expect(sameQuestions(shown.slice(1), shown)).toBe(false);
    expect(sameQuestions(shown.map((one) => ({ ...one, answers: ["反对", "赞成", "弃权"] })), shown)).toBe(false);
    expect(sameQuestions(shown.map((one) => ({ ...one, max: 2 })), shown)).toBe(false);
    expect(sameQuestions(shown.map(({ text, answers }) => ({ text, answers, mixed: true, use: null })), shown)).toBe(false);
  });
});

describe("undo", () => {
  it("takes back change after change, and nothing beyond the first", () => {
    const value = shallowRef("");
    const { change, undo, undoable } = useUndo(value);
    change("a");
    change("ab");
    undo();
    expect([value.value, undoable.value]).toEqual(["a", true]);
    undo();
    undo();
    expect([value.value, undoable.value]).toEqual(["", false]);
  });
});
