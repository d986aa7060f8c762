/** Receipts that this terminal keeps and the server does not return: it goes on from a record without these ballots. */
import type { Hall, Me, PollView } from "@/live/wire.gen";
import type { KeptReceipt } from "./keeping";

/** The last receipt kept for a poll whose ballot the server no longer has on the board; null when all is well. */
export function missingReceipt(kept: readonly KeptReceipt[], me: Me, poll: PollView): KeptReceipt | null {
  const ours = kept.filter(({ receipt }) => receipt.election_uuid === poll.election_uuid);
  const [last] = ours.sort((one, other) => other.receipt.height - one.receipt.height);
  if (!last) return null;
  const returned = me.polls[poll.id]?.receipt ?? null;
  if (returned === null) return last;
  const isSame = returned.tracker === last.receipt.tracker && returned.board_head === last.receipt.board_head;
  const isLater = poll.last_press_counts && returned.height > last.receipt.height;
  return isSame || isLater ? null : last;
}

/** Of all polls of the sitting, in its order. */
export function missingReceipts(kept: readonly KeptReceipt[], hall: Hall, me: Me): KeptReceipt[] {
  return Object.values(hall.polls).flatMap((poll) => missingReceipt(kept, me, poll) ?? []);
}
