/**
 * The container of a sitting's record: a zip file in its one form (voting/record/whole/container.py says the same).
 * Files are stored, nothing stands before, between or behind them. Each header is compared with the only one that can
 * stand there, so that no two programs see different files.
 */
import { concat, equalBytes, utf8 } from "@/tally/bytes";

export const MAX_SITTING_BYTES = 2 ** 29;
const MAX_FILES = 2003;
const MAX_NAME_BYTES = 100;
const [LOCAL, CENTRAL] = [30, 46] as const;
const BESIDE_EACH = LOCAL + CENTRAL + 2 * MAX_NAME_BYTES;
const NAME = /^(?:[0-9a-z][0-9a-z.-]*\/){0,2}[0-9a-z][0-9a-z.-]*$/;
/** Of the format: version 2.0; 1 January 1980, the first day that a zip file can name. */
const [VERSION, DATE] = [20, (1 << 5) | 1];

/** The file is no zip file in its one form; the message says why. */
export class NoContainer extends Error {}

type Files = ReadonlyMap<string, Uint8Array>;

/** `fields`: those that stand alike before the file and in the directory; `at`: where its header stands. */
interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly fields: Fields;
  readonly at: number;
}

/** Numbers and how many bytes each takes. */
type Fields = readonly (readonly [number, 2 | 4])[];

/** The files by name, in the order in which they stand. Throws NoContainer. */
export function readFiles(raw: Uint8Array): Files {
  demand(raw.length <= MAX_SITTING_BYTES, `it is larger than ${MAX_SITTING_BYTES} bytes`);
  const entries: Entry[] = [];
  let at = 0;
  while (startsWith(raw, at, "PK\x03\x04")) {
    demand(entries.length < MAX_FILES, `it holds more than ${MAX_FILES} files`);
    const entry = entryAt(raw, at);
    entries.push(entry);
    at += LOCAL + entry.name.length + entry.content.length;
  }
  demand(entries.length > 0, `it holds 0 files; 1 to ${MAX_FILES} are possible`);
  const size = entries.reduce((sum, { content }) => sum + content.length + BESIDE_EACH, 0);
  demand(size <= MAX_SITTING_BYTES, `it is larger than ${MAX_SITTING_BYTES} bytes`);
  const alike = equalBytes(raw.subarray(at), directoryOf(entries, at));
  demand(alike, "its directory is another than that of these files, or something follows it");
  return named(entries);
}

function named(entries: readonly Entry[]): Files {
  const files = new Map(entries.map(({ name, content }) => [name, content]));
  demand(files.size === entries.length, "a name occurs twice");
  return files;
}

function entryAt(raw: Uint8Array, at: number): Entry {
  demand(raw.length - at >= LOCAL, "it is cut short");
  const view = new DataView(raw.buffer, raw.byteOffset + at, LOCAL);
  const [size, length] = [view.getUint32(22, true), view.getUint16(26, true)];
  const start = at + LOCAL + length;
  demand(length <= MAX_NAME_BYTES && start + size <= raw.length, "a file is cut short, or its name is too long");
  const name = String.fromCharCode(...raw.subarray(at + LOCAL, start));
  demand(NAME.test(name), "a file's name is none that a sitting's record can hold");
  const content = raw.slice(start, start + size);
  const entry = { name, content, fields: fieldsOf(name, content), at };
  demand(equalBytes(raw.subarray(at, start), localOf(entry)), "a file's header is not written in its one form, or not that of this file");
  return entry;
}

function fieldsOf(name: string, content: Uint8Array): Fields {
  const [size, checksum] = [content.length, crc32(content)];
  return [[VERSION, 2], [0, 2], [0, 2], [0, 2], [DATE, 2], [checksum, 4], [size, 4], [size, 4], [name.length, 2], [0, 2]];
}

function localOf({ name, fields }: Entry): Uint8Array {
  return concat(utf8("PK\x03\x04"), written(fields), utf8(name));
}

function directoryOf(entries: readonly Entry[], start: number): Uint8Array {
  const listed = entries.map(({ name, fields, at }) => {
    const all = [[VERSION, 2], ...fields, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]] as const;
    return concat(utf8("PK\x01\x02"), written(all), utf8(name));
  });
  const size = listed.reduce((sum, { length }) => sum + length, 0);
  const n = entries.length;
  return concat(...listed, utf8("PK\x05\x06"), written([[0, 2], [0, 2], [n, 2], [n, 2], [size, 4], [start, 4], [0, 2]]));
}

/** The lowest byte of each number first. */
function written(fields: Fields): Uint8Array {
  const bytes = fields.flatMap(([value, size]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 0xff));
  return Uint8Array.from(bytes);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(content: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of content) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] ?? 0);
  return ~sum >>> 0;
}

function startsWith(raw: Uint8Array, at: number, mark: string): boolean {
  return equalBytes(raw.subarray(at, at + mark.length), utf8(mark));
}

function demand(holds: boolean, detail: string): asserts holds {
  if (!holds) throw new NoContainer(detail);
}
