/** Console views of polls that follow others, are counted by hand, mixed, recorded or shuffled. All figures are samples. */
import type { ConsoleView, HandCount, PollDraft, PollState, PollView, Progress, Relation, Ruleset } from "@/shared/wire.gen";
import { PLAIN_PROGRESS, RULES } from "../fixtures/frozen";
import { sampleConsole, samplePoll, sampleResult, type ConsoleOptions } from "./fixtures";

export const TOWNSHIP: Ruleset = {
  ...RULES,
  title: "乡镇",
  display: { ...RULES.display, percentage_of: "returned" },
};
export const BOOKS: Record<string, Ruleset> = {
  guangdong: { ...RULES, title: "广东", participation: { ...RULES.participation, required: true } },
  national: { ...RULES, title: "国家法律" },
  township: TOWNSHIP,
  "zhejiang-county": { ...RULES, title: "浙江县级", fallback: { ...RULES.fallback, mixed: "never" } },
};

const NOBODY = { against: {}, abstain: {}, levels: {}, write_ins: [] };

/** The sample question with further settings, in any state. */
export function further(state: PollState, more: Partial<PollView>, options: ConsoleOptions = {}): ConsoleView {
  const waits = ["closed", "sealed", "counted"].includes(state);
  const why = waits ? { code: "poll_not_confirmed" as const, params: {} } : null;
  const view = sampleConsole(state, { why, ...options, poll: { ...options.poll, ...more, rules: BOOKS["national"] } });
  return { ...view, rulebooks: BOOKS };
}

export function withProgress(view: ConsoleView, more: Partial<Progress>): ConsoleView {
  const progress = { ...PLAIN_PROGRESS, ready: 247, verified: 246, ...view.progress["projects"], ...more };
  return { ...view, progress: { ...view.progress, projects: progress } };
}

const countsOf = (count: HandCount | null): ConsoleView["hand_counts"] => (count === null ? {} : { projects: count });

const VOTES: Record<string, number> = { for: 203, against: 21, abstain: 19 };
const MOTION = [
  { id: "for", title: "赞成", illustrative: false },
  { id: "against", title: "反对", illustrative: false },
  { id: "abstain", title: "弃权", illustrative: false },
];

/** A motion by show of hands. */
export function byHand(state: PollState, count: HandCount | null): ConsoleView {
  const counted = ["counted", "confirmed", "announced"].includes(state);
  const result = sampleResult();
  const view = further(state, {
    kind: "motion",
    medium: "by_hand",
    title: "关于票决办法（草案）的表决",
    options: MOTION,
    seats: 1,
    max_choices: 1,
    fingerprint: null,
    issued: null,
    result: !counted
      ? null
      : {
          ...result,
          count: {
            ...result.count, issued: 248, returned: 248, valid: 248, not_pressed: 5, votes: VOTES, medium: "by_hand", by_hand: 248,
          },
          outcome: { ...result.outcome, kind: "passed", elected: [] },
          options: MOTION.map((option) => ({ ...result.options[0], ...option, votes: VOTES[option.id] ?? 0, elected: false })) as never,
          reasons: [],
        },
  });
  const stage = count === null ? "missing" : count.confirmed_by === null ? "entered" : "confirmed";
  const waiting: ConsoleView = { ...view, waiting: {}, archives: {}, hand_counts: countsOf(count) };
  const known = { ...view.actions["projects"], ...(counted ? {} : { announce: { code: "hand_count_missing" as const, params: {} } }) };
  const actions = { ...view.actions, projects: known };
  return withProgress({ ...waiting, actions }, { ready: 0, verified: 0, stored: 0, decryptions: [], hand_count: stage });
}

export const HANDS: HandCount = {
  figures: { ...NOBODY, issued: 248, returned: 248, valid: 248, void: 0, votes: VOTES },
  method: "show_of_hands",
  reason: "会场停电，主席团决定举手表决",
  entered_by: 2,
  entered_at: Date.UTC(2022, 1, 18, 1, 42),
  confirmed_by: null,
};

/** Papers of 3 delegates whose terminals failed, for the projects poll. */
export const PAPERS: Record<string, string> = { "007": "终端故障", "042": "终端无法连接", "118": "代表身体不便，无法操作终端" };

export const PAPER_COUNT: HandCount = {
  ...HANDS,
  method: "paper",
  reason: "三台终端发生故障",
  figures: {
    ...NOBODY, issued: 3, returned: 3, valid: 3, void: 0,
    votes: Object.fromEntries(samplePoll("open").options.map(({ id }, index) => [id, index < 9 ? 3 - (index % 3) : 0])),
  },
};

export function mixed(state: PollState, options: { papers?: boolean; count?: HandCount; done?: boolean } = {}): ConsoleView {
  const papers: Record<string, string> = options.papers === false ? {} : PAPERS;
  const view = further(state, { medium: "mixed" }, { waiting: state === "open" ? ["042", "093", "181"] : ["042", "093"] });
  const withPapers: ConsoleView = {
    ...view,
    papers: { projects: papers },
    hand_counts: countsOf(options.count ?? null),
  };
  return withProgress(withPapers, {
    papers: Object.keys(papers).length,
    decryptions: options.done ? [1, 3] : state === "sealed" ? [1] : [],
    hand_count: options.count ? "entered" : "missing",
  });
}

const MISSING = {
  run_off: { suffix: "（再次投票）", options: ["p9", "p10", "p11"], seats: 2 },
  second_round: { suffix: "（第二轮）", options: ["p8", "p9", "p10", "p11", "p12"], seats: 3 },
  repeat: { suffix: "（重新表决）", options: samplePoll("open").options.map(({ id }) => id), seats: 10 },
} as const;

/** The draft that the server offers after the sample poll. */
export function followUp(relation: Exclude<Relation, "next_session">): PollDraft {
  const { suffix, options, seats } = MISSING[relation];
  const first = samplePoll("announced");
  return {
    id: "projects-2",
    kind: first.kind,
    title: first.title + suffix,
    options: first.options.filter(({ id }) => (options as readonly string[]).includes(id)),
    seats,
    rules: "",
    seconds: 120,
    secrecy: "secret",
    medium: "electronic",
    write_ins: false,
    eligible: [],
    post: null,
    follows: { poll: "projects", relation },
    amends: null,
    clause_of: null,
  };
}

const OUTCOMES = {
  run_off: sampleResult([231, 224, 219, 212, 208, 201, 188, 176, 158, 158, 158, 64], {
    kind: "run_off", elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"], run_off: ["p9", "p10", "p11"], run_off_seats: 2,
  }),
  second_round: sampleResult([231, 224, 219, 212, 208, 201, 188, 125, 119, 108, 91, 64], {
    kind: "shortfall", elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7"], shortfall: 3,
  }),
};

/** An ended poll, with what may follow. */
export function ended(relation: Exclude<Relation, "next_session">): ConsoleView {
  const annulled = relation === "repeat";
  const view = annulled
    ? further("annulled", { annulled_because: "会场断电，投票中止" })
    : further("announced", { result: OUTCOMES[relation] });
  return { ...view, follow_ups: { projects: { [relation]: followUp(relation) } } };
}

/** The poll that a draft stands for, as the server would show it. */
export function pollOf(draft: PollDraft, view: ConsoleView): PollView {
  const each = draft.kind === "approve_each" || draft.kind === "election";
  const followed = draft.follows ? view.hall.polls[draft.follows.poll] : undefined;
  const free = draft.kind === "approve_each" || draft.kind === "rank";
  return {
    ...samplePoll("planned"),
    ...draft,
    options: draft.kind === "motion" ? MOTION : draft.options,
    marks: each ? ["for", "against", "abstain"] : draft.kind === "evaluation" ? ["satisfied", "basically_satisfied", "dissatisfied"] : [],
    max_choices: free ? draft.options.length : draft.seats,
    max_write_ins: draft.write_ins ? draft.seats : 0,
    shuffled: draft.secrecy === "secret" && (draft.kind === "rank" || draft.write_ins || (each && !free)),
    rules: view.rulebooks[draft.rules] ?? followed?.rules ?? RULES,
    state: "planned",
    closes_at: null,
    result: null,
  };
}

/** After a run-off was added: it runs, and both polls name each other. */
export function runOffRunning(): ConsoleView {
  const view = { ...ended("run_off"), follow_ups: {} };
  const again = { ...pollOf(followUp("run_off"), view), state: "planned" as const };
  const agenda = view.hall.agenda.map((item) => (item.id === "item3" ? { ...item, polls: ["projects", again.id] } : item));
  return {
    ...view,
    hall: { ...view.hall, agenda, polls: { ...view.hall.polls, [again.id]: again } },
    actions: { ...view.actions, [again.id]: { prepare: null } },
  };
}
