import { describe, expect, it } from "vitest";
import { isName, NAME_RANGES, normalName } from "@/tally/ballots/names";

describe("a name", () => {
  it.each(["示例代表001", "示例𠮷·𬱖㛃", "Example 示例", "\u{31350}示例", "ئۇيغۇر", "བཀྲ་ཤིས", "ꆈꌠ"])("may be %s", (name) => {
    expect(isName(name)).toBe(true);
  });

  it.each(["", " ", "示例 ", "示\u3000例", "示\n例", "\u202e示例", "示\u200b例", "示\u{e0100}例", "\ue000", "e\u0301", "😀", "\uf900"])(
    "is not %j",
    (text) => {
      expect(isName(text)).toBe(false);
    },
  );

  it("has one spelling", () => {
    expect(normalName(" 示\u3000 例e\u0301 ")).toBe("示 例é");
  });

  it("takes the ends of every range and nothing beside them", () => {
    const listed = (point: number): boolean => NAME_RANGES.some(([first, last]) => first <= point && point <= last);
    for (const [first, last] of NAME_RANGES) {
      for (const point of [first - 1, first, last, last + 1]) {
        const text = `示${String.fromCodePoint(point)}例`;
        if (text === normalName(text)) expect(isName(text), point.toString(16)).toBe(listed(point));
      }
    }
  });
});
