import { describe, expect, it } from "vitest";

import en from "@/kit/words/en";
import type { Texts } from "@/kit/words/gathered";
import zh from "@/kit/words/zh";
import { PAGES } from "@/live/wire.gen";

function flat(tree: Texts, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[path + key, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  );
}

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const chinese = flat(zh);
const english = flat(en);

describe("the catalogues", () => {
  it("have the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it("have the same placeholders", () => {
    const differing = [...chinese].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? "").join(),
    );
    expect(differing).toEqual([]);
  });

  it("leave nothing blank", () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("hold no character that the message format reads as syntax", () => {
    expect([...chinese, ...english].filter(([, text]) => /[|@]/.test(text))).toEqual([]);
  });

  it.each(Object.keys(PAGES).filter((page) => page !== "index"))("name the page %s, and say on the door whose it is", (page) => {
    for (const texts of [chinese, english]) {
      expect(texts.has(`${page}.title`)).toBe(true);
      expect(texts.has(`${page}.door`)).toBe(true);
    }
  });
});
