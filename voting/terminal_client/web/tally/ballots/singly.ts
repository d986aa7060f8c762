/**
 * What the numbers of a mixed question mean, and how a paper is read after the shuffles. A paper is
 * one delegate's answer without its name. A paper that cannot be read is void; whether a readable one
 * is void, because it elects too many, is a matter of the poll's rules.
 */
import { fromUtf8, utf8 } from "../bytes";
import { ensure, TallyError } from "../errors";
import type { Json } from "../json";
import { isName, normalName } from "./names";

export { normalName } from "./names";

export const NO_MARK = 0;
export const FOR = 1;
export const AGAINST = 2;
export const ABSTAIN = 3;

const MAX_ROSTER = 65535;
export const MARKS_PER_NUMBER = 4;

/** Each option gets its place from 1 to `places`, no place twice; 0 means not ranked. */
export interface Ranks {
  readonly use: "rank";
  readonly places: number;
}

/**
 * Marks for the candidates (four share a number), then up to `writeIns` other names: each takes two
 * numbers for its place in the roster (when there is one) and `textBytes` numbers for UTF-8 text.
 */
export interface WriteIns {
  readonly use: "write_in";
  readonly candidates: readonly string[];
  readonly roster: readonly string[];
  readonly writeIns: number;
  readonly textBytes: number;
}

export type Use = Ranks | WriteIns;

/** A write-in is a place in the roster (from 1) or a text. */
export interface Paper {
  readonly marks: readonly number[];
  readonly writeIns: readonly (number | string)[];
}

interface UseJson {
  readonly use: string;
  readonly places?: number;
  readonly candidates?: readonly string[];
  readonly roster?: readonly string[];
  readonly write_ins?: number;
  readonly text_bytes?: number;
}

/** The `extra` of a mixed question whose form was checked. Throws `election_invalid`. */
export function readUse({ use, places, candidates, roster, write_ins, text_bytes }: UseJson): Use {
  if (use === "rank" && places !== undefined) return { use, places };
  if (use === "write_in" && candidates !== undefined && roster !== undefined) {
    return { use, candidates, roster, writeIns: write_ins ?? 0, textBytes: text_bytes ?? 0 };
  }
  throw new TallyError("election_invalid", "a mixed question has an unknown use");
}

/** The published form. */
export function useJson(use: Use): Json {
  if (use.use === "rank") return { use: "rank", places: use.places };
  const { candidates, roster, writeIns, textBytes } = use;
  return { use: "write_in", candidates, roster, write_ins: writeIns, text_bytes: textBytes };
}

/** Whether `count` numbers can hold the ranking, or are exactly what a paper takes. */
export function useFits(use: Use, count: number): boolean {
  if (use.use === "rank") return use.places >= 1 && use.places <= Math.min(count, 255);
  const usable = use.writeIns > 0 ? slotSize(use) > 0 : use.roster.length === 0 && use.textBytes === 0;
  return usable && paperSize(use) === count && use.roster.length <= MAX_ROSTER;
}

function markNumbers({ candidates }: WriteIns): number {
  return Math.ceil(candidates.length / MARKS_PER_NUMBER);
}

function slotSize({ roster, textBytes }: WriteIns): number {
  return (roster.length > 0 ? 2 : 0) + textBytes;
}

/** How many numbers a paper takes. */
export function paperSize(use: WriteIns): number {
  return markNumbers(use) + use.writeIns * slotSize(use);
}

/** The answers' texts of the question: what each number holds. */
export function paperLabels(use: WriteIns): string[] {
  const marks = Array.from({ length: markNumbers(use) }, (_, i) =>
    use.candidates.slice(MARKS_PER_NUMBER * i, MARKS_PER_NUMBER * (i + 1)).join("/"),
  );
  const places = Array.from({ length: slotSize(use) }, (_, i) => i + 1);
  const slots = Array.from({ length: use.writeIns }, (_, i) => places.map((place) => `+${i + 1}.${place}`));
  return [...marks, ...slots.flat()];
}

/** The numbers of a paper. Throws RangeError when it cannot be written so. */
export function writePaper(use: WriteIns, { marks, writeIns }: Paper): number[] {
  const allowed = marks.every((mark) => Number.isInteger(mark) && mark >= NO_MARK && mark <= ABSTAIN);
  if (marks.length !== use.candidates.length || !allowed) {
    throw new RangeError("a mark from 0 to 3 must be given for each candidate");
  }
  if (writeIns.length > use.writeIns) throw new RangeError(`at most ${use.writeIns} other names can be written`);
  const numbers = Array.from({ length: markNumbers(use) }, (_, i) =>
    [0, 1, 2, 3].reduce((sum, place) => sum + ((marks[MARKS_PER_NUMBER * i + place] ?? NO_MARK) << (2 * place)), 0),
  );
  for (const written of writeIns) numbers.push(...writeSlot(use, written));
  return [...numbers, ...new Array<number>(paperSize(use) - numbers.length).fill(0)];
}

function writeSlot({ roster, textBytes }: WriteIns, written: number | string): number[] {
  const index = typeof written === "number" ? written : 0;
  const text = typeof written === "string" ? utf8(normalName(written)) : new Uint8Array();
  const listed = Number.isInteger(index) && index >= 0 && index <= roster.length;
  if (!listed || (index === 0 && text.length === 0) || text.length > textBytes) {
    throw new RangeError("this name is not in the roster, empty, or too long");
  }
  const place = roster.length > 0 ? [index >> 8, index & 255] : [];
  return [...place, ...text, ...new Array<number>(textBytes - text.length).fill(0)];
}

/** Reads a paper's numbers. Throws `paper_malformed`. */
export function readPaper(use: WriteIns, numbers: readonly number[]): Paper {
  const listed = numbers.slice(0, markNumbers(use));
  const marks = listed.flatMap((number) => [0, 1, 2, 3].map((place) => (number >> (2 * place)) & 3));
  const count = use.candidates.length;
  const sound = numbers.length === paperSize(use) && marks.slice(count).every((mark) => mark === NO_MARK);
  ensure(sound, "paper_malformed", "there is a mark where there is no candidate");
  const size = slotSize(use);
  const slots = Array.from({ length: use.writeIns }, (_, i) => numbers.slice(listed.length + i * size).slice(0, size));
  const writeIns = slots.map((slot) => readSlot(use, slot)).filter((item) => item !== null);
  ensure(new Set(writeIns).size === writeIns.length, "paper_malformed", "a name is written twice");
  return { marks: marks.slice(0, count), writeIns };
}

function readSlot({ roster }: WriteIns, slot: readonly number[]): number | string | null {
  const split = roster.length > 0 ? 2 : 0;
  const index = split > 0 ? (slot[0] ?? 0) * 256 + (slot[1] ?? 0) : 0;
  const padded = slot.slice(split);
  const raw = padded.slice(0, padded.findLastIndex((byte) => byte !== 0) + 1);
  const one = index <= roster.length && (index === 0 || raw.length === 0);
  ensure(one, "paper_malformed", "a name is not in the roster, or written in two ways at once");
  return raw.length > 0 ? readText(raw) : index > 0 ? index : null;
}

function readText(raw: readonly number[]): string {
  const text = decoded(raw);
  ensure(isName(text), "paper_malformed", "a name written in is not plain text");
  return text;
}

function decoded(raw: readonly number[]): string {
  try {
    return fromUtf8(Uint8Array.from(raw));
  } catch {
    throw new TallyError("paper_malformed", "a name written in is not text");
  }
}

/** The place of each option (0: none). Throws `paper_malformed`. */
export function readRanks({ places }: Ranks, numbers: readonly number[]): number[] {
  const given = numbers.filter((number) => number !== 0);
  const sound = given.every((number) => number <= places) && new Set(given).size === given.length;
  ensure(sound, "paper_malformed", "a place is given twice or does not exist");
  return [...numbers];
}
