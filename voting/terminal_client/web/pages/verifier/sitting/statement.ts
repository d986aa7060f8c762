/** What a whole sitting's record states of itself (voting/record/whole/statement.py), in its one spelling. */
import type { PollState } from "@/live/wire.gen";
import { fromUtf8, utf8 } from "@/tally/bytes";
import { POLL, TITLES } from "../forms";
import { fields, listOf, oneOf, readSpelled, text, whole } from "../spelling";
import type { FrozenPoll, Titles } from "../statement";

const MAX_STATEMENT_BYTES = 2 ** 25;
const HASH = /^[0-9a-f]{64}$/;
const SIGNATURE = /^[0-9a-f]{128}$/;
const FOLDER = /^[a-z0-9][a-z0-9-]{0,39}$/;
const STATES: readonly PollState[] = [
  "planned",
  "prepared",
  "open",
  "closed",
  "sealed",
  "counted",
  "confirmed",
  "announced",
  "annulled",
];

/** A poll in the order of the agenda; the hashes are "" without the file, the identifier before it was prepared. */
export interface ListedPoll {
  readonly election_uuid: string;
  readonly poll: FrozenPoll;
  readonly state: PollState;
  readonly record_sha256: string;
  readonly count_sha256: string;
  readonly annulled_because: string;
}

export interface SittingStatement {
  readonly titles: Titles;
  readonly server_key: string;
  readonly roster_sha256: string;
  readonly statutory_seats: number;
  readonly polls: readonly ListedPoll[];
  readonly signature: string;
}

const LISTED = fields({
  election_uuid: text,
  poll: POLL,
  state: oneOf(...STATES),
  record_sha256: text,
  count_sha256: text,
  annulled_because: text,
});
const STATEMENT = fields({
  version: oneOf(1),
  titles: TITLES,
  server_key: text,
  roster_sha256: text,
  statutory_seats: whole,
  polls: listOf(LISTED),
  signature: text,
});

/** The text of a document; "" where its bytes are no UTF-8, which is no document of ours. */
export function textOf(raw: Uint8Array | undefined): string {
  try {
    return raw === undefined ? "" : fromUtf8(raw);
  } catch {
    return "";
  }
}

/** Null when the text is not of this form in its one spelling, or lists a poll twice. */
export function readSittingStatement(raw: string): SittingStatement | null {
  if (utf8(raw).length > MAX_STATEMENT_BYTES) return null;
  const stated = readSpelled(raw, STATEMENT) as SittingStatement | undefined;
  if (stated === undefined) return null;
  const { server_key: key, roster_sha256: roster, polls } = stated;
  const hashes = polls.flatMap(({ record_sha256: record, count_sha256: count }) => [record, count]).filter((hash) => hash !== "");
  const hexadecimal = [key, roster, ...hashes].every((hash) => HASH.test(hash)) && SIGNATURE.test(stated.signature);
  const ids = new Set(polls.map(({ poll }) => poll.id));
  return hexadecimal && ids.size === polls.length ? stated : null;
}

/** Where the files of a poll stand; number: its place in the list, from 1. */
export function folderOf(number: number, poll: string): string {
  const place = `polls/${String(number).padStart(2, "0")}`;
  return FOLDER.test(poll) ? `${place}-${poll}` : place;
}
