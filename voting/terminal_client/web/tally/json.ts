/**
 * The documents' JSON: compact, keys in the published order, no key twice, no second way to
 * write the same thing. A document is read, its shape is checked with the readers below, and
 * it must come out of the writer byte for byte as it came in.
 */
import { fromUtf8, utf8 } from "./bytes";
import { ensure, TallyError, type TallyCode } from "./errors";

const SCALAR = /^(?:0|[1-9][0-9]{0,619})$/;
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Reads one kind of document; `code` and `notCanonical` are the refusals that it brings. Messages
 * that a server passed on may have lost their keys' order: `ordered` is false for them.
 */
export class Reader {
  readonly code: TallyCode;
  readonly notCanonical: TallyCode;
  readonly ordered: boolean;

  constructor(
    code: TallyCode = "document_malformed",
    notCanonical: TallyCode = "document_not_canonical",
    ordered = true,
  ) {
    this.code = code;
    this.notCanonical = notCanonical;
    this.ordered = ordered;
  }

  fail(detail: string): never {
    throw new TallyError(this.code, detail);
  }

  /** The value of a canonical document. */
  document(raw: Uint8Array): unknown {
    const { value, same } = this.#parse(raw);
    ensure(same, this.notCanonical, "not compact, or a key appears twice, or a text is spelt oddly");
    return value;
  }

  #parse(raw: Uint8Array): { readonly value: unknown; readonly same: boolean } {
    try {
      const text = fromUtf8(raw);
      const value: unknown = JSON.parse(text);
      // Throws as well, when brackets are nested deeper than the engine's stack.
      return { value, same: JSON.stringify(value) === text };
    } catch {
      return this.fail("not JSON in UTF-8");
    }
  }

  /** An object with exactly these keys in this order; a key ending in "?" may be absent. */
  record(value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
    ensure(isRecord(value), this.code, "an object is expected");
    const found = Object.keys(value);
    if (!this.ordered) found.sort();
    const expected = keys
      .map((key) => (key.endsWith("?") ? key.slice(0, -1) : key))
      .filter((key, i) => found.includes(key) || !keys[i]?.endsWith("?"));
    if (!this.ordered) expected.sort();
    const same = found.length === expected.length && expected.every((key, i) => key === found[i]);
    if (!same) this.fail(`keys ${found.join(",")} where ${expected.join(",")} are expected`);
    return value;
  }

  list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as readonly unknown[]) : this.fail("an array is expected");
  }

  listOf<T>(value: unknown, read: (item: unknown) => T): T[] {
    return this.list(value).map(read);
  }

  text(value: unknown): string {
    if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) return this.fail("a text is expected");
    return value;
  }

  /** A natural number below 2^53. */
  count(value: unknown): number {
    if (!Number.isSafeInteger(value) || (value as number) < 0) this.fail("a natural number is expected");
    return value as number;
  }

  /** A decimal string below `q`. */
  scalar(value: unknown, q: bigint): bigint {
    if (typeof value !== "string" || !SCALAR.test(value)) return this.fail("a decimal number is expected");
    const scalar = BigInt(value);
    return scalar < q ? scalar : this.fail("a scalar is not below the group's order");
  }

  /** 64 lower-case hexadecimal digits. */
  digest(value: unknown): string {
    if (typeof value !== "string" || !DIGEST.test(value)) return this.fail("a SHA-256 in hexadecimal is expected");
    return value;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Compact JSON in UTF-8, keys in the order in which they were written. */
export function encode(value: Json): Uint8Array {
  return utf8(JSON.stringify(value));
}
