import { createI18n } from "vue-i18n";
import { describe, expect, it } from "vitest";

import en from "@/kit/words/en";
import zh from "@/kit/words/zh";
import { ruleLines } from "@/poll/kinds/adopted";
import type { PollKind, PollView, Ruleset } from "@/live/wire.gen";
import { RULES } from "../fixtures/frozen";
import { motion, projects } from "../fixtures/hall";
import { approveEach, election, evaluation, preselection, ranking } from "../fixtures/kinds";

const i18n = createI18n({ legacy: false, locale: "zh", messages: { zh, en }, missing: (_, key) => `missing ${key}` });
const LANGUAGES = ["zh", "en"] as const;

/** Every value that a setting can have, by the closed lists of the wire. */
const VALUES: Record<string, readonly unknown[]> = {
  "quorum.fraction": ["2/3", "1/2", "3/5"],
  "quorum.strictly_more": [false, true],
  "quorum.base": ["in_office", "statutory_seats"],
  "majority.fraction": ["1/2", "2/3", "3/4"],
  "majority.strictly_more": [true, false],
  "majority.base": ["in_office", "statutory_seats", "present", "returned", "valid"],
  "participation.required": [true, false],
  "participation.fraction": ["1/2", "1/3"],
  "participation.strictly_more": [true, false],
  "participation.base": ["in_office", "statutory_seats", "present"],
  "participation.missed": ["void", "not_passed"],
  "ballots.over": ["void", "valid"],
  "ballots.over_approval": ["valid", "void"],
  "ballots.under": ["valid", "void"],
  "ballots.returned_at_most": ["issued", "present"],
  "ballots.press": ["first", "last"],
  "ballots.write_in_after": ["against", "any"],
  "ballots.least_secret": [5, 1, undefined],
  "seats.majority_floor": [true, false],
  "seats.rank_needs_majority": [true, false],
  "seats.run_off_needs_majority": [true, false],
  "seats.run_off_of_persons_needs_majority": [false, true],
  "seats.tie": ["run_off"],
  "seats.shortfall": [["second_round", "next_session", "accept_fewer"], ["second_round"], ["next_session"]],
  "seats.shortfall_of_projects": [["second_round", "next_session", "accept_fewer"], ["second_round"], ["accept_fewer"]],
  "candidates.chief_more_at_most": [1, 0],
  "candidates.deputy_more_at_least": [1, 2],
  "candidates.deputy_more_at_most": [3, 4],
  "candidates.member_more_at_least": ["1/10", "1/5"],
  "candidates.member_more_at_most": ["1/5", "1/2"],
  "candidates.delegate_more_at_least": ["1/5", "1/3"],
  "candidates.delegate_more_at_most": ["1/2", "2/3"],
  "secrecy.motion": ["either", "secret", "recorded"],
  "secrecy.choice": ["secret", "recorded", "either"],
  "secrecy.election": ["secret", "recorded", "either"],
  "secrecy.evaluation": ["secret", "recorded", "either"],
  "display.results": ["delayed", "immediate"],
  "display.show_not_pressed": [true, false],
  "display.percentage_of": ["cast", "in_office", "present", "issued", "returned"],
  "display.votes": ["all", "elected"],
  "evaluation.levels": [3, 4],
  "evaluation.base": ["in_office", "statutory_seats", "present", "returned", "valid"],
  "evaluation.half_counts": [true, false],
  "fallback.show_of_hands": [["motion"], [], ["motion", "choose", "approve_each", "rank", "election", "evaluation"]],
  "fallback.paper": [["motion", "choose", "approve_each", "rank", "election", "evaluation"], [], ["election"]],
  "fallback.mixed": ["failed_terminals", "never"],
  title: ["", "示例规则"],
  body: ["congress", "township_congress", "standing_committee", "presidium", "delegation", "other", undefined],
  deviates: [[], ["组 14"], ["组 25"], ["组 27"], ["组 51"], ["选 31"], ["组 14", "组 25"]],
};

/** Participation is asked for, so that its fraction and base are stated. */
const ADOPTED: Ruleset = { ...RULES, participation: { ...RULES.participation, required: true } };

/** section.field of everything in a ruleset. */
function settingsOf(rules: Ruleset): string[] {
  return Object.entries(rules).flatMap(([section, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((field) => `${section}.${field}`)
      : [section],
  );
}

function withSetting(setting: string, value: unknown): Ruleset {
  const [section = "", field] = setting.split(".");
  const old = (ADOPTED as unknown as Record<string, object>)[section];
  return { ...ADOPTED, [section]: field === undefined ? value : { ...old, [field]: value } };
}

function lines(poll: PollView, language: (typeof LANGUAGES)[number]) {
  i18n.global.locale.value = language;
  return ruleLines(poll, i18n.global.t);
}

const POLLS: Record<PollKind, PollView> = {
  motion: motion("open"),
  choose: projects("open"),
  approve_each: approveEach("open"),
  rank: ranking("open"),
  election: election("open"),
  preselection: preselection("open"),
  evaluation: evaluation("open"),
};

describe.each(LANGUAGES)("the adopted rules in %s", (language) => {
  it("state every setting of a ruleset", () => {
    const stated = new Set<string>(lines(motion("open"), language).flatMap(({ settings }) => [...settings]));
    expect([...stated].sort()).toEqual(settingsOf(RULES).sort());
    expect(Object.keys(VALUES).sort()).toEqual(settingsOf(RULES).sort());
  });

  it.each(Object.entries(VALUES))("say something else for every value of %s", (setting, values) => {
    const texts = values.map((value) => {
      const found = lines({ ...motion("open"), rules: withSetting(setting, value) }, language);
      return found.find(({ settings }) => (settings as readonly string[]).includes(setting))?.text;
    });
    expect(new Set(texts).size).toBe(values.length);
    expect(texts.filter((text) => text === undefined || /missing|undefined|\{|rules\./.test(text))).toEqual([]);
  });

  it.each(Object.values(POLLS))("say first what bears on a poll of the kind $kind", (poll) => {
    const here = lines(poll, language).filter(({ applies }) => applies).map(({ id }) => id);
    expect(here).toEqual(expect.arrayContaining(["title", "quorum", "returned_at_most", "press", "results"]));
    expect(here.includes("evaluation")).toBe(poll.kind === "evaluation");
    expect(here.includes("rank_needs_majority")).toBe(poll.kind === "rank");
    expect(here.filter((id) => id.startsWith("secrecy"))).toHaveLength(1);
  });
});

describe("the numbers", () => {
  const text = (poll: PollView, id: string) => lines(poll, "zh").find((line) => line.id === id)?.text ?? "";

  it("that are needed are stated", () => {
    expect(text(motion("open"), "quorum")).toContain("168 人");
    expect(text(motion("open"), "majority")).toContain("126 票");
    expect(text(evaluation("open"), "evaluation")).toContain("126 票");
  });

  it("are left open while their base is not known, and where they are another kind's", () => {
    expect(text({ ...motion("open"), majority: null }, "majority")).not.toMatch(/\d/);
    expect(text(evaluation("open"), "majority")).not.toMatch(/\d/);
    expect(text(motion("open"), "evaluation")).not.toMatch(/\d/);
  });
});
