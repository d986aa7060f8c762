/** How many ballots a secret poll must have before anybody opens them (voting/congress/law/question.py says the same). */
import type { PollView } from "@/live/wire.gen";

type Ruled = Pick<PollView, "secrecy" | "medium" | "rules">;

/** The fewest that may be opened; 0 where none are encrypted, or where the rules ask for none. */
export function leastSecret({ secrecy, medium, rules }: Ruled): number {
  return secrecy === "secret" && medium !== "by_hand" ? (rules.ballots.least_secret ?? 0) : 0;
}

/** Whether the box of a sealed poll stays shut. */
export function staysShut(poll: Ruled & Pick<PollView, "state" | "returned">): boolean {
  return poll.state === "sealed" && poll.returned !== null && poll.returned < leastSecret(poll);
}

/** What is said of a poll's state: nobody counts what is in a box that stays shut. */
export function saidState(poll: Ruled & Pick<PollView, "state" | "returned">): PollView["state"] | "shut" {
  return staysShut(poll) ? "shut" : poll.state;
}
