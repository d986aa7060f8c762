export default {
  title: "会场大屏",
  login: {
    heading: "打开会场大屏",
    code: "大屏代码",
    hint: "请输入大屏代码，或者打开代码单上的链接。",
    submit: "打开",
    waiting: "正在打开…",
  },
  quorum: {
    reached: "已达法定人数",
    lacking: "未达法定人数",
  },
  gathering: {
    title: "代表签到",
    quorum: "法定人数 {n} 人",
    observers: "列席人员 {present} / {due}",
  },
  item: {
    number: "议程第 {n} 项（共 {of} 项）",
    next: "下一项：{title}",
  },
  voting: {
    ready: "已就绪",
    cast: "已投票",
    present: "在场 {n} 人",
    issued: "发出 {n} 票",
    wait: "请各位代表确认席位就绪",
    timeLeft: "剩余时间",
    untilClosed: "由执行主席宣布结束",
  },
  counting: {
    closed: "投票结束",
    sealed: "核验选票并汇总",
    decrypted: "监票人共同解密",
    named: "按名单逐票统计",
    confirmed: "总监票人确认",
    announced: "执行主席宣布结果",
    released: "{have} / {need}",
  },
  result: {
    page: "第 {n} 页，共 {of} 页（第 {from} 至 {to} 项，共 {all} 项）",
    go: "显示第 {n} 页",
  },
  annulled: {
    title: "本次表决已作废",
  },
};
