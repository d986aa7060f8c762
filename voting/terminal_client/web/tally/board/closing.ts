/** What a seat compares by itself once no ballot can come any more: its receipt with the closed board. */
import { fromBase64, toHex } from "../bytes";
import { ensure, TallyError } from "../errors";
import { sha256Hex } from "../groups/hash";
import { eventBytes } from "./chain";
import type { Receipt } from "./receipt";

/** A closed board as it is published: its heads follow from the fingerprint and the trackers in their order. */
export interface PublishedTrackers {
  readonly fingerprint: string;
  readonly closedHead: string;
  readonly trackers: readonly string[];
}

/** What a receipt promises: where its ballot stands, and the head after it. */
export type Promised = Pick<Receipt, "height" | "tracker" | "board_head">;

/** The hash of a ballot in hex, from its tracker. */
function ballotHash(tracker: string): string {
  try {
    return toHex(fromBase64(`${tracker}=`));
  } catch (error) {
    throw error instanceof RangeError ? new TallyError("receipt_invalid", "a published tracker is none") : error;
  }
}

/** Throws `receipt_invalid` unless the ballot of each receipt stands where it was promised, on the very board that is closed. */
export function checkOnClosedBoard({ fingerprint, closedHead, trackers }: PublishedTrackers, receipts: readonly Promised[]): void {
  const heads = [fingerprint];
  trackers.forEach((tracker, at) => {
    heads.push(sha256Hex(eventBytes(heads[at] ?? "", at + 1, "Ballot", ballotHash(tracker))));
  });
  const last = heads[trackers.length] ?? "";
  const closed = sha256Hex(eventBytes(last, trackers.length + 1, "EndBallots", null));
  ensure(closed === closedHead, "receipt_invalid", "the closed head is not that of these ballots");
  for (const { height, tracker, board_head: head } of receipts) {
    const stands = trackers[height - 1] === tracker && heads[height] === head;
    ensure(stands, "receipt_invalid", `the ballot of the receipt is not at height ${height} of the closed board`);
  }
}
