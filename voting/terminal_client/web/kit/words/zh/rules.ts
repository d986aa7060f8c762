/** The adopted rules in plain words: one sentence for each setting, and for each of its values (poll/kinds/adopted.ts). */
import kinds from "@words/zh/kinds.json";
import terms from "@words/zh/terms.json";

import type {
  Article,
  BallotRule,
  Base,
  Body,
  Medium,
  Missed,
  MixedCount,
  Press,
  ResultsShown,
  ReturnedLimit,
  Secrecy,
  SecrecyRule,
  TieRule,
  VotesShown,
} from "@/live/wire.gen";
import { articleWords, wordOf } from "../forms";

export default {
  heading: "本次表决规则",
  open: "本次表决规则",
  hint: "以下规则随本次表决一并冻结，计入表决指纹。",
  others: "会议采用的其他规定（{n} 条）",
  ballot: "选票：{rule}。",
  writeInsListed: "可以另选他人，最多 {n} 人，从公布的名单（{all} 人）中选取。",
  writeInsText: "可以另选他人，最多 {n} 人，填写姓名。",
  medium: {
    electronic: "使用表决终端投票。",
    by_hand: "不使用表决终端，由监票人手工清点，另一位监票人复核。",
    mixed: "使用表决终端投票；终端故障的代表使用纸质票，一并计入结果。",
  } satisfies Record<Medium, string>,
  title: "采用的规则：{title}。",
  titleDefault: "采用的规则：未另行通过，依系统所载的法律规定和通行做法。",
  body: "规则属于：{body}。",
  bodyNone: "规则没有写明属于哪一类会议。",
  deviates: terms.deviates + "。",
  deviatesNone: "规则没有写明与法律不一致之处。",
  quorum: "到会：出席的{members}须{part}，即 {n} 人，才能表决。",
  majority: "通过或者当选、入选：票数须{part}，即 {n} 票。",
  majorityOpen: "通过或者当选、入选：票数须{part}。",
  participation: "参加表决的人数：须{part}，否则{missed}。",
  missed: {
    void: "本次表决无效，可以重新表决",
    not_passed: "不通过",
  } satisfies Record<Missed, string>,
  participationNone: "参加表决的人数：不另作要求。",
  over: {
    valid: "所选多于应选数的选票：仍然有效。",
    void: "所选多于应选数的选票：整张作废。",
  } satisfies Record<BallotRule, string>,
  over_approval: {
    valid: "逐项表决时赞成多于应选数的选票：仍然有效。",
    void: "逐项表决时赞成多于应选数的选票：整张作废。",
  } satisfies Record<BallotRule, string>,
  under: {
    valid: "所选少于应选数的选票：有效。",
    void: "所选少于应选数的选票：整张作废。",
  } satisfies Record<BallotRule, string>,
  returned_at_most: {
    issued: "收回的选票多于发出的选票：本次表决无效，须重新进行。",
    present: "收回的选票多于实到代表：本次表决无效，须重新进行。",
  } satisfies Record<ReturnedLimit, string>,
  press: {
    first: "每人只能投一次，投出后不能更改。",
    last: "投票结束前可以重新表决，以最后一次为准。",
  } satisfies Record<Press, string>,
  write_in_after: {
    against: "另选他人：对候选人表示反对的才可以另选，另选的人数不能多于反对的人数，否则该选票无效。",
    any: "另选他人：不论对候选人如何表态，都可以另选。",
  },
  least_secret: "无记名表决：终端投票不足 {n} 人的，不开始表决；收回不足 {n} 张的，不开启票箱。",
  least_secretNone: "无记名表决：不另设最少票数。",
  candidates:
    "候选人比应选数多：正职最多 {chief_more_at_most} 名，可以等额；副职 {deputy_more_at_least} 至 {deputy_more_at_most} 名；委员为应选数的{member_more_at_least}至{member_more_at_most}；上一级代表为应选数的{delegate_more_at_least}至{delegate_more_at_most}。",
  majority_floor: {
    true: "项目入选：须先达到上述票数，再按得票多少入选。",
    false: "项目入选：按得票多少入选，不要求达到上述票数。",
  },
  rank_needs_majority: {
    true: "排序：有效的排序票须达到上述票数，否则均不入选。",
    false: "排序：不要求有效的排序票达到上述票数。",
  },
  run_off_needs_majority: {
    true: "项目票数相同再次投票时：仍须达到上述票数。",
    false: "项目票数相同再次投票时：以得票多的入选，不要求达到上述票数。",
  },
  run_off_of_persons_needs_majority: {
    true: "选举票数相等再次投票时：仍须达到上述票数。",
    false: "选举票数相等再次投票时：以得票多的当选，不要求达到上述票数。",
  },
  tie: {
    run_off: "得票相同、不能确定谁入选的：只就票数相同的再次投票，系统不代为决定。",
  } satisfies Record<TieRule, string>,
  shortfall: "选举选出的不足应选名额的：由主席团提出建议，会议决定，可选：{choices}。",
  shortfall_of_projects: "项目入选的不足应选数的：由主席团提出建议，会议决定，可选：{choices}。",
  secrecy: {
    motion: "议案表决：{rule}。",
    choice: "项目票决：{rule}。",
    election: "选举：{rule}。",
    evaluation: "测评：{rule}。",
  },
  secrecyRule: {
    secret: "无记名",
    recorded: "记名",
    either: "无记名、记名均可，每次另定",
  } satisfies Record<SecrecyRule, string>,
  secrecyHere: {
    secret: "本次为无记名。",
    recorded: "本次为记名，宣布结果后公开每位代表的选择。",
  } satisfies Record<Secrecy, string>,
  results: {
    delayed: "结果：执行主席宣布后，会场才显示。",
    immediate: "结果：计票完成后，会场立即显示。",
  } satisfies Record<ResultsShown, string>,
  votes: {
    all: "得票数：全部公布。",
    elected: "得票数：只公布当选、入选和须再次投票的；记录中保存全部。",
  } satisfies Record<VotesShown, string>,
  show_not_pressed: {
    true: "未按表决器的人数：公布。",
    false: "未按表决器的人数：不公布。",
  },
  percentage_of: "百分比：以{of}为分母，只作显示，不决定结果。",
  levels: {
    3: "测评分三档：满意、基本满意、不满意。",
    4: "测评分四档：满意、基本满意、不满意、不了解。",
  },
  evaluation: "测评结论：某一档连同更好的各档，票数{part}，即 {n} 票的，定为该档；都达不到的为不满意。",
  evaluationOpen: "测评结论：某一档连同更好的各档，票数{part}的，定为该档；都达不到的为不满意。",
  show_of_hands: "设备故障时可以举手表决的：{kinds}。",
  show_of_handsNone: "设备故障时：不得改为举手表决。",
  paper: "可以使用纸质票的：{kinds}。",
  paperNone: "不使用纸质票。",
  mixed: {
    failed_terminals: "终端故障的代表：可以使用纸质票，与电子选票一并计入结果。",
    never: "终端故障的代表：不另发纸质票。",
  } satisfies Record<MixedCount, string>,
  kind: wordOf(kinds, "name"),
  base: terms.bases satisfies Record<Base, string>,
  members: terms.members satisfies Record<Body, string>,
  bodies: terms.bodies satisfies Record<Body, string>,
  article: articleWords(terms.articles satisfies Record<Article, string>),
  fraction: {
    fifth: "五分之一",
    tenth: "十分之一",
    half: "半数",
    third: "三分之一",
    two_thirds: "三分之二",
    three_quarters: "四分之三",
  },
  part: {
    more: "超过{base}的{share}",
    least: "达到{base}的{share}（含本数）",
  },
};
