/** Announced polls of every kind of outcome; persons, projects and counts are invented and labelled as samples (示例). */
import type { Medium, Outcome, PollState, PollView, ResultOption, ResultView } from "@/shared/wire.gen";
import { PLAIN_OPTION, PLAIN_OUTCOME, RULES } from "../fixtures/frozen";
import { BASE, poll, type Question } from "../fixtures/hall";

const VOICES = ["for", "against", "abstain"];
export const LONG_TITLES = [
  "慢病一体化门诊建设",
  "农村危桥改造和农村公路安全防护提升工程",
  "示例：老旧小区雨污管网改造提升",
  "示例：城乡公共充电设施建设工程",
  "示例：婴幼儿照护服务扩面提质",
  "示例：困难老年人家庭适老化改造",
  "示例：城市书房与文化驿站建设",
  "示例：智慧停车与街面泊位整治",
  "示例：中小学教室照明改造工程",
  "示例：基层医疗机构能力提升项目",
  "示例：农贸市场改造与放心菜进社区",
  "示例：全民健身中心与社区球场",
];

export const named = (titles: readonly string[], id = "o"): PollView["options"] =>
  titles.map((title, index) => ({ id: `${id}${index + 1}`, title, illustrative: true }));

export const long = (count: number): PollView["options"] =>
  named(Array.from({ length: count }, (_, index) => LONG_TITLES[index] ?? `示例：第${index + 1}号民生实事项目建设工程`));

type Row = Partial<ResultOption> & { readonly votes: number };

/** A result whose rows stand in this order; rows beyond the options are names that ballots added. */
export function resultOf(
  { options }: Question,
  rows: readonly Row[],
  outcome: Partial<Outcome> & Pick<Outcome, "kind">,
  count: Partial<ResultView["count"]> = {},
): ResultView {
  const all = rows.map((row, index): ResultOption => {
    const option = options[index] ?? { id: row.id ?? row.title ?? "", title: row.title ?? "", illustrative: false };
    return {
      ...PLAIN_OPTION,
      ...option,
      ...row,
      elected: outcome.elected?.includes(row.id ?? option.id) ?? false,
      run_off: outcome.run_off?.includes(row.id ?? option.id) ?? false,
    };
  });
  return {
    count: {
      ...BASE,
      votes: Object.fromEntries(all.map(({ id, votes }) => [id, votes])),
      write_ins: all.filter((row) => row.write_in).map(({ id }) => id),
      ...count,
    },
    outcome: { ...PLAIN_OUTCOME, ...outcome },
    options: all,
    reasons: [],
    named: [],
  };
}

const question = (more: Partial<Question>): Question => ({
  id: "poll",
  kind: "choose",
  title: "2022年度民生实事项目票决",
  options: long(12),
  seats: 10,
  max_choices: 10,
  closes_at: null,
  ...more,
});

const ids = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => `o${from + index}`);
const falling = (count: number, top = 246, step = 9): Row[] => Array.from({ length: count }, (_, index) => ({ votes: top - step * index }));

/** Projects ranked by every delegate (排序票决): the lowest sums are chosen. */
export function ranking(state: PollState, tied = false, more: Partial<Question> = {}): PollView {
  const asked = question({ id: "rank", kind: "rank", title: "2022年度民生实事项目排序票决", options: long(6), seats: 3, max_choices: 6, shuffled: true, ...more });
  const sums = tied ? [512, 655, 801, 801, 1102, 1254] : [512, 655, 801, 884, 1102, 1254];
  const rows = sums.map((votes) => ({ votes }));
  const outcome: Parameters<typeof resultOf>[2] = tied
    ? { kind: "run_off", elected: ids(1, 2), run_off: ids(3, 4), run_off_seats: 1 }
    : { kind: "elected", elected: ids(1, 3) };
  return poll(asked, state, resultOf(asked, rows, outcome, { valid: 244, void: 4 }));
}

const CANDIDATES = ["示例候选人甲", "示例候选人乙", "示例候选人丙", "示例候选人丁", "示例候选人戊", "示例候选人己"];
const answered = (votes: number, abstain: number): Row => ({ votes, abstain, against: 246 - votes - abstain });

/** Six candidates for five seats, and two names that ballots added. */
export function writeIns(state: PollState, more: Partial<Question> = {}): PollView {
  const asked = question({
    id: "committee",
    kind: "election",
    title: "选举示例市人民代表大会常务委员会委员",
    options: named(CANDIDATES),
    marks: VOICES,
    seats: 5,
    max_choices: 5,
    write_ins: true,
    max_write_ins: 5,
    shuffled: true,
    ...more,
  });
  const rows = [
    ...[241, 238, 233, 229, 131, 97].map((votes, index) => answered(votes, 3 + index)),
    { id: "示例代表088", title: "示例代表088", votes: 12, write_in: true },
    { id: "示例代表143", title: "示例代表143", votes: 2, write_in: true },
  ];
  return poll(asked, state, resultOf(asked, rows, { kind: "elected", elected: ids(1, 5) }, { valid: 246, void: 2 }));
}

/** Two of the last three candidates have equal votes for the last seat. */
export function tiedElection(state: PollState): PollView {
  const asked = question({ id: "tied", kind: "election", title: "选举示例市副市长", options: named(CANDIDATES.slice(0, 5)), marks: VOICES, seats: 4, max_choices: 4 });
  const rows = [240, 236, 222, 158, 158].map((votes) => answered(votes, 4));
  return poll(asked, state, resultOf(asked, rows, { kind: "run_off", elected: ids(1, 3), run_off: ids(4, 5), run_off_seats: 1 }, { valid: 246, void: 2 }));
}

/** The run-off that follows it. */
export const runOff = (state: PollState): PollView => {
  const asked = question({
    id: "tied-2",
    kind: "election",
    title: "选举示例市副市长（再次投票）",
    options: named(CANDIDATES.slice(3, 5)),
    marks: VOICES,
    seats: 1,
    max_choices: 1,
    follows: { poll: "tied", relation: "run_off" },
  });
  return poll(asked, state, resultOf(asked, [answered(139, 2), answered(104, 1)], { kind: "elected", elected: ["o1"] }));
};

export function shortElection(state: PollState): PollView {
  const asked = question({ id: "short", kind: "election", title: "选举示例市出席上一级人民代表大会代表", options: named(CANDIDATES), marks: VOICES, seats: 5, max_choices: 5 });
  const rows = [240, 236, 222, 119, 117, 98].map((votes) => answered(votes, 4));
  return poll(asked, state, resultOf(asked, rows, { kind: "shortfall", elected: ids(1, 3), shortfall: 2 }));
}

export function shortProjects(state: PollState): PollView {
  const asked = question({});
  return poll(asked, state, resultOf(asked, falling(12, 246, 16), { kind: "shortfall", elected: ids(1, 8), shortfall: 2 }));
}

export function tiedProjects(state: PollState): PollView {
  const asked = question({});
  const rows = [246, 239, 231, 224, 218, 209, 201, 194, 158, 158, 158, 64].map((votes) => ({ votes }));
  return poll(asked, state, resultOf(asked, rows, { kind: "run_off", elected: ids(1, 8), run_off: ids(9, 11), run_off_seats: 2 }));
}

export function voided(state: PollState): PollView {
  const asked = question({ medium: "by_hand", options: long(6), seats: 3, max_choices: 3 });
  const count = { issued: 249, returned: 251, valid: 251, medium: "by_hand" as const, by_hand: 251 };
  return poll(asked, state, resultOf(asked, falling(6), { kind: "void", shortfall: 3 }, count));
}

/** A poll of forty or sixty options whose titles do not fit one line. */
export function many(state: PollState, count: number, kind: "choose" | "approve_each" | "rank"): PollView {
  const marks = kind === "approve_each" ? VOICES : [];
  const asked = question({ kind, options: long(count), seats: 10, max_choices: count, marks });
  const rows = Array.from({ length: count }, (_, index) => (kind === "rank" ? { votes: 900 + 97 * index } : answered(Math.max(6, 241 - 4 * index), 3)));
  return poll(asked, state, resultOf(asked, rows, { kind: "elected", elected: ids(1, 10) }));
}

/** A motion that is or was decided by a show of hands, or with some papers beside the terminals. */
export function motionBy(medium: Medium, state: PollState, more: Partial<Question> = {}): PollView {
  const asked = question({
    id: "motion",
    kind: "motion",
    title: "关于示例市人民政府工作报告的决议（草案）",
    options: [
      { id: "for", title: "赞成", illustrative: false },
      { id: "against", title: "反对", illustrative: false },
      { id: "abstain", title: "弃权", illustrative: false },
    ],
    seats: 1,
    max_choices: 1,
    medium,
    ...more,
  });
  const hand = medium === "by_hand" ? 246 : medium === "mixed" ? 7 : 0;
  const count = { medium, by_hand: hand, not_pressed: 3 };
  const view = poll(asked, state, resultOf(asked, [{ votes: 241 }, { votes: 3 }, { votes: 2 }], { kind: "passed" }, count));
  return medium === "by_hand" && state !== "announced" ? { ...view, issued: null, returned: null, fingerprint: null } : view;
}

/** Rules that leave nothing but hands, or nothing but papers. */
export const HANDS_ONLY = { ...RULES, fallback: { ...RULES.fallback, paper: [] } };
