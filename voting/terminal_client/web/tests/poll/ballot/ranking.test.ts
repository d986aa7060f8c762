import { describe, expect, it } from "vitest";

import { answersOf, questionsOf } from "@/poll/ballot/questions";
import { orderOf, ranked, tapped, unranked } from "@/poll/ballot/ranking";
import { ranking } from "../../fixtures/kinds";

const poll = ranking("open", 12);
const inOrder = (...options: string[]) => options.reduce(tapped, {});

describe("ranking by tapping", () => {
  it("gives the places in the order of the taps", () => {
    expect(inOrder("p3", "p1", "p12")).toEqual({ p3: "1", p1: "2", p12: "3" });
  });

  it("takes a place back, and lets those behind it move up", () => {
    expect(tapped(inOrder("p3", "p1", "p12"), "p1")).toEqual({ p3: "1", p12: "2" });
    expect(tapped(inOrder("p3", "p1", "p12"), "p3")).toEqual({ p1: "1", p12: "2" });
  });

  it("puts an option that is tapped once more at the end", () => {
    expect(orderOf(tapped(tapped(inOrder("p3", "p1"), "p3"), "p3"))).toEqual(["p1", "p3"]);
  });

  it("orders by number, not by text", () => {
    const all = poll.options.map(({ id }) => id).reverse();
    expect(orderOf(ranked(all))).toEqual(all);
  });

  it("says how many are left", () => {
    expect(unranked(poll, {})).toBe(12);
    expect(unranked(poll, inOrder("p3", "p1"))).toBe(10);
    expect(unranked(poll, ranked(poll.options.map(({ id }) => id)))).toBe(0);
  });
});

describe("a ranking told to the tally", () => {
  it("is one question that goes through the shuffles, with a number per option", () => {
    const titles = poll.options.map(({ title }) => title);
    expect(questionsOf(poll)).toEqual([
      { text: poll.title, answers: titles, mixed: true, use: { use: "rank", places: 12 } },
    ]);
  });

  it("holds the place of each option, in the order of the ballot", () => {
    expect(answersOf(ranking("open", 3), inOrder("p3", "p1", "p2"))).toEqual([[2, 3, 1]]);
  });
});
