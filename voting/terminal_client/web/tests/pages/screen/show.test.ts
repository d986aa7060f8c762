import { describe, expect, it } from "vitest";

import { showOf } from "@/pages/screen/show";
import type { PollState } from "@/live/wire.gen";
import { RECORD } from "../../fixtures/frozen";
import { hall, projects } from "../../fixtures/hall";
import { motionBy } from "../../fixtures/screen_polls";

const show = (state: PollState, focus: string | null = "projects", item: string | null = "projects") =>
  showOf({ hall: hall(item, [projects(state)], focus), record: RECORD, progress: {} });

describe("the hall screen", () => {
  it("shows the sign-in before the first item, then the item with its number", () => {
    expect(show("planned", null, null).kind).toBe("gathering");
    expect(show("planned", null)).toMatchObject({ kind: "item", number: 3 });
  });

  it("stays with the item while its poll is only planned", () => {
    expect(show("planned").kind).toBe("item");
  });

  it.each([
    ["prepared", "voting"],
    ["open", "voting"],
    ["closed", "counting"],
    ["sealed", "counting"],
    ["counted", "counting"],
    ["confirmed", "counting"],
    ["announced", "result"],
    ["annulled", "annulled"],
  ] as const)("of a poll that is %s shows %s", (state, kind) => {
    expect(show(state).kind).toBe(kind);
  });

  it("asks for hands or papers where the poll is counted by hand", () => {
    const view = (state: PollState) =>
      showOf({ hall: hall("projects", [motionBy("by_hand", state)], "motion"), record: RECORD, progress: {} });
    expect([view("prepared").kind, view("open").kind, view("closed").kind]).toEqual(["byHand", "byHand", "counting"]);
  });
});
