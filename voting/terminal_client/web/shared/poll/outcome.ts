/** The outcome of a poll in words: which sentences of the catalogue to say, with which numbers and titles. */
import type { PollView, ResultView } from "@/shared/wire.gen";
import { LEVELS } from "./kinds";

type Params = Record<string, string | number>;

/** A sentence of the catalogue (under result.sentence) and its parameters; `list` names options, shown after it. */
export interface Sentence {
  readonly key: string;
  readonly params: Params;
  readonly list?: readonly string[];
}

/** What follows from the count, the most important sentence first; why it does is said by the reasons. */
export function outcomeSentences(poll: PollView, result: ResultView): Sentence[] {
  const { count, outcome } = result;
  switch (outcome.kind) {
    case "passed":
    case "not_passed":
      return [{ key: outcome.kind, params: { votes: count.votes["for"] ?? 0, majority: outcome.majority } }];
    case "void":
      return [{ key: "void", params: { returned: count.returned, issued: count.issued } }];
    case "no_quorum":
      return [{ key: "no_quorum", params: {} }];
    case "evaluated":
      return [{ key: "evaluated", params: verdictCounts(result) }];
    default:
      return seatSentences(poll, result);
  }
}

function seatSentences(poll: PollView, { outcome, options }: ResultView): Sentence[] {
  const elected = outcome.elected.length;
  if (outcome.kind === "elected") return [{ key: "elected", params: { elected, seats: poll.seats } }];
  if (outcome.kind === "shortfall") {
    return [{ key: "shortfall", params: { elected, shortfall: outcome.shortfall, seats: poll.seats } }];
  }
  const votes = options.find(({ id }) => id === outcome.run_off[0])?.votes ?? 0;
  const params = { elected, tied: outcome.run_off.length, votes, seats: outcome.run_off_seats };
  return [{ key: "run_off", params, list: titlesOf(poll, outcome.run_off) }];
}

/** How many subjects came to each level. */
export function verdictCounts({ outcome }: ResultView): Params {
  const verdicts = Object.values(outcome.verdicts);
  return Object.fromEntries(LEVELS.slice(0, 3).map((level) => [level, verdicts.filter((one) => one === level).length]));
}

/** The titles of options, in the order given. */
export function titlesOf(poll: PollView, ids: readonly string[]): string[] {
  return ids.map((id) => poll.options.find((option) => option.id === id)?.title ?? id);
}

/** Parameters of the one line (result.line) that states the outcome to the hall. */
export function lineParams(poll: PollView, result: ResultView, comma: string): Params {
  const { elected, run_off: tied, run_off_seats: left, shortfall } = result.outcome;
  return {
    seats: poll.seats,
    elected: elected.length,
    tied: titlesOf(poll, tied).join(comma),
    left,
    short: shortfall,
    ...verdictCounts(result),
  };
}
