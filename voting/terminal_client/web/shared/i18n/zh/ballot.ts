/** A ballot: marking it, the last look at it, and the head above it. */
export default {
  timeLeft: "剩余时间",
  vote: {
    secret: "您的选择在本机加密后才会发出，任何人都看不到单张选票的内容。",
    recordedTitle: "记名表决。",
    recorded: "您的选择不加密，宣布结果后连同您的姓名一并公开。",
    unknownKind: "本席还不能显示这种选票，请举手告知工作人员。",
  },
  choose: {
    left: "还可选 {n} 项",
    none: "已选满",
    ticked: "已选 {n} 项",
    short: "还须再选 {n} 项才能投票",
    full: "最多选 {k} 项。要改选，请先取消一项。",
    undo: "撤销上一步",
    review: "核对选票",
  },
  marks: {
    left: "还可赞成 {n}",
    none: "赞成已用完",
    open: "还有 {n} 项没有表态",
    complete: "已逐项表态",
    full: "最多赞成 {k} 项。要改，请先取消一项赞成。",
    blank: "您没有对任何一项表态，将投出空白票。",
    openFinal: "有 {n} 项没有表态，在您的选票上为空白。",
    unmarked: "没有表态",
  },
  motion: {
    hint: "请按下您的选择，再确认一次即投票。",
  },
  review: {
    title: "请核对您的选票",
    count: "您选了 {n} 项（最多 {k} 项）：",
    blank: "您没有选任何一项，将投出空白票。",
    final: "确认后不能更改，每人一票。",
    change: "返回修改",
    confirm: "确认投票",
  },
};
