/** A console view of a sample sitting (251 sample delegates) in any state of its two polls. */
import type { ConsoleView, Hall, PersonView, PollState, PollView, Refusal, ResultView } from "@/shared/wire.gen";
import { PLAIN_COUNT, PLAIN_OPTION, PLAIN_OUTCOME, PLAIN_POLL, PLAIN_PROGRESS, RULES } from "../fixtures/frozen";

const TITLES = [
  "社区养老服务提升", "城乡道路改善", "便捷停车", "学校扩容", "健康关爱", "帮扶助困", "农村危桥改造", "全民健身设施",
  "慢病一体化门诊", "快递进村社区", "示例：公园夜间照明", "示例：公共图书角",
];
const DELEGATIONS = ["当湖代表团", "钟埭代表团", "曹桥代表团", "乍浦代表团", "新埭代表团", "独山港代表团", "广陈代表团", "解放军代表团"];
const SEATS_PER_ROW = 22;
export const FINGERPRINT = "9f2c41d07be83a655cd0e1f7a2b94c18d36e70fa1b52c88490adce3367f1e02b";

const optionOf = (title: string, index: number) => ({
  id: `p${index + 1}`,
  title,
  illustrative: title.startsWith("示例"),
});

export function samplePeople(states: Record<string, string> = {}, everybody = "present"): Record<string, PersonView> {
  const people: Record<string, PersonView> = {};
  for (let index = 0; index < 251; index += 1) {
    const number = String(index + 1).padStart(3, "0");
    people[number] = {
      number,
      name: `示例代表${number}`,
      delegation: DELEGATIONS[Math.floor(index / 32)] ?? "",
      seat: `${Math.floor(index / SEATS_PER_ROW) + 1}排${(index % SEATS_PER_ROW) + 1}座`,
      observer: false,
      attendance: states[number] ?? everybody,
    };
  }
  for (let index = 1; index <= 15; index += 1) {
    const number = `L${String(index).padStart(2, "0")}`;
    const attendance = index < 13 ? "present" : "absent";
    people[number] = { number, name: `示例列席${number}`, delegation: "市有关部门", seat: null, observer: true, attendance };
  }
  return people;
}

function attendanceOf(people: Record<string, PersonView>): Hall["attendance"] {
  const delegates = Object.values(people).filter(({ observer }) => !observer);
  const observers = Object.values(people).filter(({ observer }) => observer);
  const count = (state: string): number => delegates.filter(({ attendance }) => attendance === state).length;
  return {
    due: delegates.length,
    present: count("present"),
    on_leave: count("on_leave"),
    absent: count("absent"),
    departed: count("departed"),
    quorum: 168,
    quorum_reached: count("present") >= 168,
    observers_due: observers.length,
    observers_present: observers.filter(({ attendance }) => attendance === "present").length,
    delegations: DELEGATIONS.map((name) => {
      const members = delegates.filter(({ delegation }) => delegation === name);
      return { name, due: members.length, present: members.filter(({ attendance }) => attendance === "present").length };
    }),
  };
}

export function samplePoll(state: PollState, more: Partial<PollView> = {}): PollView {
  const opened = !["planned", "prepared", "annulled"].includes(state);
  return {
    ...PLAIN_POLL,
    id: "projects",
    kind: "choose",
    title: "平湖市2022年度民生实事项目票决",
    state,
    options: TITLES.map(optionOf),
    seats: 10,
    max_choices: 10,
    closes_at: null,
    election_uuid: state === "planned" ? null : "Hq5V8mTjWzYkR2",
    fingerprint: opened ? FINGERPRINT : null,
    issued: opened ? 247 : null,
    returned: opened && state !== "open" ? 246 : null,
    annulled_because: null,
    result: ["counted", "confirmed", "announced"].includes(state) ? sampleResult() : null,
    ...more,
  };
}

const VOTES = [231, 224, 219, 212, 208, 201, 188, 176, 169, 158, 91, 64];

export function sampleResult(votes: readonly number[] = VOTES, outcome: Partial<ResultView["outcome"]> = {}): ResultView {
  const options = TITLES.map((title, index) => ({
    ...PLAIN_OPTION, ...optionOf(title, index), votes: votes[index] ?? 0, elected: index < 10,
  }));
  const elected = outcome.elected ?? options.filter((option) => option.elected).map(({ id }) => id);
  return {
    count: {
      ...PLAIN_COUNT, entitled: 251, issued: 247, returned: 246, valid: 246, void: 0, not_pressed: 1,
      votes: Object.fromEntries(options.map((option) => [option.id, option.votes])),
    },
    outcome: { ...PLAIN_OUTCOME, kind: "elected", ...outcome, elected },
    options: options.map((option) => ({ ...option, elected: elected.includes(option.id) })),
    reasons: [
      { code: "quorum_reached", params: { needed: 168, base: 251, present: 248 } },
      { code: "ballots_add_up", params: { issued: 247, returned: 246, valid: 246, void: 0, limit: 247 } },
      ...options.map((option) => ({
        code: option.votes < 126 ? ("option_below" as const) : ("option_reaches" as const),
        params: { option: option.id, needed: 126, base: 251, votes: option.votes, percent: (option.votes / 2.46).toFixed(1), of: "cast" },
      })),
    ],
    named: [],
  };
}

export function sampleMotion(state: PollState): PollView {
  const options = [
    { id: "for", title: "赞成", illustrative: false },
    { id: "against", title: "反对", illustrative: false },
    { id: "abstain", title: "弃权", illustrative: false },
  ];
  const votes: Record<string, number> = { for: 221, against: 9, abstain: 12 };
  const counted = ["counted", "confirmed", "announced"].includes(state);
  return {
    ...samplePoll(state),
    id: "resolution",
    kind: "motion",
    title: "关于市人民政府工作报告的决议（草案）",
    options,
    seats: 1,
    max_choices: 1,
    result: !counted
      ? null
      : {
          count: { ...PLAIN_COUNT, entitled: 251, issued: 247, returned: 243, valid: 242, void: 0, not_pressed: 5, votes },
          outcome: { ...PLAIN_OUTCOME, kind: "passed" },
          options: options.map((option) => ({ ...PLAIN_OPTION, ...option, votes: votes[option.id] ?? 0 })),
          reasons: [],
          named: [],
        },
  };
}

export function sampleHall(poll: PollView, motion: PollView, people: Record<string, PersonView>, current = "item3"): Hall {
  const documents = (...titles: string[]) => titles.map((title) => ({ title }));
  return {
    titles: { congress: "平湖市第十六届人民代表大会", session: "第一次会议", sitting: "第四次全体会议" },
    group: "Ed25519",
    agenda: [
      { id: "item1", title: "听取候选项目的说明", documents: documents("候选项目汇总表"), polls: [] },
      { id: "item2", title: "通过票决办法和监票人名单", documents: [], polls: [] },
      {
        id: "item3",
        title: "票决2022年度民生实事项目",
        documents: documents("候选项目说明", "票决办法"),
        polls: ["projects"],
      },
      { id: "item4", title: "表决政府工作报告的决议", documents: documents("决议（草案）"), polls: ["resolution"] },
    ],
    current_item: current,
    focus: poll.state === "planned" ? null : "projects",
    attendance: attendanceOf(people),
    polls: { projects: poll, resolution: motion },
  };
}

export interface ConsoleOptions {
  poll?: Partial<PollView>;
  motion?: PollState;
  why?: Refusal | null;
  waiting?: readonly string[];
  people?: Record<string, PersonView>;
  ceremony?: boolean;
  current?: string;
}

/** Actions as the server would state them: the main step possible unless `why` says otherwise. */
function sampleActions(why: Refusal | null): Record<string, Refusal | null> {
  return { prepare: why, open: why, open_by_hand: why, close: why, announce: why, annul: null };
}

export function sampleConsole(state: PollState, options: ConsoleOptions = {}): ConsoleView {
  const people = options.people ?? samplePeople({ "017": "on_leave", "108": "on_leave", "203": "absent" });
  const poll = samplePoll(state, options.poll);
  const motion = sampleMotion(options.motion ?? "planned");
  const waiting = options.waiting ?? ["042"];
  const counted = poll.result !== null;
  return {
    hall: sampleHall(poll, motion, people, options.current),
    people,
    progress: {
      projects: {
        ...PLAIN_PROGRESS,
        ready: 248 - waiting.length,
        stored: state === "open" ? 3 : 0,
        verified: state === "open" ? 247 - waiting.length - 3 : 246,
        decryptions: state === "sealed" ? [2] : counted ? [1, 2] : [],
        needed: 2,
      },
    },
    waiting: { projects: Object.fromEntries(waiting.map((number) => [number, true])) },
    actions: { projects: sampleActions(options.why ?? null), resolution: sampleActions(options.why ?? null) },
    archives: counted ? { projects: "77ab09c51d2e4f60b8a3c9d17e5f20461b9d8c3a7f6e5d4c3b2a190817263544" } : {},
    online: Object.fromEntries(Object.keys(people).map((number) => [number, number !== "042"])),
    ceremony_complete: options.ceremony ?? true,
    rulebooks: { national: RULES },
    follow_ups: {},
    hand_counts: {},
    papers: {},
    scrutineers: ["示例监票人甲", "示例监票人乙", "示例监票人丙"].map((name, at) => ({ index: at + 1, name, chief: at === 0 })),
  };
}
