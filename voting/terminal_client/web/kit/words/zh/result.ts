/** The count in words: screen, seats, console and scrutineers say the same, and reports and commands with them. */
import kinds from "@words/zh/kinds.json";
import outcomes from "@words/zh/outcomes.json";
import reasons from "@words/zh/reasons.json";
import terms from "@words/zh/terms.json";

import type { AfterShortfall, Medium, ReasonCode, Relation } from "@/live/wire.gen";
import { formsOf, wordOf, type Ending } from "../forms";

export default {
  head: formsOf<Ending>(outcomes.head, kinds, terms.idle),
  line: formsOf<Ending>(outcomes.line, kinds, terms.idle),
  sentence: formsOf<Ending>(outcomes.sentence, kinds, terms.idle),
  next: formsOf(outcomes.next, kinds, terms.idle),
  reason: formsOf<ReasonCode>(reasons, kinds, terms.idle),
  after: formsOf<AfterShortfall>(terms.after, kinds, terms.idle),
  idle: formsOf({ label: terms.idle_label }, kinds, terms.idle),
  of: terms.of,
  level: terms.levels,
  decided: { passed: terms.marks.passed, not_passed: terms.marks.not_passed },
  alternatives: terms.alternatives,
  or: terms.or,
  nextLabel: "下一步：",
  quoted: "“{title}”",
  follows: terms.relations satisfies Record<Relation, string>,
  medium: {
    by_hand: "手工计票",
    mixed: "含纸质票",
  } satisfies Record<Exclude<Medium, "electronic">, string>,
  mediumNote: {
    by_hand: "全部 {n} 票由监票人手工清点，并经另一位监票人复核",
    mixed: "收回 {all} 票，其中纸质票 {n} 票由监票人手工清点，并经另一位监票人复核",
  } satisfies Record<Exclude<Medium, "electronic">, string>,
  rule: {
    byElection: "补选：",
    writeIns: "，可以另选他人",
    rank: "，名次之和小的 {seats} 项入选",
  },
  byElection: "补选",
  formOfElection: {
    competitive: "差额选举",
    equal: "等额选举",
  },
  figure: {
    entitled: "实有代表",
    issued: "发出",
    returned: "收回",
    byHand: "其中纸质票",
    valid: "有效",
    void: "无效",
    majority: "须得",
    half: "定等须达",
    rankings: "有效排序票须达",
  },
  column: {
    place: "名次",
    called: wordOf(kinds, "called"),
    votes: "得票",
    sum: "名次之和（小者为先）",
    sumHead: "名次之和",
    verdict: "结论",
    needed: "须得 {n} 票",
  },
  mark: { elected: wordOf(kinds, "verb"), tied: "再次投票" },
  writeIn: "另选他人",
  annulled: "已作废，以下结果不生效，照常公布。",
  named: {
    title: "记名表决名单（{n} 人）",
    added: "另选 ",
    unreadable: "无法辨认（无效）",
    blank: "未作选择",
  },
  levelHead: {
    satisfied: "满意",
    basically_satisfied: "基本满意",
    dissatisfied: "不满意",
    dont_know: "不了解",
  },
  why: {
    title: "理由",
    each: "逐项说明（{n} 条）",
  },
};
