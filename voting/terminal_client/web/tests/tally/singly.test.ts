import { beforeAll, describe, expect, test, vi } from "vitest";

import { makeSecretElection, makeUuid, parseElection } from "../../tally/board/election";
import { makeCredential } from "../../tally/ballots/credential";
import { groupByName } from "../../tally/groups/choice";
import {
  ABSTAIN,
  AGAINST,
  FOR,
  paperLabels,
  paperSize,
  readPaper,
  readRanks,
  useFits,
  writePaper,
  type Use,
  type WriteIns,
} from "../../tally/ballots/singly";
import { systemRng } from "../../tally/groups/random";
import { readNamedAnswers, readResultPapers } from "../../tally/board/readings";
import { ready } from "../../tally/groups/sodium";
import { claimsFormat2, readTerms } from "../../tally/ballots/terms";
import { refusal } from "./helpers";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(ready);

const USE: WriteIns = {
  use: "write_in",
  candidates: ["示例候选人甲", "示例候选人乙", "示例候选人丙", "示例候选人丁", "示例候选人戊"],
  roster: Array.from({ length: 300 }, (_, i) => `示例代表${String(i + 1).padStart(3, "0")}`),
  writeIns: 2,
  textBytes: 9,
};
const MARKS = [FOR, AGAINST, ABSTAIN, 0, FOR];

describe("a paper with write-ins", () => {
  test("takes as many numbers as there are labels", () => {
    expect(paperSize(USE)).toBe(2 + 2 * 11);
    expect(paperLabels(USE)).toHaveLength(paperSize(USE));
    expect(useFits(USE, paperSize(USE))).toBe(true);
    expect(useFits(USE, paperSize(USE) + 1)).toBe(false);
  });

  test.each([[[]], [[300]], [["王小明"]], [[1, "李 四"]]])("keeps its marks and the names %j", (writeIns) => {
    const numbers = writePaper(USE, { marks: MARKS, writeIns });
    expect(readPaper(USE, numbers)).toEqual({ marks: MARKS, writeIns });
  });

  test("has one spelling for one name", () => {
    const numbers = writePaper(USE, { marks: MARKS, writeIns: [" Ame\u0301 \u3000B "] });
    expect(readPaper(USE, numbers).writeIns).toEqual(["Amé B"]);
  });

  test.each([
    ["a mark too few", { marks: MARKS.slice(1), writeIns: [] }],
    ["a mark that does not exist", { marks: [4, 0, 0, 0, 0], writeIns: [] }],
    ["three names", { marks: MARKS, writeIns: [1, 2, 3] }],
    ["nobody of the roster", { marks: MARKS, writeIns: [301] }],
    ["an empty name", { marks: MARKS, writeIns: [" "] }],
    ["a name too long", { marks: MARKS, writeIns: ["示例代表"] }],
  ])("cannot hold %s", (_what, paper) => {
    expect(() => writePaper(USE, paper)).toThrow(RangeError);
  });

  const slot = (...bytes: number[]): number[] => [...bytes, ...new Array<number>(11 - bytes.length).fill(0)];
  test.each([
    ["a mark behind the last candidate", [0, 4, ...slot(), ...slot()]],
    ["a number too few", [0, 0, ...slot()]],
    ["nobody of the roster", [0, 0, ...slot(1, 45), ...slot()]],
    ["a name in two ways at once", [0, 0, ...slot(0, 1, 65), ...slot()]],
    ["a name twice", [0, 0, ...slot(0, 0, 65), ...slot(0, 0, 65)]],
    ["what is not UTF-8", [0, 0, ...slot(0, 0, 255), ...slot()]],
    ["a space at the end", [0, 0, ...slot(0, 0, 65, 32), ...slot()]],
    ["an invisible character", [0, 0, ...slot(0, 0, 0xe2, 0x80, 0x8b), ...slot()]],
    ["a zero inside", [0, 0, ...slot(0, 0, 65, 0, 65), ...slot()]],
  ])("is void with %s", (_what, numbers) => {
    expect(refusal(() => readPaper(USE, numbers))).toBe("paper_malformed");
  });
});

test("ranks are places, none twice and none beyond the last", () => {
  const use = { use: "rank", places: 3 } as const;
  expect(readRanks(use, [1, 0, 3])).toEqual([1, 0, 3]);
  for (const numbers of [[1, 1, 0], [4, 0, 0]]) expect(refusal(() => readRanks(use, numbers))).toBe("paper_malformed");
});

test.each([
  ["free text", false],
  ['{"rules":"first"}', false],
  ['{"terms":{"counted":"first"}}', false],
  ['{"terms":{"counted":"last"},"other":[1]}', true],
  ['{"other":[1],"terms":{"counted":"last"}}', false],
  [' {"terms":{"counted":"last"}}', false],
])("the description %s lets the last ballot count: %s", (description, lastCounts) => {
  expect(readTerms(description)).toEqual({ lastCounts });
});

test.each([
  '{"terms":{"counted":"both"}}',
  '{"terms":"last"}',
  '{"terms": {"counted":"last"}}',
  '{"terms":{"counted":"last","more":1}}',
  '{"terms":{"counted":"last"}',
])("the terms in %s are unclear", (description) => {
  expect(refusal(() => readTerms(description))).toBe("election_invalid");
});

test.each([
  ['{"format":2,"sitting":{}}', true],
  ['{"terms":{"counted":"first"},"format":2,"sitting":{}}', true],
  ['{"terms":{"counted":"last"},"format":2,"sitting":{}}', true],
  ['{"format":2}', false],
  ['{"format":20,"sitting":{}}', false],
  ['{"sitting":{},"format":2,"poll":{}}', false],
  ['{"format": 2,"sitting":{}}', false],
  [' {"format":2,"sitting":{}}', false],
])("the description %s claims our format 2: %s", (description, claimed) => {
  expect(claimsFormat2(description)).toBe(claimed);
});

describe("an election of many questions", () => {
  const group = (name: string) => groupByName(name);
  const made = (name: string, questions: Parameters<typeof makeSecretElection>[0]["questions"]): Uint8Array => {
    const fields = { uuid: makeUuid(systemRng), name: "示例", description: "", group: group(name) };
    return makeSecretElection({ ...fields, questions, publicKey: makeCredential(group(name), systemRng).public });
  };
  const mixed = (size: number) => ({
    text: "示例",
    answers: Array.from({ length: size }, (_, i) => `示例项目${i}`),
    mixed: true as const,
    use: null,
  });
  const plain = (size: number) => ({ text: "示例", answers: mixed(size).answers, min: 0, max: 1 });

  test("has no one question", () => {
    const election = parseElection(made("Ed25519", [plain(3), mixed(30)]));
    expect(election.mixed).toEqual([1]);
    expect(() => election.question).toThrow(RangeError);
  });

  test.each([
    ["no question", "Ed25519", []],
    ["more numbers than an element carries", "Ed25519", [mixed(31)]],
    ["numbers in a group that carries none", "BELENIOS-2048", [mixed(1)]],
    ["more answers than a ballot can hold", "Ed25519", [plain(200), plain(51)]],
    ["more questions than a ballot can hold", "Ed25519", Array.from({ length: 101 }, () => plain(1))],
  ])("is refused with %s", (_what, name, questions) => {
    expect(refusal(() => made(name, questions))).toBe("election_invalid");
  });
});

describe("the papers of a result are read by what their questions state", () => {
  const question = (use: Use | null) => ({ text: "示例", answers: ["甲", "乙", "丙"], mixed: true as const, use });
  const summed = { text: "示例", answers: ["赞成", "反对"], min: 0, max: 1 };

  test("ranks, names and numbers, and which cannot be read", () => {
    const numbers = writePaper(USE, { marks: MARKS, writeIns: [300, "王小明"] });
    const questions = [summed, question({ use: "rank", places: 3 }), question(USE), question(null)];
    const result = [[7, 2], [[2, 3, 1], [1, 1, 2]], [numbers], [[9, 0, 255]]];
    expect(readResultPapers(questions, result)).toEqual([
      null,
      [{ kind: "ranks", ranks: [2, 3, 1] }, { kind: "unreadable", why: "a place is given twice or does not exist" }],
      [{ kind: "marks", marks: MARKS, names: ["示例代表300", "王小明"] }],
      [{ kind: "numbers", numbers: [9, 0, 255] }],
    ]);
    expect(readNamedAnswers(questions.slice(0, 2), [[1, 0], [0, 1, 2]])).toEqual([null, { kind: "ranks", ranks: [0, 1, 2] }]);
  });
});
