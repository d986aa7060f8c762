import { describe, expect, it, vi } from "vitest";

import {
  attendanceOf,
  deskSteps,
  hallRows,
  holderOf,
  matching,
  sortedPeople,
  terminalOf,
  waitingPeople,
} from "@/pages/console/people/people";
import { spanOf } from "@/pages/console/span";
import {
  actionsOf,
  asksKin,
  followerOf,
  itemOf,
  pollToShow,
  secondsIn,
  stepStillApplies,
  votesTaken,
  wasOvertaken,
} from "@/pages/console/presiding/steps";
import { request } from "@/pages/console/presiding/requests";
import type { AttendanceState, PersonView, PollState, PollView } from "@/live/wire.gen";
import { sampleConsole, sampleHall, sampleMotion, samplePeople, samplePoll } from "../../fixtures/console";
import { runOffRunning } from "../../fixtures/more_polls";

describe("the chair's steps", () => {
  it("are those that the server offers", () => {
    expect(actionsOf(sampleConsole("sealed"), "projects")).toEqual([{ step: "announce", why: null }, { step: "annul", why: null }]);
    expect(actionsOf(sampleConsole("announced"), "projects")).toEqual([]);
  });

  it("carries the server's reason with an impossible step", () => {
    const view = sampleConsole("prepared", { why: { code: "no_quorum", params: { present: 3, needed: 168 } } });
    const [open] = actionsOf(view, "projects");
    expect(open?.why?.code).toBe("no_quorum");
  });

  it("offers nothing the server is silent about", () => {
    const view = { ...sampleConsole("open"), actions: {} };
    expect(actionsOf(view, "projects")).toEqual([]);
  });

  it("knows that another console closed the poll, and not to excuse other refusals so", () => {
    expect(wasOvertaken(sampleConsole("closed"), "projects", "close")).toBe(true);
    expect(wasOvertaken(sampleConsole("prepared"), "projects", "open")).toBe(false);
    expect(wasOvertaken(sampleConsole("annulled"), "projects", "close")).toBe(false);
    expect(wasOvertaken(sampleConsole("announced"), "projects", "annul")).toBe(false);
    for (const step of ["annul", "ask_annulment", "confirm_annulment"] as const) {
      expect([step, wasOvertaken(sampleConsole("annulled"), "projects", step)]).toEqual([step, true]);
    }
  });

  it("drops a question that no longer makes sense", () => {
    expect(stepStillApplies(sampleConsole("prepared"), "projects", "open")).toBe(true);
    expect(stepStillApplies(sampleConsole("open"), "projects", "open")).toBe(false);
  });

  it("ask about kin before an election is opened, at terminals or by hand, and tell the server what was answered", async () => {
    const steps = ["prepare", "open", "open_by_hand", "close"] as const;
    expect(steps.map((step) => asksKin(step, { kind: "election" }))).toEqual([false, true, true, false]);
    expect(steps.some((step) => asksKin(step, { kind: "choose" }) || asksKin(step, { kind: "preselection" }))).toBe(false);
    const asked = vi.fn(() => Promise.resolve(null));
    for (const [step, noKin] of [["open", true], ["open", undefined], ["open_by_hand", true]] as const) {
      await request(asked, step, { poll: "chair", seconds: null, reason: "", ...(noKin ? { noKin } : {}) });
    }
    expect(asked.mock.calls).toEqual([
      ["open_poll", { poll: "chair", seconds: null, no_kin: true }],
      ["open_poll", { poll: "chair", seconds: null, no_kin: false }],
      ["open_by_hand", { poll: "chair", no_kin: true }],
    ]);
  });

  it("finds the poll that follows another one, rather one that still counts", () => {
    const hall = runOffRunning().hall;
    expect(followerOf(hall, "projects")?.id).toBe("projects-2");
    expect(followerOf(hall, "projects-2")).toBeNull();
    expect(itemOf(hall, "projects-2")).toBe("item3");
    const again = hall.polls["projects-2"] as PollView;
    const withdrawn = {
      ...hall.polls,
      "projects-2": { ...again, state: "annulled" as const },
      "projects-3": { ...again, id: "projects-3" },
    };
    expect(followerOf({ ...hall, polls: withdrawn }, "projects")?.id).toBe("projects-3");
  });

  it("counts durable and verified ballots as votes", () => {
    expect(votesTaken({ stored: 3, verified: 240 })).toBe(243);
    expect(votesTaken(undefined)).toBe(0);
  });

  it("reads seconds only in the server's range", () => {
    expect(["10", " 90 ", "3600"].map(secondsIn)).toEqual([10, 90, 3600]);
    expect(["9", "3601", "", "1.5", "-20", "abc", "0x20"].map(secondsIn)).toEqual(Array(7).fill(null));
  });

  it("shows the running poll of an item, then the next one, then the last", () => {
    const item = { id: "item", title: "", documents: [], polls: ["projects", "resolution"] };
    const shown = (first: PollState, second: PollState): string | null =>
      pollToShow(sampleHall(samplePoll(first), sampleMotion(second), samplePeople()), item);
    expect(shown("announced", "open")).toBe("resolution");
    expect(shown("announced", "planned")).toBe("resolution");
    expect(shown("planned", "planned")).toBe("projects");
    expect(shown("announced", "announced")).toBe("resolution");
    expect(pollToShow(sampleHall(samplePoll("open"), sampleMotion("planned"), {}), { ...item, polls: [] })).toBeNull();
  });
});

describe("people and seats", () => {
  const people = samplePeople({ "002": "absent", "010": "on_leave", "011": "departed", "012": "suspended" });

  it("sorts delegates by number and puts observers after them", () => {
    const sorted = sortedPeople(people);
    expect(sorted[0]?.number).toBe("001");
    expect(sorted.findIndex(({ observer }) => observer)).toBe(251);
  });

  it("leaves nothing to record for who is suspended, and tells them apart", () => {
    const sorted = sortedPeople(people);
    expect(matching(sorted, "suspended", "").map(({ number }) => number)).toEqual(["012"]);
    expect(sorted.filter((person) => deskSteps(person).length === 0 && !person.observer).map(({ number }) => number)).toEqual(["012"]);
  });

  it("filters by attendance without mixing in observers", () => {
    const sorted = sortedPeople(people);
    expect(matching(sorted, "absent", "").map(({ number }) => number)).toEqual(["002"]);
    expect(matching(sorted, "observers", "")).toHaveLength(15);
    expect(matching(sorted, "all", " 示例代表017 ").map(({ number }) => number)).toEqual(["017"]);
  });

  it("never takes an unknown attendance for presence", () => {
    const [person] = sortedPeople(people);
    expect(person && attendanceOf({ ...person, attendance: "something" as AttendanceState })).toBe("absent");
  });

  it("offers the desk only what makes sense for a person", () => {
    const steps = (number: string) => deskSteps(people[number] as PersonView);
    expect(steps("001")).toEqual(["departure"]);
    expect(steps("002")).toEqual(["sign_in", "leave"]);
    expect(steps("010")).toEqual(["sign_in"]);
    expect(steps("011")).toEqual(["sign_in"]);
    expect(steps("L01")).toEqual([]);
    expect(steps("L15")).toEqual(["sign_in"]);
  });

  it("knows whose log-in it may end, and who has two terminals", () => {
    expect(holderOf(people["001"] as PersonView)).toMatchObject({ role: "delegate", subject: "001", name: "示例代表001" });
    expect(holderOf(people["L01"] as PersonView).role).toBe("observer");
    const view = { online: { "001": true, "002": true }, doubled: { "002": true } };
    expect(["001", "002", "003"].map((number) => terminalOf(view, number))).toEqual(["online", "doubled", "offline"]);
  });

  it("draws rows from seat names with two numbers", () => {
    const rows = hallRows(sortedPeople(people));
    expect(rows?.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(rows?.[0]?.places.map(({ column }) => column)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
  });

  it("draws no plan when seats are named otherwise", () => {
    const named = sortedPeople(people).map((person, index) => ({ ...person, seat: `甲区${index}` }));
    expect(hallRows(named)).toBeNull();
    expect(hallRows([])).toBeNull();
  });

  it("lists whom a poll waits for in roster order", () => {
    const waiting = { "104": true, "007": true, "009": false };
    expect(waitingPeople(people, waiting).map(({ number }) => number)).toEqual(["007", "104"]);
    expect(waitingPeople(people, undefined)).toEqual([]);
  });
});

describe("a span of time", () => {
  it.each([
    [5, "seconds", { n: 5 }],
    [119, "seconds", { n: 119 }],
    [120, "minutes", { n: 2 }],
    [7_140, "minutes", { n: 119 }],
    [7_200, "wholeHours", { h: 2 }],
    [10_860, "hours", { h: 3, m: 1 }],
  ])("of %d seconds is told in %s", (seconds, phrase, fill) => {
    expect(spanOf(seconds)).toEqual({ phrase, fill });
  });
});
