/**
 * The archive's container: an old v7 tar without magic and without trailing blocks (Belenios
 * specification, "Public data"). The reader accepts exactly what the writer produces.
 */
import { concat, equalBytes, fromUtf8, utf8 } from "../bytes";
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PARTS } from "../limits";

const BLOCK = 512;
const MAX_NUMBER = 8 ** 11;

export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** `timestamp`: seconds since 1970, written into every entry. Throws RangeError when a field does not fit. */
export function writeTar(entries: Iterable<TarEntry>, timestamp: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { name, content } of entries) {
    parts.push(header(name, content.length, timestamp), content, new Uint8Array(padding(content.length)));
  }
  return concat(...parts);
}

/** Throws RangeError when `data` is not byte for byte what `writeTar` would write. */
export function readTar(data: Uint8Array): { readonly entries: readonly TarEntry[]; readonly timestamp: number } {
  const entries: TarEntry[] = [];
  let timestamp = 0;
  for (let at = 0; at < data.length; ) {
    const block = data.subarray(at, at + BLOCK);
    if (block.length < BLOCK) throw new RangeError("the archive ends inside a header");
    const name = textField(block, 0, 100);
    const size = octalField(block, 124);
    if (entries.length === 0) timestamp = octalField(block, 136);
    if (!equalBytes(block, header(name, size, timestamp))) throw new RangeError(`unusual tar header at byte ${at}`);
    const start = at + BLOCK;
    at = start + size + padding(size);
    if (at > data.length) throw new RangeError("the archive ends inside an entry");
    if (data.subarray(start + size, at).some((byte) => byte !== 0)) throw new RangeError("junk after an entry");
    const content = data.slice(start, start + size);
    const large = size > MAX_DOCUMENT_BYTES || partsOf(content) > MAX_DOCUMENT_PARTS;
    if (large) throw new RangeError(`the document at byte ${start} is larger than any that a poll needs`);
    entries.push({ name, content });
  }
  return { entries, timestamp };
}

const PARTS = new Set([",", "[", "{"].map((mark) => mark.charCodeAt(0)));

function partsOf(content: Uint8Array): number {
  let parts = 0;
  for (const byte of content) if (PARTS.has(byte)) parts += 1;
  return parts;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function header(name: string, size: number, timestamp: number): Uint8Array {
  if (name.length >= 100) throw new RangeError("an entry's name is too long");
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => block.set(utf8(text), at);
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(size));
  put(136, octal(timestamp));
  put(148, "        ");
  put(156, "0");
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  put(148, `${checksum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

function octal(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= MAX_NUMBER) throw new RangeError("a number does not fit");
  return value.toString(8).padStart(11, "0");
}

function textField(block: Uint8Array, at: number, size: number): string {
  const field = block.subarray(at, at + size);
  const end = field.indexOf(0);
  if (end < 0) throw new RangeError("an unterminated name");
  const text = fromUtf8(field.subarray(0, end));
  if (!/^[\x21-\x7e]+$/.test(text)) throw new RangeError("an unusual name");
  return text;
}

function octalField(block: Uint8Array, at: number): number {
  const text = String.fromCharCode(...block.subarray(at, at + 11));
  if (!/^[0-7]{11}$/.test(text)) throw new RangeError("an unusual number");
  return Number.parseInt(text, 8);
}
