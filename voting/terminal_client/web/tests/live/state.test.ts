import { describe, expect, it } from "vitest";

import { applyPatch, applySnapshot, type ClientState } from "@/live/state";
import { hall, projects } from "../fixtures/hall";

interface View {
  counts: Record<string, number>;
}

const state: ClientState<View> = { seq: 4, view: { counts: { a: 1 } }, offset: 0 };
const patch = (base: number, seq: number) => ({ base, seq, ops: [{ op: "replace", path: "/counts/a", value: 2 }] });

describe("a snapshot", () => {
  it("replaces everything and measures the server's clock", () => {
    const view = { counts: {} };
    expect(applySnapshot({ audience: "seat", seq: 9, server_time: 5_000, view }, 4_200)).toEqual({
      seq: 9,
      view,
      offset: 800,
    });
  });
});

describe("a patch", () => {
  it("that starts where we are turns the view into the next one and leaves the old one alone", () => {
    expect(applyPatch(state, patch(4, 6))).toEqual({ seq: 6, view: { counts: { a: 2 } }, offset: 0 });
    expect(state.view).toEqual({ counts: { a: 1 } });
  });

  it("that starts later is a gap", () => {
    expect(applyPatch(state, patch(5, 6))).toBe("gap");
  });

  it("that starts earlier but ends later is a gap, too: half of it is applied already", () => {
    expect(applyPatch(state, patch(3, 6))).toBe("gap");
  });

  it("that is contained already changes nothing", () => {
    expect(applyPatch(state, patch(2, 4))).toBe(state);
  });

  it("without a snapshot before it is a gap", () => {
    expect(applyPatch(null, patch(0, 1))).toBe("gap");
  });

  it("with an operation that does not fit is a gap, not a half-applied view", () => {
    const ops = [{ op: "replace", path: "/nowhere/at/all", value: 1 }];
    expect(applyPatch(state, { base: 4, seq: 5, ops })).toBe("gap");
  });

  it("brings an old hall to the new one", () => {
    const before = { hall: hall("projects", [projects("prepared")], "projects") };
    const after = { hall: hall("projects", [projects("open")], "projects") };
    const ops = [{ op: "replace", path: "/hall/polls/projects", value: after.hall.polls["projects"] }];
    expect(applyPatch({ seq: 1, view: before, offset: 0 }, { base: 1, seq: 2, ops })).toMatchObject({ view: after });
  });
});
