import { describe, expect, it } from "vitest";

import { missingIn, roundsOf, stageOf, stepIndex, type Kept, type Round } from "@/pages/scrutineer/ceremony/ceremony";
import { backupName, passphraseProblem, placeOf, readBundle, readKept, writeKept } from "@/pages/scrutineer/keeping";
import type { ScrutineerView } from "@/live/wire.gen";
import { sampleView } from "../../fixtures/scrutineer";

const kept = (round: Round, message = `m${round}-1`): Kept => ({ index: 1, round, sealed: "sealed", message, backedUp: true });

/** A view in which the rounds given are posted by these scrutineers, with messages m<round>-<index>. */
function view(posted: Partial<Record<Round, readonly number[]>>, more: Partial<ScrutineerView> = {}): ScrutineerView {
  const messages = Object.fromEntries(
    Object.entries(posted).map(([round, indices]) => [
      round,
      Object.fromEntries((indices ?? []).map((index) => [String(index), `m${round}-${index}`])),
    ]),
  );
  return sampleView({ messages, ...more });
}

describe("the stage of the ceremony", () => {
  it("begins when nothing is made and nothing posted", () => {
    expect(stageOf(view({}), 1, null)).toEqual({ kind: "begin", setAside: false });
  });

  it("sets aside the share of an earlier sitting", () => {
    expect(stageOf(view({}), 1, kept(3))).toEqual({ kind: "begin", setAside: true });
  });

  it("keeps and posts what is made, also after a reload in between", () => {
    expect(stageOf(view({}), 1, kept(1))).toEqual({ kind: "keep", round: 1 });
    expect(stageOf(view({ 1: [1, 2, 3] }), 1, kept(2))).toEqual({ kind: "keep", round: 2 });
    expect(stageOf(view({ 1: [1, 2, 3], 2: [1, 2, 3] }), 1, kept(3))).toEqual({ kind: "keep", round: 3 });
  });

  it("waits for the others and names who is missing", () => {
    expect(stageOf(view({ 1: [1] }), 1, kept(1))).toEqual({ kind: "wait", round: 1, missing: [2, 3] });
  });

  it("advances only when the round before is complete", () => {
    expect(stageOf(view({ 1: [1, 2, 3] }), 1, kept(1))).toEqual({ kind: "advance", compared: 1, round: 2 });
    expect(stageOf(view({ 1: [1, 2, 3], 2: [1, 2, 3] }), 1, kept(2))).toEqual({ kind: "advance", compared: 2, round: 3 });
  });

  it("is complete when the server has put the key together, and not before", () => {
    const all = { 1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3] };
    expect(stageOf(view(all), 1, kept(3))).toEqual({ kind: "assembling" });
    expect(stageOf(view(all, { trustees: "[]" }), 1, kept(3))).toEqual({ kind: "complete" });
  });

  it("asks for the backup when this device has nothing, something else, or an earlier step", () => {
    const two = view({ 1: [1, 2, 3], 2: [1, 2] });
    expect(stageOf(two, 1, null)).toEqual({ kind: "restore", why: "nothing", round: 2 });
    expect(stageOf(two, 1, kept(2, "another"))).toEqual({ kind: "restore", why: "other", round: 2 });
    expect(stageOf(two, 1, kept(1))).toEqual({ kind: "restore", why: "older", round: 2 });
    expect(stageOf(view({ 1: [1] }), 1, kept(3))).toEqual({ kind: "restore", why: "other", round: 1 });
  });

  it("has one round in the n-of-n form", () => {
    const all = sampleView({ threshold: 3 });
    expect(roundsOf(all)).toEqual([3]);
    expect(stageOf(all, 1, kept(3))).toEqual({ kind: "keep", round: 3 });
    const two = view({ 3: [1, 2] }, { threshold: 3 });
    expect(stageOf(two, 1, kept(3))).toEqual({ kind: "wait", round: 3, missing: [3] });
    expect(missingIn(two, 3)).toEqual([3]);
  });

  it("counts steps so that a finished ceremony has none left", () => {
    expect(stepIndex({ kind: "begin", setAside: false }, [1, 2, 3])).toBe(0);
    expect(stepIndex({ kind: "advance", compared: 1, round: 2 }, [1, 2, 3])).toBe(1);
    expect(stepIndex({ kind: "complete" }, [1, 2, 3])).toBe(4);
    expect(stepIndex({ kind: "keep", round: 3 }, [3])).toBe(0);
  });
});

describe("keeping", () => {
  function cupboard(): Storage {
    const places = new Map<string, string>();
    return {
      getItem: (key: string) => places.get(key) ?? null,
      setItem: (key: string, value: string) => void places.set(key, value),
      removeItem: (key: string) => void places.delete(key),
    } as Storage;
  }

  it("gives back what was kept, and nothing for rubbish", () => {
    const place = placeOf(sampleView().hall.titles, 1);
    const storage = cupboard();
    writeKept(storage, place, kept(2));
    expect(readKept(storage, place)).toEqual(kept(2));
    storage.setItem(place, "{not json");
    expect(readKept(storage, place)).toBeNull();
    storage.setItem(place, '{"index":1,"round":7,"sealed":"","message":""}');
    expect(readKept(storage, place)).toBeNull();
  });

  it("has one place per sitting and scrutineer", () => {
    const { titles } = sampleView().hall;
    const places = [placeOf(titles, 1), placeOf(titles, 2), placeOf({ ...titles, sitting: "第五次全体会议" }, 1)];
    expect(new Set(places).size).toBe(3);
  });

  it("refuses a bundle of another shape", () => {
    expect(() => readBundle("{}")).toThrow(SyntaxError);
    expect(() => readBundle('"text"')).toThrow(SyntaxError);
  });

  it("names the backup after scrutineer and step", () => {
    expect(backupName(2, 3)).toBe("scrutineer-2-share-3.json");
  });

  it("counts characters, not code units, of a passphrase", () => {
    expect(passphraseProblem("𠮷𠮷𠮷𠮷", "𠮷𠮷𠮷𠮷", 8)).toBe("short");
    expect(passphraseProblem("秋风起兮白云飞扬", "秋风起兮白云飞杨", 8)).toBe("different");
    expect(passphraseProblem("秋风起兮白云飞扬", "秋风起兮白云飞扬", 8)).toBeNull();
  });
});
