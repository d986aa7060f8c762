import { describe, expect, it } from "vitest";
import { effectScope, nextTick, shallowRef } from "vue";

import { columnsOf, draftOf, emptyDraft, figuresOf, problemsOf, type Draft } from "@/pages/scrutineer/by_hand/hand_count";
import type { Cupboard } from "@/pages/scrutineer/keeping";
import { pollsOf, quietText, wantsAttention } from "@/pages/scrutineer/polls";
import { useHandCount, type HandWork } from "@/pages/scrutineer/by_hand/useHandCount";
import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { HandCount, PollView, Progress } from "@/live/wire.gen";
import { sampleMotion, samplePoll } from "../../fixtures/console";
import { countedByHand, PLAIN_PROGRESS } from "../../fixtures/frozen";
import { evaluation } from "../../fixtures/kinds";
import { sampleView } from "../../fixtures/scrutineer";
import { OK } from "../../fixtures/shuffled";

const MISSING: Progress = { ...PLAIN_PROGRESS, ready: 0, verified: 0, hand_count: "missing" };
const PAPERS: Progress = { ...MISSING, papers: 4 };
const byHand = (poll: PollView): PollView => ({ ...countedByHand(poll), state: "closed" });
const options = (...titles: string[]) => titles.map((title, at) => ({ id: `p${at + 1}`, title, illustrative: false }));
const choose = byHand(samplePoll("closed", { options: options("甲", "乙", "丙"), seats: 2, max_choices: 2, limit: 2 }));
const rank = byHand(samplePoll("closed", { kind: "rank", options: options("甲", "乙", "丙"), max_choices: 3, limit: null }));
const persons = byHand(
  samplePoll("closed", {
    kind: "election", options: options("示例甲", "示例乙"), seats: 1, max_choices: 1, limit: 1, write_ins: true, max_write_ins: 1,
    marks: ["for", "against", "abstain"], eligible: ["示例丙", "示例丁"],
  }),
);

function filled(poll: PollView, figures: Readonly<Record<string, readonly number[]>>, more: Partial<Draft> = {}): Draft {
  const columns = columnsOf(poll);
  const cells = Object.entries(figures).map(([id, row]) => [id, Object.fromEntries(row.map((figure, at) => [columns[at], figure]))]);
  const sheets = { issued: 50, returned: 46, valid: 45, void: 1, reason: "示例：设备故障", method: "paper" as const };
  return { ...emptyDraft(poll, MISSING), ...sheets, options: Object.fromEntries(cells), ...more };
}

const keys = (poll: PollView, draft: Draft, progress = MISSING): string[] => problemsOf(poll, draft, progress).map(({ key }) => key);

describe("figures counted by hand", () => {
  it("are asked for by mark, and by the first method that the rules allow", () => {
    expect(emptyDraft(byHand(sampleMotion("closed")), MISSING).method).toBe("show_of_hands");
    expect(emptyDraft(choose, MISSING).method).toBe("paper");
    expect(columnsOf(choose)).toEqual(["votes"]);
    expect(columnsOf(persons)).toEqual(["votes", "against", "abstain"]);
    expect(columnsOf(evaluation("closed", 2, 4))).toEqual(["level0", "level1", "level2", "level3"]);
    expect(problemsOf(choose, emptyDraft(choose, MISSING), MISSING)).toEqual([
      { key: "empty", params: { n: 7 } },
      { key: "reason", params: {} },
    ]);
  });

  it.each<[string, PollView, Draft, string[]]>([
    ["fit", choose, filled(choose, { p1: [40], p2: [30], p3: [12] }), []],
    ["more returned than issued", choose, filled(choose, { p1: [40], p2: [30], p3: [12] }, { issued: 45 }), ["returned_over_issued"]],
    ["valid and void are not the returned", choose, filled(choose, { p1: [40], p2: [30], p3: [12] }, { void: 2 }), ["valid_and_void"]],
    ["an option with more votes than ballots", choose, filled(choose, { p1: [46], p2: [30], p3: [12] }), ["option_over_valid"]],
    ["more votes than the ballots can have", choose, filled(choose, { p1: [45], p2: [45], p3: [1] }), ["marks_over"]],
    ["no reason", choose, filled(choose, { p1: [40], p2: [30], p3: [12] }, { reason: " " }), ["reason"]],
    ["ranks that fit", rank, filled(rank, { p1: [60], p2: [90], p3: [120] }), []],
    ["ranks that do not add up", rank, filled(rank, { p1: [60], p2: [90], p3: [121] }), ["ranks_off"]],
    ["a rank below first place", rank, filled(rank, { p1: [44], p2: [106], p3: [120] }), ["rank_out_of_range"]],
    ["a name that fits", persons, filled(persons, { p1: [20, 9, 1], p2: [10, 0, 0] }, { names: [{ name: " 示例丙", votes: 5 }] }), []],
    [
      "names that may not be added",
      persons,
      filled(
        persons,
        { p1: [20, 9, 1], p2: [10, 0, 0] },
        {
          names: [
            { name: "示例甲", votes: 1 },
            { name: "", votes: 1 },
            { name: "示例戊", votes: 1 },
          ],
        },
      ),
      ["name_repeated", "name_empty", "name_not_eligible"],
    ],
    [
      "a name in another spelling of the roster",
      persons,
      filled(persons, { p1: [20, 9, 1], p2: [10, 0, 0] }, { names: [{ name: "示例 丙", votes: 5 }] }),
      [],
    ],
    [
      "a candidate's name in another spelling",
      persons,
      filled(persons, { p1: [20, 9, 1], p2: [10, 0, 0] }, { names: [{ name: "示 例甲", votes: 5 }] }),
      ["name_repeated"],
    ],
    [
      "a name without votes, or that no ballot takes",
      { ...persons, eligible: [] },
      filled(
        persons,
        { p1: [20, 9, 1], p2: [10, 0, 0] },
        {
          names: [
            { name: "示例丙", votes: 0 },
            { name: "示例\u200b丁", votes: 1 },
          ],
        },
      ),
      ["name_without_votes", "name_unreadable"],
    ],
  ])("%s", (_what, poll, draft, wanted) => {
    expect(keys(poll, draft)).toEqual(wanted);
  });

  it("carry a name in the spelling of the roster", () => {
    const draft = filled(persons, { p1: [20, 9, 1], p2: [10, 0, 0] }, { names: [{ name: "示例 丙", votes: 5 }] });
    expect(figuresOf(persons, draft)).toMatchObject({ votes: { p1: 20, p2: 10, 示例丙: 5 }, write_ins: ["示例丙"] });
  });

  it("of a show of hands have no papers: who raised a hand was counted", () => {
    const motion = byHand(sampleMotion("closed"));
    const draft = { ...filled(motion, { for: [30], against: [5], abstain: [2] }), method: "show_of_hands" as const, returned: null };
    expect(keys(motion, draft)).toEqual([]);
    expect(figuresOf(motion, draft)).toMatchObject({
      issued: 50,
      returned: 37,
      valid: 37,
      void: 0,
      votes: { for: 30, against: 5, abstain: 2 },
    });
    expect(keys(motion, { ...draft, issued: 36 })).toEqual(["hands_over_present"]);
  });

  it("of papers beside terminals begin with the papers that were handed out", () => {
    const mixed: PollView = { ...choose, medium: "mixed", methods: ["paper"] };
    expect(emptyDraft(mixed, PAPERS).issued).toBe(4);
    const draft = filled(mixed, { p1: [3], p2: [2], p3: [0] }, { issued: 5, returned: 4, valid: 3, void: 1 });
    expect(keys(mixed, draft, PAPERS)).toEqual(["papers"]);
  });

  it.each([
    ["votes", choose, filled(choose, { p1: [40], p2: [30], p3: [12] })],
    ["answers and names", persons, filled(persons, { p1: [20, 9, 1], p2: [10, 0, 0] }, { names: [{ name: "示例丙", votes: 5 }] })],
    ["levels", byHand(evaluation("closed", 1, 3)), filled(byHand(evaluation("closed", 1, 3)), { s1: [30, 10, 5] })],
  ] as [string, PollView, Draft][])("come back from an entry as they were sent: %s", (_what, poll, draft) => {
    const figures = figuresOf(poll, draft);
    const entry = { figures, method: draft.method, reason: draft.reason, entered_by: 1, entered_at: 1, confirmed_by: null };
    expect(draftOf(poll, entry)).toEqual(draft);
  });
});

/** A server that takes entries and confirmations, and two scrutineers before it. */
function sitting() {
  const hall = sampleView().hall;
  const started = { ...hall, polls: { ...hall.polls, [choose.id]: choose } };
  const view = shallowRef(sampleView({ hall: started, progress: { [choose.id]: MISSING } }));
  const put = (entry: HandCount): void => void (view.value = { ...view.value, hand_counts: { [choose.id]: entry } });
  let clock = 1_700_000_000_000;
  const send = (index: number): Send => async (name, payload) => {
    const known = view.value.hand_counts[choose.id];
    if (name === "enter_hand_count") {
      const { figures, method, reason } = payload as HandCount;
      put({ figures, method, reason, entered_by: index, entered_at: ++clock, confirmed_by: null });
    }
    if (name === "confirm_hand_count") {
      if (known?.entered_at !== (payload as HandCount).entered_at) throw new Refusal("hand_count_changed", { poll: choose.id });
      put({ ...known, confirmed_by: index });
    }
    return OK;
  };
  const places = new Map<string, string>();
  const cupboard: Cupboard = {
    getItem: (key) => places.get(key) ?? null,
    setItem: (key, value) => void places.set(key, value),
    removeItem: (key) => void places.delete(key),
  };
  const scope = effectScope();
  const at = (index: number, answers = send(index)): HandWork =>
    scope.run(() => useHandCount({ view, index, send: answers, cupboard }, () => choose)) as HandWork;
  return { view, at, places };
}

describe("a count by hand", () => {
  const figures = filled(choose, { p1: [40], p2: [30], p3: [12] });

  it("is entered by one, corrected, and confirmed by another who saw the last entry", async () => {
    const { view, at, places } = sitting();
    const [one, two] = [at(1), at(2)];
    expect([one.stage.value, two.stage.value]).toEqual(["fill", "fill"]);
    one.draft.value = figures;
    await nextTick();
    expect(places.size).toBe(1);
    await one.enter();
    expect([one.stage.value, two.stage.value, places.size]).toEqual(["own", "compare", 0]);
    one.correct();
    expect(one.stage.value).toBe("fill");
    one.draft.value = { ...one.draft.value, void: 0, valid: 46 };
    const seen = view.value.hand_counts[choose.id]?.entered_at;
    await one.enter();
    expect(view.value.hand_counts[choose.id]?.entered_at).not.toBe(seen);
    await two.confirm();
    expect([one.stage.value, two.stage.value]).toEqual(["done", "done"]);
    expect(view.value.hand_counts[choose.id]).toMatchObject({ entered_by: 1, confirmed_by: 2, figures: { valid: 46 } });
  });

  it("keeps what was filled in over a reload, and nothing that it cannot read", async () => {
    const { at, places } = sitting();
    at(1).draft.value = { ...figures, reason: "" };
    await nextTick();
    expect(at(1).draft.value).toEqual({ ...figures, reason: "" });
    expect(at(2).draft.value).toEqual(emptyDraft(choose, MISSING));
    for (const key of places.keys()) places.set(key, "{");
    expect(at(1).draft.value).toEqual(emptyDraft(choose, MISSING));
  });

  it("shows what the server refuses beside the figures, and changes nothing", async () => {
    const { at } = sitting();
    const refused: Send = (name) =>
      Promise.reject(new Refusal(name === "enter_hand_count" ? "papers_do_not_add_up" : "hand_count_changed"));
    const [one, two] = [at(1), at(2, refused)];
    two.draft.value = figures;
    await two.enter();
    expect([two.refusal.value?.code, two.stage.value]).toEqual(["papers_do_not_add_up", "fill"]);
    expect(two.draft.value).toEqual(figures);
    one.draft.value = figures;
    await one.enter();
    await two.confirm();
    expect([two.refusal.value?.code, two.stage.value]).toEqual(["hand_count_changed", "compare"]);
  });
});

describe("the polls of a scrutineer", () => {
  it("say what is to come by kind", () => {
    expect(quietText(byHand(choose))).toBe("scrutineer.polls.byHand.closed");
    expect(quietText(samplePoll("closed", { secrecy: "recorded" }))).toBe("scrutineer.polls.recorded.closed");
    expect(quietText(samplePoll("open", { shuffled: true }))).toBe("scrutineer.polls.shuffled.open");
    expect(quietText(samplePoll("closed", { shuffled: true }))).toBe("scrutineer.polls.closed");
    expect(quietText(samplePoll("annulled", { medium: "by_hand" }))).toBe("scrutineer.polls.annulled");
    expect(quietText(samplePoll("sealed"))).toBeNull();
  });

  it("ask for attention when something is to be counted", () => {
    expect(wantsAttention(choose, MISSING)).toBe(true);
    expect(wantsAttention(choose, { ...MISSING, hand_count: "none" })).toBe(false);
    expect(wantsAttention(samplePoll("open"), MISSING)).toBe(false);
    expect(wantsAttention({ ...choose, medium: "mixed", state: "sealed" }, PAPERS)).toBe(true);
  });

  it("are shown before there is a key where they need none", () => {
    const { hall } = sampleView();
    const polls = { ...hall.polls, [choose.id]: { ...choose, state: "open" as const } };
    expect(pollsOf({ hall: { ...hall, polls }, trustees: null }).map(({ id }) => id)).toEqual([choose.id]);
    expect(pollsOf({ hall, trustees: "[]" })).toHaveLength(2);
  });
});
