/**
 * Keeping a share on this device and in a backup file. Only sealed text is ever stored; the seal covers the share, the
 * round and the message, so that a backup alone is enough to go on with on another device.
 */
import type { Kept, Round } from "./ceremony/ceremony";
import type { Draft } from "./by_hand/hand_count";

/** What lies inside the seal. */
export interface Bundle {
  readonly index: number;
  readonly round: Round;
  /** The private share's JSON. */
  readonly share: string;
  readonly message: string;
}

/** The part of Storage that is used. */
export type Cupboard = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** One place per sitting and scrutineer, so that several can use one browser. */
export function placeOf(titles: { congress: string; session: string; sitting: string }, index: number): string {
  return `plenary.share.${[titles.congress, titles.session, titles.sitting, index].join("|")}`;
}

export function bundleText(bundle: Bundle): string {
  return JSON.stringify(bundle);
}

/** The bundle inside an opened seal. Throws SyntaxError when it is something else. */
export function readBundle(text: string): Bundle {
  const value = JSON.parse(text) as Partial<Bundle> | null;
  const sound =
    typeof value?.index === "number" &&
    isRound(value.round) &&
    typeof value.share === "string" &&
    typeof value.message === "string";
  if (!sound) throw new SyntaxError("not a scrutineer's share");
  return value as Bundle;
}

function isRound(value: unknown): value is Round {
  return value === 1 || value === 2 || value === 3;
}

/** What is kept at a place; null for nothing, or for something that cannot be read. */
export function readKept(cupboard: Cupboard, place: string): Kept | null {
  const text = cupboard.getItem(place);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Kept>;
    const sound =
      typeof value.index === "number" &&
      isRound(value.round) &&
      typeof value.sealed === "string" &&
      typeof value.message === "string";
    return sound ? ({ ...value, backedUp: value.backedUp === true } as Kept) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeKept(cupboard: Cupboard, place: string, kept: Kept): void {
  cupboard.setItem(place, JSON.stringify(kept));
}

/** Name of the backup file; says whose it is and from which step, nothing else. */
export function backupName(index: number, round: Round): string {
  return `scrutineer-${index}-share-${round}.json`;
}

/** Why a passphrase cannot be taken, or null. */
export function passphraseProblem(first: string, second: string, least: number): "short" | "different" | null {
  if ([...first].length < least) return "short";
  return first === second ? null : "different";
}

/** Where the figures of a count by hand wait, half filled in, until they are sent. */
export function draftPlaceOf(titles: { congress: string; session: string; sitting: string }, index: number, poll: string): string {
  return `plenary.hand.${[titles.congress, titles.session, titles.sitting, index, poll].join("|")}`;
}

/** A draft that was put there; null for none, or for something that cannot be read. */
export function readDraft(cupboard: Cupboard, place: string): Draft | null {
  const text = cupboard.getItem(place);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Draft> | null;
    const sound =
      (value?.method === "paper" || value?.method === "show_of_hands") &&
      typeof value.reason === "string" &&
      typeof value.options === "object" &&
      Array.isArray(value.names);
    return sound ? (value as Draft) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
