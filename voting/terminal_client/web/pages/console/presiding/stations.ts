/** The stations of a poll on its way to the announcement: which ones it has, and where it stands. Pure. */
import type { PollState, PollView, Progress } from "@/live/wire.gen";

/** A key of the catalogue each (console.poll.station). */
type Station =
  "prepare" | "vote" | "seal" | "shuffle" | "decrypt" | "read" | "hand" | "enter" | "second" | "confirm" | "announce";

type Poll = Pick<PollView, "state" | "medium" | "secrecy" | "shuffled">;

/**
 * A recorded vote is never encrypted, so nothing is decrypted; ballots that are read singly are shuffled first; what is
 * counted by hand is entered by one scrutineer and confirmed by another.
 */
export function stationsOf(poll: Poll, progress?: Progress): Station[] {
  if (poll.medium === "by_hand") return ["prepare", "vote", "enter", "second", "confirm", "announce"];
  const secret = poll.secrecy === "secret";
  return [
    "prepare",
    "vote",
    "seal",
    ...(poll.shuffled ? (["shuffle", "read"] as const) : secret ? (["decrypt"] as const) : []),
    ...(hasPapers(poll, progress) ? (["hand"] as const) : []),
    "confirm",
    "announce",
  ];
}

function hasPapers({ medium }: Poll, progress?: Progress): boolean {
  return medium === "mixed" && (progress?.papers ?? 0) > 0;
}

/** Index of the station under way; their number when all are done, -1 for an annulled poll. */
export function stationIndex(poll: Poll, progress?: Progress): number {
  const stations = stationsOf(poll, progress);
  const name = stationAt(poll, progress);
  if (name === "none") return -1;
  return name === "done" ? stations.length : stations.indexOf(name);
}

const fixed: Partial<Record<PollState, Station | "done" | "none">> = {
  planned: "prepare",
  prepared: "prepare",
  open: "vote",
  counted: "confirm",
  confirmed: "announce",
  announced: "done",
  annulled: "none",
};

function stationAt(poll: Poll, progress?: Progress): Station | "done" | "none" {
  const known = fixed[poll.state];
  if (known) return known;
  if (poll.medium === "by_hand") return progress?.hand_count === "entered" ? "second" : "enter";
  if (poll.state === "closed") return "seal";
  if (isShuffling(poll, progress)) return "shuffle";
  if (!isDecrypted(poll, progress)) return poll.shuffled ? "read" : "decrypt";
  return hasPapers(poll, progress) ? "hand" : "confirm";
}

/** Whether scrutineers have yet to shuffle. */
export function isShuffling(poll: Poll, progress?: Progress): boolean {
  return poll.shuffled && (progress?.shuffles.length ?? 0) < (progress?.needed ?? 0);
}

/** Whether nothing more is to be decrypted. */
export function isDecrypted(poll: Poll, progress?: Progress): boolean {
  return poll.secrecy === "recorded" || (progress !== undefined && progress.decryptions.length >= progress.needed);
}
