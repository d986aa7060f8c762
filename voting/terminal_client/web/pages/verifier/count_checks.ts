/**
 * What a signed count statement is compared with: the archive it names, its own parts, their sum, and the rules
 * (voting/record/count_checks.py says the same). The counting of papers itself cannot be checked: for that, two persons
 * stand. Pure; the signature is checked by the worker.
 */
import type { CountStatement } from "@/tally/board/count_statement";
import type { Count } from "@/live/wire.gen";
import { STATEMENT } from "./forms";
import { own } from "./law/tally";
import { canBeHeld, countByHand, handHolds } from "./law/hand";
import { outcomeOf } from "./law/ruling";
import { readSpelled } from "./spelling";
import type { FrozenPoll, Statement } from "./statement";

/** The checks in the order in which they are made. */
export const COUNT_CHECKS = [
  "count_form",
  "count_signature",
  "count_archive",
  "count_electronic",
  "count_by_hand",
  "count_joined",
  "count_outcome",
] as const;
export type CountCheckKey = (typeof COUNT_CHECKS)[number];
type CountStatus = "waiting" | "passed" | "failed" | "not_reached";

export interface CountState {
  readonly key: CountCheckKey;
  readonly status: CountStatus;
}

/** The archive that lies beside the statement: verified, and counted by its own rules where it states any that fit. */
export interface BesideArchive {
  readonly sha256: string;
  readonly uuid: string;
  readonly fingerprint: string;
  readonly stated: Statement | null;
  readonly count: Count | null;
}

/** A statement whose form holds. */
export type Stated = CountStatement & { readonly poll: FrozenPoll };

/** The states when every check before `failed` passed; null: all passed. */
export function statesUntil(failed: CountCheckKey | null): CountState[] {
  const at = failed === null ? COUNT_CHECKS.length : COUNT_CHECKS.indexOf(failed);
  return COUNT_CHECKS.map((key, place) => ({ key, status: place < at ? "passed" : place === at ? "failed" : "not_reached" }));
}

const HEX = /^[0-9a-f]+$/;
const isHex = (value: string, digits: number): boolean => value.length === digits && HEX.test(value);

/** A statement of a poll that could be held, written as the server writes it (a final line feed is allowed); else null. */
export function readStated(raw: string): Stated | null {
  const stated = readSpelled(raw.endsWith("\n") ? raw.slice(0, -1) : raw, STATEMENT) as Stated | undefined;
  if (stated === undefined) return null;
  const { fingerprint, archive_sha256: archive } = stated;
  const boardless = fingerprint === "" && archive === "";
  const hashes = boardless || (isHex(fingerprint, 64) && isHex(archive, 64));
  const spelled = hashes && isHex(stated.server_key, 64) && isHex(stated.signature, 128);
  return spelled && canBeHeld(stated.poll) ? stated : null;
}

/** The first check after the form that does not hold, the signature aside; null when all do. keys: of receipts given. */
export function firstFault(stated: Stated, beside: BesideArchive | null, keys: readonly string[]): CountCheckKey | null {
  const holds: Readonly<Record<CountCheckKey, () => boolean>> = {
    count_form: () => true,
    count_signature: () => isSignedByKnown(stated, beside, keys),
    count_archive: () => belongs(stated, beside),
    count_electronic: () => same(stated.electronic, beside?.count ?? null),
    count_by_hand: () => isCountedByHand(stated),
    count_joined: () => isJoined(stated),
    count_outcome: () => isDecided(stated),
  };
  return COUNT_CHECKS.find((key) => !holds[key]()) ?? null;
}

function isSignedByKnown({ server_key: key }: Stated, beside: BesideArchive | null, keys: readonly string[]): boolean {
  const stated = beside?.count ? (beside.stated?.bound?.serverKey ?? key) : key;
  return stated === key && (keys.length === 0 || keys.includes(key));
}

function belongs(stated: Stated, beside: BesideArchive | null): boolean {
  const { present, in_office: inOffice, statutory_seats: statutorySeats } = stated;
  if (present > inOffice || inOffice > statutorySeats) return false;
  if (stated.archive_sha256 === "") return beside === null && stated.poll.medium === "by_hand";
  if (!beside?.stated || beside.count === null) return false;
  return same(
    [stated.archive_sha256, stated.election_uuid, stated.fingerprint, stated.sitting, stated.poll, inOffice, statutorySeats, present],
    [
      beside.sha256,
      beside.uuid,
      beside.fingerprint,
      beside.stated.sitting,
      beside.stated.poll,
      beside.stated.inOffice,
      beside.stated.statutorySeats,
      beside.stated.present,
    ],
  );
}

function isCountedByHand({ poll, medium, by_hand: entry, papers_instead: instead, electronic, ...stated }: Stated): boolean {
  const possible = { electronic: ["electronic"], by_hand: ["by_hand"], mixed: ["mixed", "electronic"] }[poll.medium];
  if (!possible.includes(medium) || (entry !== null) !== (medium !== "electronic")) return false;
  if (entry === null) return instead === 0;
  const roster = { inOffice: stated.in_office, statutorySeats: stated.statutory_seats, present: null };
  const most = electronic === null ? 0 : Math.min(entry.figures.issued, electronic.issued - electronic.returned);
  const count = countByHand(entry, poll, stated.in_office);
  return handHolds(poll, entry, count, roster) && instead >= 0 && instead <= most;
}

function isJoined(stated: Stated): boolean {
  const joined = joinedCount(stated);
  const fits = joined !== null && same(joined, stated.count) && stated.medium === joined.medium;
  return fits && stated.count.issued <= stated.in_office;
}

function isDecided({ poll, count, outcome, ...stated }: Stated): boolean {
  const present = Math.max(stated.present, count.issued);
  const roster = { inOffice: stated.in_office, statutorySeats: stated.statutory_seats, present };
  return same(outcomeOf(poll, count, roster), outcome);
}

/** The count that follows from the parts (voting/record/count_statement.py); null when there is none. */
export function joinedCount(statement: Stated): Count | null {
  const { poll, electronic, by_hand: entry, papers_instead: instead } = statement;
  const hand = entry === null ? null : countByHand(entry, poll, statement.in_office);
  if (electronic === null || hand === null) return electronic ?? hand;
  const issued = electronic.issued + hand.issued - instead;
  const pressed = electronic.issued - electronic.not_pressed + (hand.issued - hand.not_pressed);
  return {
    entitled: electronic.entitled,
    issued,
    returned: electronic.returned + hand.returned,
    valid: electronic.valid + hand.valid,
    void: electronic.void + hand.void,
    not_pressed: issued - pressed,
    votes: added(electronic.votes, hand.votes),
    against: added(electronic.against, hand.against),
    abstain: added(electronic.abstain, hand.abstain),
    levels: Object.fromEntries(
      Object.entries(electronic.levels).map(([id, levels]) => [id, levels.map((n, place) => n + (own(hand.levels, id)?.[place] ?? 0))]),
    ),
    write_ins: [...new Set([...electronic.write_ins, ...hand.write_ins])],
    medium: "mixed",
    by_hand: hand.returned,
  };
}

type Numbers = Readonly<Record<string, number>>;

function added(one: Numbers, other: Numbers): Record<string, number> {
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((id) => [id, (own(one, id) ?? 0) + (own(other, id) ?? 0)]),
  );
}

/** Equal whatever the order of keys; lists in their order. */
export function same(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}
