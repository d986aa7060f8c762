import { describe, expect, it } from "vitest";

import en from "@/kit/words/en";
import zh from "@/kit/words/zh";
import { outcomeSentences } from "@/poll/result/outcome";
import { namedMarks, optionInWords } from "@/poll/kinds/named";
import { inWords, sorted } from "@/poll/result/reasons";
import { figureName, figuresOf, rowsOf } from "@/poll/result/result";
import { ruleOf } from "@/poll/kinds/rule";
import type { PollView, Reason, ResultView } from "@/live/wire.gen";
import { motion, projects } from "../fixtures/hall";
import { approveEach, election, evaluation } from "../fixtures/kinds";

/** The catalogue's text with its placeholders filled, without a page. */
function words(catalogue: object) {
  return (key: string, params: Record<string, string | number> = {}): string => {
    const text = key.split(".").reduce<unknown>((tree, name) => (tree as Record<string, unknown>)[name], catalogue);
    if (typeof text !== "string") throw new RangeError(`no text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new RangeError(`nothing for ${name} in ${key}`);
      return String(value);
    });
  };
}

const chinese = words(zh);
const english = words(en);

function announced(poll: PollView): [PollView, ResultView] {
  if (!poll.result) throw new Error("the sample is not announced");
  return [poll, poll.result];
}

const each = announced(approveEach("announced", 6));
const evaluated = announced(evaluation("announced", 7, 4));

describe("the rows of a count", () => {
  it("give for, against and abstentions where every option is answered by itself", () => {
    const [first, second] = rowsOf(...each);
    expect(first?.others).toEqual({ against: each[1].options[0]?.against, abstain: each[1].options[0]?.abstain });
    expect([first?.place, second?.place]).toEqual([1, 1]);
    expect(first?.mark).toBe("elected");
  });

  it("give levels and a verdict to subjects, and neither places nor marks", () => {
    const rows = rowsOf(...evaluated);
    expect(rows.map(({ verdict }) => verdict)).toContain("basically_satisfied");
    expect(rows.every(({ place, mark, levels }) => place === null && mark === null && levels?.length === 4)).toBe(true);
  });

  it("keep a motion's answers in the order of the keys", () => {
    expect(rowsOf(...announced(motion("announced"))).map(({ voice }) => voice)).toEqual(["for", "against", "abstain"]);
  });

  it("call those who took no part after the kind and the way of voting", () => {
    const label = ([poll, result]: [PollView, ResultView], changes: Partial<ResultView> = {}): string =>
      chinese(figureName(poll, { ...result, ...changes }, "notPressed"));
    const byHand = { method: "show_of_hands", count: { ...each[1].count, medium: "by_hand" } } as const;
    const named = [label(announced(motion("announced"))), label(each), label(announced(motion("announced")), byHand)];
    expect(named).toEqual(["未按表决器", "未投票", "未举手"]);
    expect(figureName(...each, "void")).toBe("result.figure.void");
  });

  it("name what a level needs apart from what elects", () => {
    expect(figuresOf(...evaluated).at(-1)).toEqual(["half", 126]);
    expect(figuresOf(...each).at(-1)).toEqual(["majority", 126]);
  });
});

describe("the reasons of an outcome", () => {
  it("are in words in both languages, for every kind, with nothing left unfilled", () => {
    for (const [poll, result] of [each, evaluated, announced(election("announced")), announced(motion("announced"))]) {
      for (const reason of result.reasons) {
        expect(inWords(reason, poll, chinese)).not.toMatch(/[{}]/);
        expect(inWords(reason, poll, english)).not.toMatch(/[{}]/);
      }
    }
  });

  it("name options by their titles, and bases and what may follow by words", () => {
    const [poll] = each;
    const tie: Reason = { code: "tie", params: { options: ["p1", "p2"], votes: 126, seats: 1 } };
    expect(inWords(tie, poll, chinese)).toContain(`${poll.options[0]?.title}、${poll.options[1]?.title}`);
    const short: Reason = { code: "shortfall", params: { missing: 1, seats: 3, choices: ["second_round", "accept_fewer"] } };
    expect(inWords(short, poll, english)).toBe("1 of 3 seats unfilled: the sitting decides (a second round now, or accept fewer)");
  });

  it("tell a name that holds a comma as one person", () => {
    const tie: Reason = { code: "tie", params: { options: ["Smith, John", "p2"], votes: 126, seats: 1 } };
    expect(inWords(tie, each[0], chinese)).toMatch(new RegExp(`^Smith, John、${each[0].options[1]?.title}：`));
  });

  it("call those who took no part after the way of voting", () => {
    const [poll, result] = announced(motion("announced"));
    const params = { votes: 3, against: 1, abstain: 0, not_pressed: 2, percent: "75.0", of: "cast" };
    const votes: Reason = { code: "motion_votes_all", params };
    const counted = (method: ResultView["method"]): PollView => ({
      ...poll,
      result: { ...result, method, count: { ...result.count, medium: method ? "by_hand" : "electronic" } },
    });
    const idle = [null, "paper", "show_of_hands"] as const;
    expect(idle.map((method) => inWords(votes, counted(method), chinese).split("，")[3]?.split("；")[0])).toEqual([
      "未按表决器 2 人",
      "未投票 2 人",
      "未举手 2 人",
    ]);
  });

  it("stand apart from the lines about single options", () => {
    const { general, each: lines } = sorted(each[1].reasons);
    expect(general.map(({ code }) => code)).toEqual(["quorum_reached", "ballots_add_up"]);
    expect(general.length + lines.length).toBe(each[1].reasons.length);
  });
});

describe("polls in words", () => {
  it("count the verdicts of an evaluation", () => {
    expect(outcomeSentences(...evaluated)).toEqual([
      { key: "evaluated.evaluation.electronic", params: { satisfied: 4, basically_satisfied: 3, dissatisfied: 0 } },
    ]);
  });

  it("state the limit of “for” only where there is one", () => {
    expect(ruleOf(election("open", 5), chinese)).toBe("候选人 5 名，应选 4 名，最多赞成 4 名");
    expect(ruleOf(election("open", 5, { max_choices: 5 }), chinese)).toBe("候选人 5 名，应选 4 名");
    expect(ruleOf(projects("open"), english)).toBe("Choose at most 10 of 12");
  });

  it("say how a delegate voted by name", () => {
    const vote = (marks: string[]) => ({ delegate: "001", name: "示例代表001", marks });
    expect(namedMarks(motion("announced"), vote(["for"]), chinese)).toBe("赞成");
    expect(optionInWords(motion("open"), { id: "for", title: "赞成" }, english)).toBe("For");
    expect(optionInWords(projects("open"), { id: "for", title: "示例" }, english)).toBe("示例");
    expect(namedMarks(projects("announced"), vote(["p1", "p2"]), chinese)).toBe("养老服务、道路改善");
    expect(namedMarks(evaluated[0], vote(["s2=basically_satisfied"]), chinese)).toBe("示例市教育局 基本满意");
  });
});
