import { describe, expect, it } from "vitest";

import { choicesOf, left, missing, touch } from "@/seat/choice";
import { motion, projects } from "../fixtures/hall";

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
    expect(choicesOf(poll, ["p1", "p12"])).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(choicesOf(motion("open"), ["against"])).toEqual([0, 1, 0]);
  });
});
