import { describe, expect, it } from "vitest";

import { sortFiles, type FileLike } from "@/pages/verifier/files";
import { numberOf, SITTING_CHECKS } from "@/pages/verifier/sitting/checks";
import { MAX_SITTING_BYTES, NoContainer, readFiles } from "@/pages/verifier/sitting/container";
import { sittingVerdict, statesOf } from "@/pages/verifier/sitting/lines";
import { folderOf } from "@/pages/verifier/sitting/statement";
import type { SittingFound } from "@/pages/verifier/sitting/verification";
import en from "@/kit/words/en/verifier";
import zh from "@/kit/words/zh/verifier";

const file = (name: string, size: number): FileLike => ({ name, size, arrayBuffer: async () => new ArrayBuffer(0) });
const FOUND: SittingFound = { statement: null, fault: null, reservations: [], polls: new Map(), receipts: 0, covered: 0, onBoard: 0 };
const FAULT = { check: "sitting_roster", detail: "", poll: "", within: null } as const;

describe("the record of a sitting among the files", () => {
  it("may be larger than an archive, up to its own limit", () => {
    expect(sortFiles([file("SITTING.ZIP", MAX_SITTING_BYTES)]).problems).toEqual([]);
    const [problem] = sortFiles([file("sitting.zip", MAX_SITTING_BYTES + 1)]).problems;
    expect(problem).toEqual({ key: "too_large", params: { name: "sitting.zip", limit: 512 } });
  });

  it("names its limit when it is read", () => {
    const huge = { length: MAX_SITTING_BYTES + 1 } as Uint8Array;
    expect(() => readFiles(huge)).toThrow(new NoContainer("it is larger than 536870912 bytes"));
  });

  it("gives each poll a folder, by its id where that is a plain one", () => {
    expect([folderOf(1, "motion-2"), folderOf(12, "议案"), folderOf(100, "a")]).toEqual(["polls/01-motion-2", "polls/12", "polls/100-a"]);
  });
});

describe("the checks of a sitting", () => {
  const words = (states: ReturnType<typeof statesOf>): string[] => states.map(({ status }) => status);

  it("are numbered as they always were", () => {
    expect(SITTING_CHECKS.map(numberOf)).toEqual(Array.from({ length: 14 }, (_, i) => `Z${i + 1}`));
  });

  it("wait, run, pass, fail, or are not reached", () => {
    expect(new Set(words(statesOf(null, null)))).toEqual(new Set(["waiting"]));
    const running = statesOf({ check: "sitting_polls", done: 2, total: 7 }, null);
    expect(words(running)).toEqual([...Array(6).fill("passed"), "running", ...Array(7).fill("waiting")]);
    expect(running[6]).toMatchObject({ done: 2, total: 7 });
    expect(new Set(words(statesOf(null, FOUND)))).toEqual(new Set(["passed"]));
    const failed = statesOf(null, { ...FOUND, fault: FAULT });
    expect(words(failed)).toEqual([...Array(4).fill("passed"), "failed", ...Array(9).fill("not_reached")]);
  });

  it("come to a verdict of validity only when all hold and nothing is open", () => {
    expect(sittingVerdict(null, null)).toBe("waiting");
    expect(sittingVerdict({ check: "sitting_files", done: 0, total: 0 }, null)).toBe("running");
    expect(sittingVerdict(null, FOUND)).toBe("passed");
    expect(sittingVerdict(null, { ...FOUND, reservations: [{ code: "not_ended", poll: "a", of: null }] })).toBe("reserved");
    expect(sittingVerdict(null, { ...FOUND, fault: FAULT })).toBe("failed");
  });

  it("have words in both languages", () => {
    for (const { sitting } of [zh, en]) {
      expect(Object.keys(sitting.check)).toEqual([...SITTING_CHECKS]);
      expect(Object.keys(sitting.failed)).toEqual([...SITTING_CHECKS]);
    }
  });
});
