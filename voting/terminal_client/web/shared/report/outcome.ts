/** The outcome of a poll in words: which sentences of the catalogue to say, with which numbers and titles. */
import type { PollView, ResultView } from "@/shared/wire.gen";

/** A sentence of the catalogue (under console.outcome) and its parameters; `list` names options, shown after it. */
export interface Sentence {
  readonly key: string;
  readonly params: Record<string, string | number>;
  readonly list?: readonly string[];
}

/** All sentences of a count report's conclusion, the most important one first. */
export function outcomeSentences(poll: PollView, result: ResultView): Sentence[] {
  switch (result.outcome.kind) {
    case "passed":
    case "not_passed":
      return [motionSentence(result)];
    case "void":
      return [{ key: "void", params: { returned: result.count.returned, issued: result.count.issued } }];
    case "elected":
    case "run_off":
    case "shortfall":
      return electionSentences(poll, result);
  }
}

function motionSentence({ count, outcome }: ResultView): Sentence {
  return { key: outcome.kind, params: { votes: count.votes["for"] ?? 0, majority: outcome.majority } };
}

function electionSentences(poll: PollView, { outcome, options }: ResultView): Sentence[] {
  const elected = outcome.elected?.length ?? 0;
  const sentences: Sentence[] = [];
  if (outcome.kind === "elected") sentences.push({ key: "elected", params: { elected, seats: poll.seats } });
  const tied = outcome.run_off ?? [];
  if (tied.length > 0) {
    const votes = options.find(({ id }) => id === tied[0])?.votes ?? 0;
    const params = { elected, tied: tied.length, votes, seats: outcome.run_off_seats ?? 0 };
    sentences.push({ key: "runOff", params, list: titlesOf(poll, tied) });
  }
  const shortfall = outcome.shortfall ?? 0;
  if (shortfall > 0) sentences.push({ key: "shortfall", params: { elected, shortfall, majority: outcome.majority } });
  if (shortfall === 0 && elected > 0 && everyElectedHasMajority(outcome.majority, options)) {
    sentences.push({ key: "floor", params: { majority: outcome.majority } });
  }
  return sentences;
}

/** True also where the poll's rules ask for no floor but every winner happens to reach it: the sentence is a fact. */
function everyElectedHasMajority(majority: number, options: ResultView["options"]): boolean {
  return options.filter(({ elected }) => elected).every(({ votes }) => votes >= majority);
}

function titlesOf(poll: PollView, ids: readonly string[]): string[] {
  return ids.map((id) => poll.options.find((option) => option.id === id)?.title ?? id);
}

/** The mark of an option in the report: elected (入选), tied (再次投票) or none. */
export function markOf(result: ResultView, id: string): "elected" | "tied" | null {
  if (result.outcome.kind === "void") return null;
  if (result.outcome.run_off?.includes(id)) return "tied";
  return result.options.some((option) => option.id === id && option.elected) ? "elected" : null;
}

/** The rank of an option among the sorted ones; equal votes share a rank, because the program prefers none of them. */
export function rankOf(result: ResultView, votes: number): number {
  return 1 + result.options.filter((option) => option.votes > votes).length;
}
