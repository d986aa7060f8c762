/** What the chair may do with a poll, and what the page shows while doing it. Pure: components only draw this. */
import { LIMITS, type ChairStep, type ConsoleView, type Hall, type ItemView, type PollState, type PollView, type Refusal, type RefusalCode } from "@/live/wire.gen";

type Cast = Pick<PollView, "state" | "medium">;

const stepsOf: Record<PollState, readonly ChairStep[]> = {
  planned: ["prepare"],
  prepared: ["open", "annul"],
  open: ["close", "annul"],
  closed: ["announce", "annul"],
  sealed: ["announce", "annul"],
  counted: ["announce", "annul"],
  confirmed: ["announce", "annul"],
  announced: [],
  annulled: [],
};

function stepsFor({ state, medium }: Cast): readonly ChairStep[] {
  return state === "prepared" && medium === "by_hand" ? ["open_by_hand", "annul"] : stepsOf[state];
}

/** One button: possible now (`why` null), or not, with the reason. */
export interface Action {
  readonly step: ChairStep;
  readonly why: Refusal | null;
}

/**
 * The buttons of a poll in its present state, main one first. A step the server says nothing about is absent: the page
 * never offers what the server has not allowed.
 */
export function actionsOf(view: ConsoleView, poll: PollView): Action[] {
  const known = view.actions[poll.id] ?? {};
  return stepsFor(poll).flatMap((step) => {
    const why = known[step];
    return why === undefined ? [] : [{ step, why }];
  });
}

/** Whether the sitting is occupied with this poll: from its preparation to its announcement. */
export function isRunning(state: PollState): boolean {
  return state !== "planned" && !hasEnded(state);
}

export function hasEnded(state: PollState): boolean {
  return state === "announced" || state === "annulled";
}

/** The poll to show under an item: the running one, else the first not ended, else the last; null when it has none. */
export function pollToShow(hall: Hall, item: ItemView): string | null {
  const polls = item.polls.flatMap((id) => hall.polls[id] ?? []);
  const running = polls.find((poll) => isRunning(poll.state));
  const waiting = polls.find((poll) => poll.state === "planned");
  return (running ?? waiting ?? polls.at(-1))?.id ?? null;
}

/** The poll that follows this one and was not annulled, wherever it stands on the agenda. */
export function followerOf(hall: Hall, poll: string): PollView | null {
  const followers = Object.values(hall.polls).filter(({ follows }) => follows?.poll === poll);
  return followers.find(({ state }) => state !== "annulled") ?? followers.at(-1) ?? null;
}

/** The agenda item that a poll belongs to. */
export function itemOf(hall: Hall, poll: string): string | null {
  return hall.agenda.find(({ polls }) => polls.includes(poll))?.id ?? null;
}

const overtaking: Record<ChairStep, readonly RefusalCode[]> = {
  prepare: ["poll_not_planned"],
  open: ["poll_not_prepared"],
  open_by_hand: ["poll_not_prepared"],
  close: ["poll_not_open"],
  announce: ["poll_not_confirmed", "poll_already_ended"],
  annul: ["poll_already_ended"],
};

const opened: readonly PollState[] = ["open", "closed", "sealed", "counted", "confirmed", "announced"];
const reached: Record<ChairStep, readonly PollState[]> = {
  prepare: ["prepared", ...opened],
  open: opened,
  open_by_hand: opened,
  close: opened.slice(1),
  announce: ["announced"],
  annul: ["annulled"],
};

/** Whether a refused step had in fact been done already, by another console (or by the preset time). */
export function wasOvertaken(step: ChairStep, code: string, state: PollState): boolean {
  return overtaking[step].some((known) => known === code) && reached[step].includes(state);
}

/** Whether a step can still be asked for in this state; a dialog about it closes by itself when it cannot. */
export function stepStillApplies(step: ChairStep, poll: Cast): boolean {
  return stepsFor(poll).includes(step);
}

/** Ballots taken so far: durable ones and verified ones. */
export function votesTaken(progress: { stored: number; verified: number } | undefined): number {
  return progress ? progress.stored + progress.verified : 0;
}

/** Preset voting times offered, in seconds; null leaves it as planned. */
export const TIMES = [null, 60, 120, 180, 300] as const;

/** Whole seconds in the server's range, or null when the text is not that. */
export function secondsIn(text: string): number | null {
  const seconds = /^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN;
  return seconds >= LIMITS.shortestSeconds && seconds <= LIMITS.longestSeconds ? seconds : null;
}
