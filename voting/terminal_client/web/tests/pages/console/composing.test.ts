import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { addPoll } from "@/pages/console/compose/adding";
import { PAUSE_MS, previewer, type Preview } from "@/pages/console/compose/preview";
import type { Field } from "@/pages/console/compose/allowed";
import { FIELDS, problemHere, problemOf, withTitles, type Problem, type ProblemCode } from "@/pages/console/compose/problems";
import zh from "@/kit/words/zh";
import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { PollDraft, PollView } from "@/live/wire.gen";
import { followUp, further, pollOf } from "../../fixtures/more_polls";
import { OK } from "../../fixtures/shuffled";

const view = further("planned", {});
const draft: PollDraft = { ...followUp("repeat"), id: "added-3", title: "某事", follows: null };
const invalid = (problem: string, params: Problem["params"] = {}): Refusal =>
  new Refusal("poll_plan_invalid", { poll: "x", problem, ...params });

function textAt(key: string): unknown {
  return key.split(".").reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], zh);
}

describe("what is wrong with a draft", () => {
  const range = { found: 5, least: 3, most: 4 };
  const PROBLEMS: [ProblemCode, Problem["params"], Field][] = [
    ["empty", { field: "title" }, "title"],
    ["empty", { field: "id" }, "title"],
    ["empty", { field: "options" }, "options"],
    ["empty", { field: "eligible" }, "eligible"],
    ["text_wrong", { ...range, field: "title", value: "某事" }, "title"],
    ["text_wrong", { ...range, field: "options", value: "便捷停车" }, "options"],
    ["text_wrong", { ...range, field: "eligible", value: "示例甲" }, "eligible"],
    ["options_missing", {}, "options"],
    ["id_repeated", { value: "o1" }, "options"],
    ["id_wrong", { value: "O 1" }, "options"],
    ["seats_out_of_range", range, "seats"],
    ["seconds_out_of_range", range, "time"],
    ["motion_options_wrong", {}, "options"],
    ["rules_unknown", { value: "nowhere" }, "rules"],
    ["rules_contradict", { value: "seats.tie" }, "rules"],
    ["rules_deviate", { value: "majority.base", asked: "组 25" }, "rules"],
    ["secrecy_forbidden", { value: "recorded", asked: "secret" }, "secrecy"],
    ["secrecy_forbidden", { value: "secret", asked: "recorded" }, "secrecy"],
    ["medium_forbidden", { value: "mixed" }, "medium"],
    ["too_few_scrutineers", { found: 1, least: 2 }, "medium"],
    ["scrutineer_on_ballot", { value: "示例监票人一" }, "options"],
    ["too_few_voters", { found: 4, least: 5 }, "secrecy"],
    ["link_wrong", { value: "projects" }, "text"],
    ["write_ins_forbidden", { value: "motion" }, "writeIns"],
    ["eligible_wrong", { value: "示例甲" }, "eligible"],
    ["eligible_unused", {}, "eligible"],
    ["candidates_out_of_range", range, "options"],
    ["post_forbidden", { value: "motion" }, "post"],
    ["too_many_options", { found: 70, most: 60 }, "options"],
    ["too_many_numbers", { found: 66, most: 30 }, "options"],
    ["too_many_eligible", { found: 10001, most: 10000 }, "eligible"],
    ["not_read_singly", { value: "BELENIOS-2048" }, "kind"],
    ["name_is_an_id", { value: "p1" }, "eligible"],
    ["no_room_for_names", { found: 3, least: 9 }, "writeIns"],
  ];

  it.each(PROBLEMS)("is said at its field: %s %o", (code, params, field) => {
    const problem = problemOf(invalid(code, params));
    expect(problem.field).toBe(field);
    const text = textAt(problem.key);
    expect(typeof text, problem.key).toBe("string");
    const wanted = [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    expect(wanted.filter((name) => problem.params[name] === undefined)).toEqual([]);
  });

  it("leaves out no problem that has a field", () => {
    expect(new Set(PROBLEMS.map(([code]) => code))).toEqual(new Set(Object.keys(FIELDS)));
  });

  it("asks for the secrecy that the rules ask for", () => {
    expect(problemOf(invalid("secrecy_forbidden", { value: "recorded", asked: "secret" })).key).toMatch(/\.secret$/);
  });

  it("is said of the whole where no field is to blame, with the refusal's own words", () => {
    const problem = problemOf(new Refusal("followed_already", { by: "projects-2" }));
    expect(problem).toEqual({ field: null, key: "refusals.followed_already", params: { by: "projects-2" } });
    expect(textAt(problemOf(invalid("new_problem")).key)).toContain("{problem}");
  });

  it("names other polls by their titles", () => {
    const { title } = view.hall.polls["resolution"] as PollView;
    expect(withTitles({ by: "resolution", n: 3 }, view.hall)).toEqual({ by: title, n: 3 });
  });

  it("is seen before asking where two lines are the same", () => {
    const [first] = draft.options;
    const twice = { ...draft, options: first ? [first, { ...first, id: "again" }] : [] };
    expect(problemHere(twice)?.field).toBe("options");
    expect(problemHere({ ...draft, eligible: [first?.title ?? ""] })?.field).toBe("eligible");
    expect(problemHere(draft)).toBeNull();
  });
});

describe("the preview", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const named = (title: string): PollDraft => ({ ...draft, title });
  const viewOf = (wanted: PollDraft): PollView => pollOf(wanted, view);

  it("asks once after the last change", async () => {
    const look = vi.fn(async (wanted: PollDraft) => viewOf(wanted));
    const shown: Preview[] = [];
    const preview = previewer(look, (one) => void shown.push(one));
    preview.wish(named("一"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    preview.wish(named("一二"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(look.mock.calls.map(([wanted]) => wanted.title)).toEqual(["一二"]);
    expect(shown.at(-1)).toMatchObject({ waiting: false, refusal: null, view: { title: "一二" } });
  });

  it("drops an answer that has been overtaken", async () => {
    const answers: Record<string, (view: PollView) => void> = {};
    const shown: Preview[] = [];
    const preview = previewer((wanted) => new Promise((resolve) => (answers[wanted.title] = resolve)), (one) => void shown.push(one));
    preview.wish(named("慢"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    preview.wish(named("快"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    answers["快"]?.(viewOf(named("快")));
    await vi.advanceTimersByTimeAsync(0);
    answers["慢"]?.(viewOf(named("慢")));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown.at(-1)?.view?.title).toBe("快");
  });

  it("shows a refusal instead, and nothing while there is nothing to look at", async () => {
    const shown: Preview[] = [];
    const preview = previewer(() => Promise.reject(invalid("empty", { field: "eligible" })), (one) => void shown.push(one));
    preview.wish(draft);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(shown.at(-1)?.refusal?.code).toBe("poll_plan_invalid");
    preview.wish(null);
    expect(shown.at(-1)).toEqual({ view: null, refusal: null, waiting: false });
  });

  it("asks no more for the same draft, nor after the page is left", async () => {
    const look = vi.fn(async (wanted: PollDraft) => viewOf(wanted));
    const preview = previewer(look, () => undefined);
    preview.wish(draft);
    preview.wish({ ...draft });
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    preview.wish(named("另一个"));
    preview.stop();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(look).toHaveBeenCalledTimes(1);
  });
});

describe("adding a poll", () => {
  const hallWith = (poll: PollView | null) => () => ({
    ...view.hall, polls: { ...view.hall.polls, ...(poll ? { [poll.id]: poll } : {}) },
  });
  function sending(...answers: (Refusal | null)[]): { send: Send; ids: string[] } {
    const ids: string[] = [];
    const send: Send = async (_, payload) => {
      ids.push((payload as { draft: PollDraft }).draft.id);
      const answer = answers.shift();
      if (answer) throw answer;
      return OK;
    };
    return { send, ids };
  }
  const taken = (): Refusal => new Refusal("poll_id_taken", { poll: "added-3" });

  it("is done when an earlier attempt had arrived after all", async () => {
    const { send, ids } = sending(taken());
    expect(await addPoll(send, "item2", draft, hallWith(pollOf(draft, view)))).toBe("added-3");
    expect(ids).toEqual(["added-3"]);
  });

  it("takes the next number when another console has used it for another poll", async () => {
    const { send, ids } = sending(taken(), null);
    const other = { ...pollOf(draft, view), title: "另一项" };
    expect(await addPoll(send, "item2", draft, hallWith(other))).toBe("added-4");
    expect(ids).toEqual(["added-3", "added-4"]);
  });

  it("adds no second poll while it cannot know whether the first arrived", async () => {
    const { send, ids } = sending(taken());
    await expect(addPoll(send, "item2", draft, hallWith(null))).rejects.toMatchObject({ code: "poll_id_taken" });
    expect(ids).toEqual(["added-3"]);
  });

  it("lets other refusals through", async () => {
    const { send } = sending(new Refusal("no_answer"));
    await expect(addPoll(send, "item2", draft, hallWith(null))).rejects.toMatchObject({ code: "no_answer" });
  });
});
