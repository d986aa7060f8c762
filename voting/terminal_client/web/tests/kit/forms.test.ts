import kinds from "@words/zh/kinds.json";
import { describe, expect, it } from "vitest";

import { formKey, formsOf, problemsAnywhere, problemsInForm, wordOf } from "@/kit/words/forms";

const idle = { other: "未投票", "motion.electronic": "未按表决器" };

describe("the forms of a text", () => {
  it("are the most specific one for each kind and way", () => {
    const { made } = formsOf({ made: { other: "a", by_hand: "b", rank: "c", "rank.by_hand": "d" } }, kinds, idle);
    expect([made.choose.mixed, made.choose.by_hand, made.rank.mixed, made.rank.by_hand]).toEqual(["a", "b", "c", "d"]);
  });

  it("have the kind's words in their places, and leave parameters alone", () => {
    const { made } = formsOf({ made: "{verb} {n} {unit}，{idle}" }, kinds, idle);
    expect(made.election.electronic).toBe("当选 {n} 名，未投票");
    expect(made.motion.electronic).toBe("通过 {n} 项，未按表决器");
  });

  it("are found by code, kind and way", () => {
    expect(formKey("elected", "rank")).toBe("elected.rank.electronic");
    expect(formKey("elected", "rank", "mixed")).toBe("elected.rank.mixed");
  });

  it("are told of a problem by place and case", () => {
    const texts = { made: { file: "a", form: "b", "form.title": "c", other: "d" }, plain: "e", elsewhere: { file: "f", other: "g" } };
    expect(problemsAnywhere(texts)).toEqual({ made: "d", plain: "e", elsewhere: "g" });
    expect(problemsInForm(texts)).toEqual({ made: { title: "c", other: "b" }, plain: { other: "e" }, elsewhere: { other: "g" } });
  });

  it("name one word of every kind", () => {
    expect(wordOf(kinds, "verb").election).toBe("当选");
  });
});
