import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { fingerprintWords, keyFingerprint, ONE_SIDE_FIXED, receiptWords } from "@/kit/fingerprints";

interface Vector {
  readonly value: string;
  readonly words: string;
  readonly pinyin: string;
}

const file = resolve(import.meta.dirname, "../../../../../tests/words/fingerprint_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as readonly Vector[];

describe("the words of a fingerprint", () => {
  it.each(vectors)("are those that Python makes of $value", ({ value, words, pinyin }) => {
    const made = fingerprintWords(value);
    expect(made.map(({ text }) => text).join(" ")).toBe(words);
    expect(made.map((word) => word.pinyin).join(", ")).toBe(pinyin);
  });

  it("are six where one side is fixed: the first of the twelve", () => {
    const value = "5f".repeat(32);
    expect(fingerprintWords(value, ONE_SIDE_FIXED)).toEqual(fingerprintWords(value).slice(0, 6));
  });

  it("are noted of a receipt in one line", () => {
    const { value, words } = vectors.at(-1) as Vector;
    expect(receiptWords(value)).toBe(words.split(" ").slice(0, 6).join(" "));
  });

  it("of a key are those of its text's SHA-256", () => {
    expect(keyFingerprint("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it.each(["", "ab", "g".repeat(64), "A".repeat(64), "a".repeat(42), "a".repeat(44)])("are none of %o", (value) => {
    expect(() => fingerprintWords(value)).toThrow(RangeError);
  });

  it.each([0, 13])("are one to twelve, not %i", (count) => {
    expect(() => fingerprintWords("00".repeat(32), count)).toThrow(/twelve/);
  });
});
