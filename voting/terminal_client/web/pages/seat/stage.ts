/**
 * What a seat shows now: a pure function of the hall, the person, and what this terminal keeps for the poll.
 * Everything is derived anew from the server's view, so a reload in any state comes back where it was.
 */
import type { Hall, Me, MyPoll, PollView, Receipt } from "@/live/wire.gen";
import type { Kept, KeptReceipt, PendingBallot } from "./keeping";
import { missingReceipt } from "./missing";

/** Result of this terminal's own check of an opened poll (see checkSetup). */
export type SetupCheck = "pending" | "passed" | "failed";

export type Stage =
  | { kind: "connecting" }
  | { kind: "sign_in" }
  | { kind: "agenda" }
  | { kind: "observe"; poll: PollView }
  | { kind: "prepare"; poll: PollView; elsewhere: boolean }
  | { kind: "ready"; poll: PollView }
  | { kind: "excluded"; poll: PollView; elsewhere: boolean }
  | { kind: "checking"; poll: PollView }
  | { kind: "blocked"; poll: PollView }
  | { kind: "vote"; poll: PollView; rejected: string | null; replaces: Receipt | null }
  | { kind: "casting"; poll: PollView; step: CastStep; tracker: string | null; replaces: Receipt | null }
  | { kind: "receipt"; poll: PollView; receipt: Receipt; rejected: string | null; again: boolean }
  | { kind: "on_paper"; poll: PollView }
  | { kind: "by_hand"; poll: PollView }
  | { kind: "counting"; poll: PollView; receipt: Receipt | null; tracker: string | null; onPaper: boolean }
  | { kind: "announced"; poll: PollView; receipt: Receipt | null }
  | { kind: "annulled"; poll: PollView }
  | { kind: "lost"; poll: PollView; receipt: Receipt };

/** On the way from the confirmed choice to the receipt. */
type CastStep = "encrypting" | "sending" | "verifying";

export interface SeatFacts {
  hall: Hall | null;
  me: Me | null;
  /** What this terminal keeps for the poll in focus. */
  kept: Kept | null;
  setup: SetupCheck;
  encrypting: boolean;
  /** Tracker of the ballot that the delegate wants to replace, where the last one counts. */
  replacing: string | null;
  /** Every receipt that this terminal keeps. */
  receipts: readonly KeptReceipt[];
  /** Those whose ballots are not on the closed board. */
  astray: readonly KeptReceipt[];
}

const NOTHING: MyPoll = { credential: null, stored: null, rejected: null, receipt: null, on_paper: false };

/** The poll the sitting is occupied with, or null. */
export function focusedPoll(hall: Hall | null): PollView | null {
  return (hall?.focus && hall.polls[hall.focus]) || null;
}

/** This person in a poll. */
export function mine(me: Me | null, poll: PollView): MyPoll {
  return me?.polls[poll.id] ?? NOTHING;
}

/** Whether this terminal holds the private half of the registered credential. */
export function holds(kept: Kept | null, registered: string | null): boolean {
  return registered !== null && (kept?.credentials.some((one) => one.public === registered) ?? false);
}

/** See the module's law. */
export function stageOf(facts: SeatFacts): Stage {
  const { hall, me } = facts;
  if (!hall || !me) return { kind: "connecting" };
  const poll = focusedPoll(hall);
  if (!me.signed_in) return { kind: "sign_in" };
  if (!poll) return { kind: "agenda" };
  const lost = missingReceipt(facts.receipts, me, poll) ?? facts.astray.find(({ poll: id }) => id === poll.id);
  if (lost) return { kind: "lost", poll, receipt: lost.receipt };
  if (poll.state === "planned") return { kind: "agenda" };
  if (poll.state === "annulled") return { kind: "annulled", poll };
  if (poll.state === "announced") return { kind: "announced", poll, receipt: mine(me, poll).receipt };
  if (me.role !== "delegate") return { kind: "observe", poll };
  if (poll.medium === "by_hand") return { kind: "by_hand", poll };
  if (poll.state === "prepared") return preparing(facts, poll);
  if (poll.state === "open") return voting(facts, poll);
  return counting(facts, poll);
}

function preparing({ me, kept }: SeatFacts, poll: PollView): Stage {
  const { credential, on_paper } = mine(me, poll);
  if (on_paper) return { kind: "on_paper", poll };
  if (holds(kept, credential)) return { kind: "ready", poll };
  return { kind: "prepare", poll, elsewhere: credential !== null };
}

function voting(facts: SeatFacts, poll: PollView): Stage {
  const { stored, receipt, on_paper } = mine(facts.me, poll);
  if (stored) return { kind: "casting", poll, step: "verifying", tracker: stored, replaces: receipt };
  if (receipt && !underWay(facts, poll, receipt)) return voted(facts, poll, receipt);
  return on_paper ? { kind: "on_paper", poll } : filling(facts, poll, receipt);
}

/** Whether the delegate is at a further ballot: choosing it, or it has not arrived yet. */
function underWay({ kept, encrypting, replacing }: SeatFacts, poll: PollView, { tracker }: Receipt): boolean {
  const pending = kept?.pending ?? null;
  const another = replacing === tracker || (pending !== null && pending.tracker !== tracker);
  return poll.last_press_counts && (encrypting || another);
}

/** A further ballot is possible with the credential at hand, once the receipt of this one has been checked. */
function voted({ me, kept }: SeatFacts, poll: PollView, receipt: Receipt): Stage {
  const { credential, rejected } = mine(me, poll);
  const again = poll.last_press_counts && holds(kept, credential) && !kept?.pending;
  return { kind: "receipt", poll, receipt, rejected, again };
}

function filling({ me, kept, setup, encrypting }: SeatFacts, poll: PollView, replaces: Receipt | null): Stage {
  const { credential, rejected } = mine(me, poll);
  if (!holds(kept, credential)) return { kind: "excluded", poll, elsewhere: credential !== null };
  if (encrypting) return { kind: "casting", poll, step: "encrypting", tracker: null, replaces };
  if (kept?.pending) return onItsWay(poll, kept.pending, replaces);
  if (setup === "failed") return { kind: "blocked", poll };
  if (setup === "pending") return { kind: "checking", poll };
  return { kind: "vote", poll, rejected, replaces };
}

function onItsWay(poll: PollView, { stored, tracker }: PendingBallot, replaces: Receipt | null): Stage {
  return { kind: "casting", poll, step: stored ? "verifying" : "sending", tracker, replaces };
}

function counting({ me }: SeatFacts, poll: PollView): Stage {
  const { receipt, stored, on_paper } = mine(me, poll);
  return { kind: "counting", poll, receipt, tracker: stored, onPaper: on_paper };
}
