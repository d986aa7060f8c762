/**
 * The adopted rules in plain words: every setting of a ruleset (voting/congress/law/ruleset.py) has its sentence, and the
 * sentence changes with the setting. Those that bear on the poll at hand come first.
 */
import { articleKey, formKey } from "@/kit/words/forms";
import type { Base, PollKind, PollView, Ruleset } from "@/live/wire.gen";
import { afterShortfall } from "./after_shortfall";
import type { KindRule } from "./kind_view";
import { viewOf } from "./kinds";
import { runOffNeedsMajority } from "./run_off";

type Params = Record<string, string | number>;
type Words = (key: string, params: Params) => string;

/** What stands above the sections. */
type Above = "title" | "body" | "deviates";
/** A setting as section.field; what stands above the sections has its own name alone. */
export type Setting =
  | Above
  | { [Section in Exclude<keyof Ruleset, Above>]: `${Section}.${keyof Ruleset[Section] & string}` }[Exclude<keyof Ruleset, Above>];

interface RuleLine {
  readonly id: string;
  /** The settings that the sentence states. */
  readonly settings: readonly Setting[];
  readonly text: string;
  /** Whether it bears on this poll; the others are adopted all the same. */
  readonly applies: boolean;
}

interface Rule {
  readonly id: string;
  readonly settings: readonly Setting[];
  readonly applies: (poll: PollView) => boolean;
  readonly say: (poll: PollView, words: Words) => string;
}

const FRACTIONS: Readonly<Record<string, string>> = {
  "1/2": "half",
  "1/3": "third",
  "2/3": "two_thirds",
  "3/4": "three_quarters",
  "1/5": "fifth",
  "1/10": "tenth",
};
const always = (): boolean => true;
const kindHas = (rule: KindRule) => (poll: PollView): boolean => viewOf(poll).rules.includes(rule);
const seated = (poll: PollView): boolean => viewOf(poll).competes;
const isRunOff = ({ follows }: PollView): boolean => follows?.relation === "run_off";

function share(fraction: string, words: Words): string {
  const name = FRACTIONS[fraction];
  return name ? words(`rules.fraction.${name}`, {}) : fraction;
}

/** What the members are called of the body whose rules they are. */
function membersOf({ body }: Ruleset, words: Words): string {
  return words(`rules.members.${body ?? "congress"}`, {});
}

/** "more than half of …" or "at least two thirds of …". */
function part(rules: Ruleset, fraction: string, more: boolean, base: Base, words: Words): string {
  const params = { share: share(fraction, words), base: words(`rules.base.${base}`, { members: membersOf(rules, words) }) };
  return words(`rules.part.${more ? "more" : "least"}`, params);
}

/** A sentence with the number that it comes to, where that is known already. */
function numbered(id: string, number: number | null, params: Params, words: Words): string {
  return words(`rules.${id}${number === null ? "Open" : ""}`, number === null ? params : { ...params, n: number });
}

const listed = (names: readonly string[], words: Words): string => names.join(words("common.listComma", {}));
const kindsIn = (kinds: readonly PollKind[], words: Words): string =>
  listed(kinds.map((kind) => words(`rules.kind.${kind}`, {})), words);

/** The articles that rules openly deviate from, in words; empty where there are none. */
export function deviationsIn({ deviates }: Ruleset, words: Words): string {
  return listed((deviates ?? []).map((article) => words(`rules.article.${articleKey(article)}`, {})), words);
}

/** A setting with a closed list of values, each of which has a sentence of its own. */
function choice(id: string, settings: readonly Setting[], applies: Rule["applies"], value: (rules: Ruleset) => unknown): Rule {
  return { id, settings, applies, say: ({ rules }, words) => words(`rules.${id}.${String(value(rules))}`, {}) };
}

const PASSING: readonly Rule[] = [
  {
    id: "title",
    settings: ["title"],
    applies: always,
    say: ({ rules }, words) => (rules.title ? words("rules.title", { title: rules.title }) : words("rules.titleDefault", {})),
  },
  {
    id: "body",
    settings: ["body"],
    applies: ({ rules }) => rules.body !== undefined,
    say: ({ rules: { body } }, words) =>
      body === undefined ? words("rules.bodyNone", {}) : words("rules.body", { body: words(`rules.bodies.${body}`, {}) }),
  },
  {
    id: "deviates",
    settings: ["deviates"],
    applies: ({ rules }) => (rules.deviates ?? []).length > 0,
    say: ({ rules }, words) => {
      const articles = deviationsIn(rules, words);
      return articles ? words("rules.deviates", { articles }) : words("rules.deviatesNone", {});
    },
  },
  {
    id: "quorum",
    settings: ["quorum.fraction", "quorum.strictly_more", "quorum.base"],
    applies: always,
    say: ({ rules, quorum: n }, words) => {
      const { fraction, strictly_more: more, base } = rules.quorum;
      const params = { part: part(rules, fraction, more ?? false, base, words), members: membersOf(rules, words), n };
      return words("rules.quorum", params);
    },
  },
  {
    id: "majority",
    settings: ["majority.fraction", "majority.strictly_more", "majority.base"],
    applies: kindHas("majority"),
    say: (poll, words) => {
      const { majority } = poll.rules;
      const needed = part(poll.rules, majority.fraction, majority.strictly_more, majority.base, words);
      return numbered("majority", kindHas("majority")(poll) ? poll.majority : null, { part: needed }, words);
    },
  },
  {
    id: "participation",
    settings: ["required", "fraction", "strictly_more", "base", "missed"].map((name) => `participation.${name}` as Setting),
    applies: kindHas("participation"),
    say: ({ rules }, words) => {
      const rule = rules.participation;
      if (!rule.required) return words("rules.participationNone", {});
      const missed = words(`rules.missed.${rule.missed ?? "not_passed"}`, {});
      return words("rules.participation", { part: part(rules, rule.fraction, rule.strictly_more, rule.base, words), missed });
    },
  },
];

const BALLOTS: readonly Rule[] = [
  choice("over", ["ballots.over"], kindHas("over"), ({ ballots }) => ballots.over),
  choice("over_approval", ["ballots.over_approval"], kindHas("over_approval"), ({ ballots }) => ballots.over_approval),
  choice("under", ["ballots.under"], kindHas("under"), ({ ballots }) => ballots.under),
  choice("returned_at_most", ["ballots.returned_at_most"], always, ({ ballots }) => ballots.returned_at_most),
  choice("press", ["ballots.press"], ({ medium }) => medium !== "by_hand", ({ ballots }) => ballots.press),
  choice("write_in_after", ["ballots.write_in_after"], ({ write_ins }) => write_ins, ({ ballots }) => ballots.write_in_after ?? "any"),
  {
    id: "least_secret",
    settings: ["ballots.least_secret"],
    applies: ({ medium, secrecy, rules }) =>
      rules.ballots.least_secret !== undefined && secrecy === "secret" && medium !== "by_hand",
    say: ({ rules: { ballots: { least_secret: n } } }, words) =>
      n === undefined ? words("rules.least_secretNone", {}) : words("rules.least_secret", { n }),
  },
];

function choicesAfter(rules: Ruleset, kind: PollKind, words: Words): string {
  return listed(afterShortfall(rules, kind).map((next) => words(`result.after.${formKey(next, kind)}`, {})), words);
}

const SEATS: readonly Rule[] = [
  choice("majority_floor", ["seats.majority_floor"], kindHas("majority_floor"), ({ seats }) => seats.majority_floor),
  choice("rank_needs_majority", ["seats.rank_needs_majority"], kindHas("rank_needs_majority"), ({ seats }) => seats.rank_needs_majority),
  choice(
    "run_off_needs_majority",
    ["seats.run_off_needs_majority"],
    (poll) => isRunOff(poll) && !viewOf(poll).persons,
    ({ seats }) => seats.run_off_needs_majority,
  ),
  choice(
    "run_off_of_persons_needs_majority",
    ["seats.run_off_of_persons_needs_majority"],
    (poll) => isRunOff(poll) && poll.kind === "election",
    (rules) => runOffNeedsMajority(rules, "election"),
  ),
  choice("tie", ["seats.tie"], seated, ({ seats }) => seats.tie),
  {
    id: "shortfall",
    settings: ["seats.shortfall"],
    applies: (poll) => seated(poll) && poll.kind === "election",
    say: ({ rules }, words) => words("rules.shortfall", { choices: choicesAfter(rules, "election", words) }),
  },
  {
    id: "shortfall_of_projects",
    settings: ["seats.shortfall_of_projects"],
    applies: (poll) => seated(poll) && !viewOf(poll).persons,
    say: ({ rules }, words) => words("rules.shortfall_of_projects", { choices: choicesAfter(rules, "choose", words) }),
  },
];

const CANDIDATES: readonly (keyof Ruleset["candidates"])[] = [
  "chief_more_at_most",
  "deputy_more_at_least",
  "deputy_more_at_most",
  "member_more_at_least",
  "member_more_at_most",
  "delegate_more_at_least",
  "delegate_more_at_most",
];

/** How many more candidates than seats there may be: persons, or a part of the seats. */
const candidates: Rule = {
  id: "candidates",
  settings: CANDIDATES.map((name) => `candidates.${name}` as const),
  applies: kindHas("candidates"),
  say: ({ rules }, words) => {
    const more = CANDIDATES.map((name) => [name, rules.candidates[name]] as const);
    const params = more.map(([name, value]) => [name, typeof value === "string" ? share(value, words) : value]);
    return words("rules.candidates", Object.fromEntries(params) as Params);
  },
};

/** What a kind of question may be, and, of the kind at hand, what this poll is (of hands shown, the chair speaks). */
function secrecy(name: keyof Ruleset["secrecy"]): Rule {
  const applies = kindHas(`secrecy_${name}`);
  return {
    id: `secrecy_${name}`,
    settings: [`secrecy.${name}`],
    applies,
    say: (poll, words) => {
      const rule = words(`rules.secrecy.${name}`, { rule: words(`rules.secrecyRule.${poll.rules.secrecy[name]}`, {}) });
      const here = applies(poll) && poll.medium !== "by_hand";
      return here ? rule + words(`rules.secrecyHere.${poll.secrecy}`, {}) : rule;
    },
  };
}

const SHOWING: readonly Rule[] = [
  secrecy("motion"),
  secrecy("choice"),
  secrecy("election"),
  secrecy("evaluation"),
  choice("results", ["display.results"], always, ({ display }) => display.results),
  choice("votes", ["display.votes"], seated, ({ display }) => display.votes ?? "all"),
  choice("show_not_pressed", ["display.show_not_pressed"], kindHas("show_not_pressed"), ({ display }) => display.show_not_pressed),
  {
    id: "percentage_of",
    settings: ["display.percentage_of"],
    applies: kindHas("percentage_of"),
    say: ({ rules: { display } }, words) => words("rules.percentage_of", { of: words(`result.of.${display.percentage_of}`, {}) }),
  },
  {
    id: "levels",
    settings: ["evaluation.levels"],
    applies: kindHas("levels"),
    say: ({ rules: { evaluation } }, words) => words(`rules.levels.${evaluation.levels}`, {}),
  },
  {
    id: "evaluation",
    settings: ["evaluation.base", "evaluation.half_counts"],
    applies: kindHas("evaluation"),
    say: (poll, words) => {
      const { evaluation } = poll.rules;
      const needed = part(poll.rules, "1/2", !evaluation.half_counts, evaluation.base, words);
      return numbered("evaluation", kindHas("evaluation")(poll) ? poll.majority : null, { part: needed }, words);
    },
  },
];

const FALLBACK: readonly Rule[] = [
  {
    id: "show_of_hands",
    settings: ["fallback.show_of_hands"],
    applies: ({ kind, rules }) => rules.fallback.show_of_hands.includes(kind),
    say: ({ rules: { fallback } }, words) =>
      fallback.show_of_hands.length > 0
        ? words("rules.show_of_hands", { kinds: kindsIn(fallback.show_of_hands, words) })
        : words("rules.show_of_handsNone", {}),
  },
  {
    id: "paper",
    settings: ["fallback.paper"],
    applies: ({ kind, rules }) => rules.fallback.paper.includes(kind),
    say: ({ rules: { fallback } }, words) =>
      fallback.paper.length > 0 ? words("rules.paper", { kinds: kindsIn(fallback.paper, words) }) : words("rules.paperNone", {}),
  },
  choice("mixed", ["fallback.mixed"], ({ medium }) => medium !== "by_hand", ({ fallback }) => fallback.mixed),
];

const RULES: readonly Rule[] = [...PASSING, ...BALLOTS, candidates, ...SEATS, ...SHOWING, ...FALLBACK];

/** The adopted rules of a poll, sentence by sentence. */
export function ruleLines(poll: PollView, words: Words): RuleLine[] {
  return RULES.map(({ id, settings, applies, say }) => ({ id, settings, applies: applies(poll), text: say(poll, words) }));
}
