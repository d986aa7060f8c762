/** The outcome of a poll in words: which sentences of the catalogue to say, with which numbers and titles. */
import { formKey, type Ending } from "@/kit/words/forms";
import type { Count, OutcomeKind, PollView, ResultView } from "@/live/wire.gen";
import { afterShortfall } from "../kinds/after_shortfall";
import { runOffNeedsMajority } from "../kinds/run_off";
import { LEVELS, viewOf, VOICES } from "../kinds/kinds";

type Params = Record<string, string | number>;
type Words = (key: string, params?: Params) => string;

/** A sentence of the catalogue (under result.sentence) and its parameters; `list` names options, shown after it. */
interface Sentence {
  readonly key: string;
  readonly params: Params;
  readonly list?: readonly string[];
}

/** The key of an outcome's words below `result.head`, `result.line`, `result.sentence` or `result.next`. */
export function outcomeKey({ kind }: Pick<PollView, "kind">, { outcome, reasons }: Pick<ResultView, "outcome" | "reasons">): string {
  const missed = outcome.kind === "void" && reasons.some(({ code }) => code === "participation_void");
  const ending: Ending = missed ? "too_few" : outcome.kind;
  return formKey(ending, kind);
}

/** What follows from the count, the most important sentence first; why it does is said by the reasons. */
export function outcomeSentences(poll: PollView, result: ResultView): Sentence[] {
  const { count, outcome } = result;
  const key = outcomeKey(poll, result);
  switch (outcome.kind) {
    case "passed":
    case "not_passed":
      return [{ key, params: { votes: count.votes["for"] ?? 0, majority: outcome.majority } }];
    case "void":
      return [{ key, params: { returned: count.returned, issued: count.issued, cast: castIn(count) } }];
    case "no_quorum":
      return [{ key, params: {} }];
    case "decided":
      return [{ key, params: { majority: outcome.majority, ...decidedCounts(result) } }];
    case "evaluated":
      return [{ key, params: verdictCounts(result) }];
    default:
      return seatSentences(poll, result);
  }
}

/** How many cast a vote on a motion. */
function castIn({ votes }: Count): number {
  return VOICES.reduce((sum, voice) => sum + (votes[voice] ?? 0), 0);
}

function seatSentences(poll: PollView, result: ResultView): Sentence[] {
  const { outcome, options } = result;
  const elected = outcome.elected.length;
  const key = outcomeKey(poll, result);
  if (outcome.kind === "elected" || outcome.kind === "preselected") return [{ key, params: { elected, seats: poll.seats } }];
  if (outcome.kind === "shortfall") {
    return [{ key, params: { elected, shortfall: outcome.shortfall, seats: poll.seats } }];
  }
  const votes = options.find(({ id }) => id === outcome.run_off[0])?.votes ?? 0;
  const params = { elected, tied: outcome.run_off.length, votes, seats: outcome.run_off_seats };
  return [{ key, params, list: titlesOf(poll, outcome.run_off) }];
}

/** How many subjects came to each level. */
function verdictCounts({ outcome }: ResultView): Params {
  const verdicts = Object.values(outcome.verdicts);
  return Object.fromEntries(LEVELS.slice(0, 3).map((level) => [level, verdicts.filter((one) => one === level).length]));
}

/** How many options passed, each by itself, and how many did not. */
function decidedCounts({ outcome }: ResultView): Params {
  const verdicts = Object.values(outcome.verdicts);
  const passed = verdicts.filter((verdict) => verdict === "passed").length;
  return { passed, failed: verdicts.length - passed };
}

/** The titles of options, in the order given; names that ballots added are their own titles. */
export function titlesOf(poll: PollView, ids: readonly string[]): string[] {
  return ids.map((id) => poll.options.find((option) => option.id === id)?.title ?? id);
}

/** Parameters of the one line (result.line) that states the outcome to the hall. */
export function lineParams(poll: PollView, result: ResultView): Params {
  const { elected, run_off: tied, run_off_seats: left, shortfall } = result.outcome;
  return {
    seats: poll.seats,
    elected: elected.length,
    n: tied.length,
    left,
    short: shortfall,
    ...verdictCounts(result),
    ...decidedCounts(result),
  };
}

const FOLLOWED: readonly OutcomeKind[] = ["run_off", "shortfall", "void", "no_quorum"];

/** What comes after a poll that settled not everything; null where nothing has to follow. */
export function nextStep(poll: PollView, result: ResultView, t: Words): string | null {
  const { kind } = result.outcome;
  if (!FOLLOWED.includes(kind)) return null;
  const choices = afterShortfall(poll.rules, poll.kind).map((name) => t(`result.after.${formKey(name, poll.kind)}`)).join(t("result.or"));
  const titles = titlesOf(poll, result.outcome.run_off);
  const named = viewOf(poll).persons ? titles : titles.map((title) => t("result.quoted", { title }));
  const params = { ...lineParams(poll, result), choices, tied: named.join(t("common.listComma")) };
  const byVotes = kind === "run_off" && !runOffNeedsMajority(poll.rules, poll.kind);
  return t(`result.next.${byVotes ? formKey("run_off_by_votes", poll.kind) : outcomeKey(poll, result)}`, params);
}
