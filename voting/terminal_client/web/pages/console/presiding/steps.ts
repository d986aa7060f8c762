/** What the chair may do with a poll, and what the page shows while doing it. Pure: components only draw this. */
import {
  LIMITS,
  type ChairStep,
  type ConsoleView,
  type Hall,
  type ItemView,
  type PollState,
  type PollView,
  type Refusal,
} from "@/live/wire.gen";

/** One button: possible now (`why` null), or not, with the reason. */
export interface Action {
  readonly step: ChairStep;
  readonly why: Refusal | null;
}

const ANNULLING: readonly ChairStep[] = ["annul", "ask_annulment", "confirm_annulment"];

/** Whether a step ends the poll without a result, or asks for that; its key stands apart. */
export function isAnnulling(step: ChairStep): boolean {
  return ANNULLING.includes(step);
}

/** The buttons of a poll: what the server says the chair does next with it. */
export function actionsOf(view: ConsoleView, poll: string): Action[] {
  return (Object.entries(view.actions[poll] ?? {}) as [ChairStep, Refusal | null][]).map(([step, why]) => ({ step, why }));
}

/** Whether the chair is asked about scrutineers who are close kin of candidates: before an election is opened. */
export function asksKin(step: ChairStep, { kind }: Pick<PollView, "kind">): boolean {
  return kind === "election" && (step === "open" || step === "open_by_hand");
}

/** Whether a step can still be asked for; a dialog about it closes by itself when it cannot. */
export function stepStillApplies(view: ConsoleView, poll: string, step: ChairStep): boolean {
  return view.actions[poll]?.[step] !== undefined;
}

/**
 * Whether a refused step had in fact been done already, by another console (or by the preset time): it is no longer
 * ahead, and the poll was not annulled instead.
 */
export function wasOvertaken(view: ConsoleView, poll: string, step: ChairStep): boolean {
  const annulled = view.hall.polls[poll]?.state === "annulled";
  return !stepStillApplies(view, poll, step) && annulled === isAnnulling(step);
}

/** Whether the sitting is occupied with this poll: from its preparation to its announcement. */
export function isRunning(state: PollState): boolean {
  return state !== "planned" && !hasEnded(state);
}

function hasEnded(state: PollState): boolean {
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
