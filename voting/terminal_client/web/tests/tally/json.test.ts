import { describe, expect, test, vi } from "vitest";

import { fromBase64, toBase64, toBase64Unpadded, utf8 } from "../../tally/bytes";
import { BALLOT_FORM, EVENT_FORM, readForm, TRUSTEES_FORM } from "../../tally/forms";
import { Reader } from "../../tally/json";
import { readTar, writeTar } from "../../tally/board/container";
import { refusal } from "./helpers";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const READER = new Reader();

describe("a document", () => {
  test.each([
    ["a space", '{"a": 1}'],
    ["a line break at the end", '{"a":1}\n'],
    ["a key twice", '{"a":1,"a":1}'],
    ["a needless escape", '{"a":"\\u0041"}'],
    ["a fraction without need", '{"a":1.0}'],
    ["a number that loses digits", '{"a":9007199254740993}'],
    ["minus zero", '{"a":-0}'],
  ])("with %s is not canonical", (_what, text) => {
    expect(refusal(() => READER.document(utf8(text)))).toBe("document_not_canonical");
  });

  test.each([
    ["not JSON", utf8("{")],
    ["empty", utf8("")],
    ["not UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
    ["marked with a byte order", Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
    ["nested without end", utf8("[".repeat(500_000) + "]".repeat(500_000))],
  ])("that is %s is malformed", (_what, raw) => {
    expect(refusal(() => READER.document(raw))).toBe("document_malformed");
  });
});

describe("a form", () => {
  test.each([
    ["fields in another order", '{"type":"Setup","height":0}', EVENT_FORM],
    ["an unknown field", '{"height":0,"type":"Setup","more":1}', EVENT_FORM],
    ["a negative number", '{"height":-1,"type":"Setup"}', EVENT_FORM],
    ["a text for a number", '{"height":"0","type":"Setup"}', EVENT_FORM],
    ["half a character", '{"height":0,"type":"\\ud800"}', EVENT_FORM],
    ["an array for an object", "[]", BALLOT_FORM],
    ["an unknown tag", '[["Double",{}]]', TRUSTEES_FORM],
    ["an inherited tag", '[["toString",{}]]', TRUSTEES_FORM],
  ])("refuses %s", (_what, text, form) => {
    expect(refusal(() => readForm(utf8(text), form))).toBe("document_malformed");
  });

  test("accepts optional fields, present and absent", () => {
    readForm(utf8('{"height":0,"type":"Setup"}'), EVENT_FORM);
    readForm(utf8('{"parent":"00","height":1,"type":"Ballot","payload":"01"}'), EVENT_FORM);
    expect(READER.scalar("0", 5n)).toBe(0n);
    for (const text of ["5", "05", "-1", "", "1e3"]) {
      expect(refusal(() => READER.scalar(text, 5n))).toBe("document_malformed");
    }
  });
});

test("base64 is read only as it is written", () => {
  const bytes = Uint8Array.of(251, 255, 190, 0);
  expect([toBase64(bytes), toBase64Unpadded(bytes)]).toEqual(["+/++AA==", "+/++AA"]);
  expect(fromBase64("+/++AA==")).toEqual(bytes);
  for (const text of ["+/++AA", "+/++AB==", "-_--AA==", "+/++AA== "]) expect(() => fromBase64(text)).toThrow(RangeError);
});

test("a container is read only as it is written", () => {
  const entries = [{ name: "one", content: utf8("1") }, { name: "two", content: new Uint8Array(512) }];
  const data = writeTar(entries, 7);
  expect(readTar(data)).toEqual({ entries, timestamp: 7 });
  for (const at of [0, 101, 130, 140, 150, 157, 257, 345, 513]) {
    const changed = data.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => readTar(changed), `byte ${at}`).toThrow(RangeError);
  }
  expect(() => readTar(data.slice(0, -1))).toThrow(RangeError);
  expect(() => writeTar([{ name: "x".repeat(100), content: utf8("") }], 7)).toThrow(RangeError);
  expect(() => writeTar(entries, -1)).toThrow(RangeError);
});
