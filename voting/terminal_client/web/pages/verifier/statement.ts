/** What an archive says about its own sitting, question and rules: the election's description, where it is of our form. */
import { claimsFormat2 } from "@/tally/ballots/terms";
import type { PollView } from "@/live/wire.gen";
import { FIRST, POLL, SECOND } from "./forms";
import { readSpelled } from "./spelling";

/** The question with the adopted rules, as every record of the poll states it (voting/record/description.py). */
export type FrozenPoll = Pick<
  PollView,
  "id" | "kind" | "title" | "seats" | "options" | "secrecy" | "medium" | "write_ins" | "follows" | "eligible"
> & {
  readonly ruleset: PollView["rules"];
};

export interface Titles {
  readonly congress: string;
  readonly session: string;
  readonly sitting: string;
}

/** What format 2 states beside the poll: the key of receipts and counts, and hashes of the lists it was held with. */
interface Bound {
  readonly serverKey: string;
  readonly rosterSha256: string;
  readonly credentialsSha256: string;
}

export interface Statement {
  readonly sitting: Titles;
  readonly titles: string;
  readonly inOffice: number;
  readonly statutorySeats: number;
  readonly present: number;
  /** Titles of options that are marked as illustrative. */
  readonly illustrative: ReadonlySet<string>;
  readonly poll: FrozenPoll;
  /** What `terms` say of the ballot that counts; null where they are not written. */
  readonly counted: string | null;
  /** Null in records of release 0.1.0. */
  readonly bound: Bound | null;
}

interface Fields {
  readonly terms?: { readonly counted: string };
  readonly sitting: Titles;
  readonly poll: FrozenPoll;
  readonly in_office: number;
  readonly statutory_seats: number;
  readonly present: number;
  readonly server_key: string;
  readonly roster_sha256: string;
  readonly credentials_sha256: string;
}

/** Null when the description is not of this form in its one spelling; the archive may still be valid. */
export function readStatement(description: string): Statement | null {
  const claims = claimsFormat2(description);
  const stated = readSpelled(description, claims ? SECOND : FIRST) as Fields | undefined;
  if (stated === undefined) return null;
  const { sitting, poll, server_key: serverKey, roster_sha256: rosterSha256, credentials_sha256: credentialsSha256 } = stated;
  return {
    sitting,
    titles: titlesIn(sitting),
    inOffice: stated.in_office,
    statutorySeats: stated.statutory_seats,
    present: stated.present,
    illustrative: new Set(poll.options.filter(({ illustrative }) => illustrative).map(({ title }) => title)),
    poll,
    counted: stated.terms?.counted ?? null,
    bound: claims ? { serverKey, rosterSha256, credentialsSha256 } : null,
  };
}

/** Congress, session and sitting, as they are printed above everything. */
export function titlesIn({ congress, session, sitting }: Titles): string {
  return [congress, session, sitting].join("");
}

/** The poll that a value states; null where it is none of our form. */
export function readFrozenPoll(value: unknown): FrozenPoll | null {
  return POLL(value) ? (value as FrozenPoll) : null;
}
