/** Names that a ballot adds (另选他人): what may be written, and why not. */
import type words from "@/kit/words/zh/ballot";
import { utf8 } from "@/tally/bytes";
import { TallyError } from "@/tally/errors";
import { normalName, readPaper, writePaper, type WriteIns } from "@/tally/ballots/singly";
import type { PollView } from "@/live/wire.gen";
import { forsLeft, type Marks, namesAllowed, without, WRITTEN } from "./choice";

/** Why a name cannot be written; the reasons are those that have words. */
export type NameRefused = keyof (typeof words)["written"]["refused"];

const PREFIX = "+";
/** How many bytes a Chinese character takes in UTF-8. */
const CHARACTER_BYTES = 3;

/** The names on a ballot, in the order in which they were written. */
export function namesOn(marks: Marks): string[] {
  return Object.keys(marks).filter((key) => marks[key] === WRITTEN).map((key) => key.slice(PREFIX.length));
}

/** How many more names the paper has room for. */
function roomLeft(poll: PollView, marks: Marks): number {
  return poll.max_write_ins - namesOn(marks).length;
}

/** How many more names the rules allow: as many as candidates that the ballot is against, where they ask for that. */
function allowedLeft(poll: PollView, marks: Marks): number {
  return (namesAllowed(poll, marks) ?? Infinity) - namesOn(marks).length;
}

/** How many more names may be written: there is room, it is against others, and it is not for too many. */
export function namesLeft(poll: PollView, marks: Marks): number {
  return Math.max(0, Math.min(roomLeft(poll, marks), allowedLeft(poll, marks), forsLeft(poll, marks) ?? Infinity));
}

/** Why no more names may be written now, or null. */
export function noMoreNames(poll: PollView, marks: Marks): "no_room" | "no_against" | "full" | null {
  if (roomLeft(poll, marks) <= 0) return "no_room";
  if (allowedLeft(poll, marks) <= 0) return "no_against";
  return forsLeft(poll, marks) === 0 ? "full" : null;
}

/** How many bytes are left after this text, counted as it will stand on the paper; negative when it is too long. */
export function bytesLeft(poll: PollView, text: string): number {
  return poll.write_in_bytes - utf8(normalName(text)).length;
}

/** How many Chinese characters that is, at most. */
export function charactersLeft(poll: PollView, text: string): number {
  return Math.max(0, Math.floor(bytesLeft(poll, text) / CHARACTER_BYTES));
}

/** The ballot with one more name, or why it cannot be written. A name of the eligible stands as their list has it. */
export function written(poll: PollView, marks: Marks, text: string): Marks | NameRefused {
  const plain = normalName(text);
  const name = poll.eligible.find((one) => normalName(one) === plain) ?? plain;
  return refusedName(poll, marks, name) ?? { ...marks, [PREFIX + name]: WRITTEN };
}

/** The ballot without this name. */
export function struck(marks: Marks, name: string): Marks {
  return without(marks, PREFIX + name);
}

function refusedName(poll: PollView, marks: Marks, name: string): NameRefused | null {
  if (name === "") return "empty";
  if (poll.options.some(({ title }) => sameName(title, name))) return "candidate";
  if (namesOn(marks).some((other) => sameName(other, name))) return "repeated";
  const none = noMoreNames(poll, marks);
  if (none) return none;
  if (poll.eligible.length > 0) return poll.eligible.includes(name) ? null : "unreadable";
  if (bytesLeft(poll, name) < 0) return "too_long";
  return legible(name) ? null : "unreadable";
}

/** Names of two characters are often printed with a space between them: that is the same person. */
function sameName(one: string, other: string): boolean {
  const bare = (name: string): string => normalName(name).replaceAll(" ", "");
  return bare(one) === bare(other);
}

/** Whether the scrutineers will read the name as it was written. */
function legible(name: string): boolean {
  const textBytes = utf8(name).length;
  const slip: WriteIns = { use: "write_in", candidates: [], roster: [], writeIns: 1, textBytes };
  try {
    return readPaper(slip, writePaper(slip, { marks: [], writeIns: [name] })).writeIns[0] === name;
  } catch (error) {
    if (error instanceof TallyError) return false;
    throw error;
  }
}

/** The names of the eligible that hold what was typed, spaces aside; all of them while nothing is typed. */
export function matching(eligible: readonly string[], typed: string): string[] {
  const wanted = normalName(typed).replaceAll(" ", "").toLowerCase();
  return eligible.filter((name) => name.replaceAll(" ", "").toLowerCase().includes(wanted));
}
