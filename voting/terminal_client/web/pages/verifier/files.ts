/** What a person drops on the page: a poll's or a sitting's record, a signed count, receipts. Pure but for reading the files given. */
import { MAX_ARCHIVE_BYTES } from "@/tally/limits";
import { MAX_SITTING_BYTES } from "./sitting/container";

const MIB = 2 ** 20;
export const MAX_RECEIPT_BYTES = 10 * MIB;

/** Why a file is not taken, as a key of the catalogue (verifier.refused) with its parameters. */
export interface FileProblem {
  readonly key:
    | "too_large"
    | "receipts_too_large"
    | "empty"
    | "receipts_unreadable"
    | "several_archives"
    | "several_counts"
    | "count_beside_sitting"
    | "unreadable";
  readonly params: Record<string, string | number>;
}

/** The part of File that is used. */
export type FileLike = Pick<File, "name" | "size" | "arrayBuffer">;

interface Sorted {
  readonly archive: FileLike | null;
  readonly receipts: readonly FileLike[];
  readonly problems: readonly FileProblem[];
}

const isReceipts = (file: FileLike): boolean => /\.json$/i.test(file.name);

/** The record of a whole sitting, which holds its counts. */
export const isSitting = ({ name }: Pick<FileLike, "name">): boolean => /\.zip$/i.test(name);

/** Sorts by name: .json holds receipts or a count, anything else is taken for the archive. Sizes are checked before reading. */
export function sortFiles(files: readonly FileLike[]): Sorted {
  const problems: FileProblem[] = [];
  const sound = files.filter((file) => {
    const problem = sizeProblem(file);
    if (problem) problems.push(problem);
    return problem === null;
  });
  const archives = sound.filter((file) => !isReceipts(file));
  const [archive = null] = archives;
  if (archive && archives.length > 1) problems.push({ key: "several_archives", params: { name: archive.name } });
  return { archive, receipts: sound.filter(isReceipts), problems };
}

function sizeProblem(file: FileLike): FileProblem | null {
  const { name, size } = file;
  if (size === 0) return { key: "empty", params: { name } };
  const most = isReceipts(file) ? MAX_RECEIPT_BYTES : isSitting(file) ? MAX_SITTING_BYTES : MAX_ARCHIVE_BYTES;
  if (size <= most) return null;
  return { key: isReceipts(file) ? "receipts_too_large" : "too_large", params: { name, limit: most / MIB } };
}

/** The receipts in a text: one object or a list of objects; null for anything else. Their content is the verifier's. */
export function receiptsIn(text: string): unknown[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const objects = list.every((item) => typeof item === "object" && item !== null && !Array.isArray(item));
  return objects && list.length > 0 ? list : null;
}

/** A signed count as it stands in its file; its content is the verifier's. */
export interface CountFile {
  readonly name: string;
  readonly text: string;
}

interface Small {
  readonly receipts: readonly unknown[];
  readonly count: CountFile | null;
  readonly problems: readonly FileProblem[];
}

/** What the .json files hold: receipts and at most one count, with a problem for each file that holds neither. */
export async function readSmallFiles(files: readonly FileLike[]): Promise<Small> {
  const receipts: unknown[] = [];
  const counts: CountFile[] = [];
  const problems: FileProblem[] = [];
  for (const file of files) {
    const text = await textOf(file);
    const read = receiptsIn(text);
    if (read === null) problems.push({ key: "receipts_unreadable", params: { name: file.name } });
    else if (read.length === 1 && isCount(read[0])) counts.push({ name: file.name, text });
    else receipts.push(...read);
  }
  const [count = null] = counts;
  if (count && counts.length > 1) problems.push({ key: "several_counts", params: { name: count.name } });
  return { receipts, count, problems };
}

/** The text exactly as it stands, a mark of byte order with it; "" when it is no UTF-8 or cannot be read. */
async function textOf(file: FileLike): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return bytes === null ? "" : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}

/** A count states an outcome; a receipt does not. */
function isCount(value: unknown): boolean {
  return typeof value === "object" && value !== null && "outcome" in value && "count" in value;
}

/** The file's bytes; null when the device cannot read it (moved, removed, no permission). */
export async function readBytes(file: FileLike): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}
