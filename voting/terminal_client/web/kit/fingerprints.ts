/**
 * A fingerprint as words: what people compare at a glance or read aloud to one another. The same words as in Python
 * (voting/words/fingerprints.py), from the same list, whatever the language of the page.
 */
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import list from "@words/fingerprint_words.json";

/** Where whoever is checked could have made both values alike: 132 bits, 66 against a pair that collides. */
export const BOTH_SIDES_CHOSEN = 12;
/** Where one value was fixed before the other was made: 66 bits. */
export const ONE_SIDE_FIXED = 6;

export interface Word {
  readonly text: string;
  /** Its two syllables, with tones, between them a space. */
  readonly pinyin: string;
}

const BITS = 11n;
const SALT = "plenary-fingerprint-words-1";
const SPREAD = 17;
const known = new Map<string, readonly Word[]>();

/** Words of 32 bytes, given in hex or in base64 as trackers are; at most twelve. Throws RangeError for anything else. */
export function fingerprintWords(value: string, count = BOTH_SIDES_CHOSEN): readonly Word[] {
  if (!(count >= 1 && count <= BOTH_SIDES_CHOSEN)) throw new RangeError(`one to twelve words, not ${count}`);
  const words = known.get(value) ?? twelve(bytesOf(value));
  known.set(value, words);
  return words.slice(0, count);
}

/** What stands for a key in words: SHA-256 of its text, in hex; keys of the larger group are longer than 32 bytes. */
export function keyFingerprint(key: string): string {
  return bytesToHex(sha256(utf8ToBytes(key)));
}

/** A receipt in one line: the six words of its tracker. */
export function receiptWords(tracker: string): string {
  return fingerprintWords(tracker, ONE_SIDE_FIXED).map(({ text }) => text).join(" ");
}

function twelve(value: Uint8Array<ArrayBuffer>): readonly Word[] {
  const spread = scrypt(value, SALT, { N: 2048, r: 8, p: 1, dkLen: SPREAD });
  const number = spread.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> BigInt(8 * SPREAD - BOTH_SIDES_CHOSEN * Number(BITS));
  return Array.from({ length: BOTH_SIDES_CHOSEN }, (_, at) => wordAt(number >> (BITS * BigInt(BOTH_SIDES_CHOSEN - 1 - at))));
}

function wordAt(bits: bigint): Word {
  const [text = "", pinyin = ""] = list[Number(bits % (1n << BITS))] ?? [];
  return { text, pinyin };
}

function bytesOf(value: string): Uint8Array<ArrayBuffer> {
  if (/^[0-9a-f]{64}$/.test(value)) return Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (/^[0-9A-Za-z+/]{43}$/.test(value)) return Uint8Array.from(atob(`${value}=`), (character) => character.charCodeAt(0));
  throw new RangeError("not 32 bytes in hex or base64");
}
