/**
 * The prime-order subgroup of Ed25519 (Belenios specification 3.x, "Elliptic curves").
 * libsodium refuses the scalar zero and the identity, as input and as result; the
 * specification allows both, so they are answered here before libsodium is asked.
 */
import { bytesToNumber, fromHex, toHex, utf8 } from "../bytes";
import { TallyError } from "../errors";
import { checkEmbeddable, type Element, type FixedBase, type Group } from "./interface";
import { sha256 } from "./hash";
import { packNumbers, unpackNumbers } from "./numbers";
import { libsodium } from "./sodium";

const ELEMENT = /^[0-9a-f]{64}$/;
/** Bits kept free for finding a member: one number in sixteen is one. */
const PADDING = 14;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

class Point implements Element {
  /** RFC 8032 encoding: little-endian. */
  readonly bytes: Uint8Array;
  readonly isIdentity: boolean;
  #text: string | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.isIdentity = bytes[0] === 1 && bytes.every((byte, i) => i === 0 || byte === 0);
  }

  get text(): string {
    this.#text ??= toHex(this.bytes.slice().reverse());
    return this.#text;
  }
}

const IDENTITY = new Point(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)));

function point(element: Element): Point {
  if (element instanceof Point) return element;
  throw new TypeError("an element of another group");
}

function littleEndian(number: bigint): Uint8Array {
  return fromHex(number.toString(16).padStart(64, "0")).reverse();
}

function scalarBytes(scalar: bigint): Uint8Array {
  return littleEndian(((scalar % ORDER) + ORDER) % ORDER);
}

function isMember({ bytes, isIdentity }: Point): boolean {
  return isIdentity || libsodium().crypto_core_ed25519_is_valid_point(bytes);
}

/** Eight times a point of the curve, hence a member of the group; null when it is not on the curve. */
function timesEight(bytes: Uint8Array): Point | null {
  try {
    let result = bytes;
    for (let i = 0; i < 3; i++) result = libsodium().crypto_core_ed25519_add(result, result);
    return new Point(result);
  } catch {
    return null;
  }
}

export class Ed25519Group implements Group {
  readonly name = "Ed25519";
  readonly q = ORDER;
  readonly identity: Element = IDENTITY;
  readonly generator: Element = this.powG(1n);
  readonly capacity = 30;

  parse(text: string): Element {
    const candidate = this.decode(text);
    if (!isMember(candidate)) {
      throw new TallyError("not_in_group", `${text} is not in the prime-order subgroup of Ed25519`);
    }
    return candidate;
  }

  decode(text: string): Point {
    if (!ELEMENT.test(text)) throw new TallyError("not_in_group", "not 64 lower-case hexadecimal digits");
    return new Point(fromHex(text).reverse());
  }

  mul(a: Element, b: Element): Element {
    return new Point(libsodium().crypto_core_ed25519_add(point(a).bytes, point(b).bytes));
  }

  /** The sign of x is the top bit of the encoding; only the identity has x = 0 here. */
  invert(a: Element): Element {
    const { bytes, isIdentity } = point(a);
    if (isIdentity) return IDENTITY;
    const negated = bytes.slice();
    negated[31] = (negated[31] ?? 0) ^ 0x80;
    return new Point(negated);
  }

  pow(base: Element, exponent: bigint): Element {
    const { bytes, isIdentity } = point(base);
    if (isIdentity || exponent % ORDER === 0n) return IDENTITY;
    return new Point(libsodium().crypto_scalarmult_ed25519_noclamp(scalarBytes(exponent), bytes));
  }

  powers(base: Element, exponents: readonly bigint[]): Element[] {
    return exponents.map((exponent) => this.pow(base, exponent));
  }

  powG(exponent: bigint): Element {
    if (exponent % ORDER === 0n) return IDENTITY;
    return new Point(libsodium().crypto_scalarmult_ed25519_base_noclamp(scalarBytes(exponent)));
  }

  /** Adding table entries through libsodium costs more than one multiplication: no table. */
  fixedBase(base: Element): FixedBase {
    return { pow: (exponent) => this.pow(base, exponent) };
  }

  embed(values: readonly number[]): Element {
    checkEmbeddable(this, values);
    let number = packNumbers(values, PADDING);
    for (;;) {
      const candidate = new Point(littleEndian(number));
      if (isMember(candidate)) return candidate;
      number += 1n;
    }
  }

  extract(element: Element, count: number): number[] {
    return unpackNumbers(bytesToNumber(point(element).bytes.slice().reverse()), PADDING, count);
  }

  hiddenGenerator(index: number): Element {
    let number = bytesToNumber(sha256(utf8(`ggen|${index}`))) >> 2n;
    for (;;) {
      const found = timesEight(littleEndian(number));
      if (found !== null) return found;
      number += 1n;
    }
  }

  /** By the bytes of RFC 8032, first byte first. */
  compare(a: Element, b: Element): number {
    const [left, right] = [point(a).bytes, point(b).bytes];
    const at = left.findIndex((byte, i) => byte !== right[i]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  }
}
