/** What the figures of a count decide under the adopted rules (voting/congress/law/ruling.py). No tie is ever broken. */
import type { Count, Outcome } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";
import { canBeFigures, figuresOf, returnedLimit, type Roster } from "./figures";
import { lawOf, tooFewTookPart } from "./kinds";
import { share } from "./share";
import { baseOf } from "./tally";

/** The outcome; null where nothing can be decided upon. */
export function outcomeOf(poll: FrozenPoll, count: Count, roster: Roster): Outcome | null {
  const figures = figuresOf(poll, count, roster);
  if (!canBeFigures(figures)) return null;
  const { quorum } = poll.ruleset;
  const law = lawOf(poll);
  const needed = law.majority(poll.ruleset);
  const majority = share(needed.fraction, baseOf(figures, needed.base), needed.strictlyMore);
  const none = { majority, elected: [], run_off: [], run_off_seats: 0, shortfall: 0, verdicts: {} };
  const unfilled = { ...none, shortfall: law.fillsSeats ? poll.seats : 0 };
  const least = share(quorum.fraction, baseOf(figures, quorum.base), quorum.strictly_more ?? false);
  if (figures.present < least) return { ...unfilled, kind: "no_quorum" };
  if (figures.returned > returnedLimit(figures)) return { ...unfilled, kind: "void" };
  return { ...none, ...law.decide(figures, majority) };
}

/** Whether a poll whose outcome is void is so because too few took part. */
export function isVoidForFew(poll: FrozenPoll, count: Count, roster: Roster): boolean {
  const figures = figuresOf(poll, count, roster);
  return poll.kind === "motion" && figures.returned <= returnedLimit(figures) && tooFewTookPart(figures);
}
