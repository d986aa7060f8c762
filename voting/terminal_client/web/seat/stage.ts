/**
 * What a seat shows now: a pure function of the hall, the person, and what this terminal keeps for the poll.
 * Everything is derived anew from the server's view, so a reload in any state comes back where it was.
 */
import type { Hall, Me, MyPoll, PollView, Receipt } from "@/shared/wire.gen";
import type { Kept, PendingBallot } from "./keeping";

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
  | { kind: "vote"; poll: PollView; rejected: string | null }
  | { kind: "casting"; poll: PollView; step: CastStep; tracker: string | null }
  | { kind: "receipt"; poll: PollView; receipt: Receipt }
  | { kind: "counting"; poll: PollView; receipt: Receipt | null; tracker: string | null }
  | { kind: "announced"; poll: PollView; receipt: Receipt | null }
  | { kind: "annulled"; poll: PollView };

/** On the way from the confirmed choice to the receipt. */
export type CastStep = "encrypting" | "sending" | "verifying";

export interface SeatFacts {
  hall: Hall | null;
  me: Me | null;
  /** What this terminal keeps for the poll in focus. */
  kept: Kept | null;
  setup: SetupCheck;
  encrypting: boolean;
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
  if (!poll || poll.state === "planned") return { kind: "agenda" };
  if (poll.state === "annulled") return { kind: "annulled", poll };
  if (poll.state === "announced") return { kind: "announced", poll, receipt: mine(me, poll).receipt };
  if (me.role !== "delegate") return { kind: "observe", poll };
  if (poll.state === "prepared") return preparing(facts, poll);
  if (poll.state === "open") return voting(facts, poll);
  return counting(facts, poll);
}

function preparing({ me, kept }: SeatFacts, poll: PollView): Stage {
  const registered = mine(me, poll).credential;
  if (holds(kept, registered)) return { kind: "ready", poll };
  return { kind: "prepare", poll, elsewhere: registered !== null };
}

function voting({ me, kept, setup, encrypting }: SeatFacts, poll: PollView): Stage {
  const { credential, stored, rejected, receipt } = mine(me, poll);
  if (receipt) return { kind: "receipt", poll, receipt };
  if (stored) return { kind: "casting", poll, step: "verifying", tracker: stored };
  if (!holds(kept, credential)) return { kind: "excluded", poll, elsewhere: credential !== null };
  if (encrypting) return { kind: "casting", poll, step: "encrypting", tracker: null };
  if (kept?.pending) return onItsWay(poll, kept.pending);
  if (setup === "failed") return { kind: "blocked", poll };
  if (setup === "pending") return { kind: "checking", poll };
  return { kind: "vote", poll, rejected };
}

function onItsWay(poll: PollView, { stored, tracker }: PendingBallot): Stage {
  return { kind: "casting", poll, step: stored ? "verifying" : "sending", tracker };
}

function counting({ me }: SeatFacts, poll: PollView): Stage {
  const { receipt, stored } = mine(me, poll);
  return { kind: "counting", poll, receipt, tracker: stored };
}
