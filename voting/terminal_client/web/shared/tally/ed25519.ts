/**
 * The prime-order subgroup of Ed25519 (Belenios specification 3.x, "Elliptic curves").
 * libsodium refuses the scalar zero and the identity, as input and as result; the
 * specification allows both, so they are answered here before libsodium is asked.
 */
import { fromHex, toHex } from "./bytes";
import { TallyError } from "./errors";
import type { Element, FixedBase, Group } from "./group";
import { libsodium } from "./sodium";

const ELEMENT = /^[0-9a-f]{64}$/;
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

function littleEndian(scalar: bigint): Uint8Array {
  const reduced = ((scalar % ORDER) + ORDER) % ORDER;
  return fromHex(reduced.toString(16).padStart(64, "0")).reverse();
}

export class Ed25519Group implements Group {
  readonly name = "Ed25519";
  readonly q = ORDER;
  readonly identity: Element = IDENTITY;
  readonly generator: Element = this.powG(1n);

  parse(text: string): Element {
    if (!ELEMENT.test(text)) throw new TallyError("not_in_group", "not 64 lower-case hexadecimal digits");
    const candidate = new Point(fromHex(text).reverse());
    if (!candidate.isIdentity && !libsodium().crypto_core_ed25519_is_valid_point(candidate.bytes)) {
      throw new TallyError("not_in_group", `${text} is not in the prime-order subgroup of Ed25519`);
    }
    return candidate;
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
    return new Point(libsodium().crypto_scalarmult_ed25519_noclamp(littleEndian(exponent), bytes));
  }

  powers(base: Element, exponents: readonly bigint[]): Element[] {
    return exponents.map((exponent) => this.pow(base, exponent));
  }

  powG(exponent: bigint): Element {
    if (exponent % ORDER === 0n) return IDENTITY;
    return new Point(libsodium().crypto_scalarmult_ed25519_base_noclamp(littleEndian(exponent)));
  }

  /** Adding table entries through libsodium costs more than one multiplication: no table. */
  fixedBase(base: Element): FixedBase {
    return { pow: (exponent) => this.pow(base, exponent) };
  }
}
