/**
 * BELENIOS-2048: the subgroup of order q of the integers modulo a 2048-bit prime p (Belenios
 * specification, "BELENIOS-2048"). BigInt is not constant-time; a terminal computes for one
 * person only, so no stranger can time it.
 */
import { TallyError } from "./errors";
import type { Element, FixedBase, Group } from "./group";

const P = BigInt(
  "0x" +
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c" +
    "06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d1" +
    "07435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b4" +
    "6b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a" +
    "0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d70730" +
    "1e59e0e6351e051ed9cec4157646e64f",
);
const G = BigInt(
  "0x" +
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31" +
    "d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8" +
    "643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c" +
    "1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f" +
    "22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c0" +
    "41e1c91fe3823f4bcf284308f1d7e653",
);
const Q = BigInt(
  "0x" +
    "adb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491",
);
const DECIMAL = /^[1-9][0-9]{0,616}$/;
const WINDOW = 6;
const DIGIT_COUNT = Math.ceil(256 / WINDOW);
const DIGIT_MASK = (1n << BigInt(WINDOW)) - 1n;

class Residue implements Element {
  readonly value: bigint;
  #text: string | undefined;

  constructor(value: bigint) {
    this.value = value;
  }

  get text(): string {
    this.#text ??= this.value.toString();
    return this.#text;
  }
}

const IDENTITY = new Residue(1n);

function residue(element: Element): bigint {
  if (element instanceof Residue) return element.value;
  throw new TypeError("an element of another group");
}

/** The digits of an exponent modulo q in base 2^width, lowest first. */
function digits(exponent: bigint, width: number, count: number): number[] {
  let rest = ((exponent % Q) + Q) % Q;
  return Array.from({ length: count }, () => {
    const digit = Number(rest & ((1n << BigInt(width)) - 1n));
    rest >>= BigInt(width);
    return digit;
  });
}

/** base^exponent mod p, exponent not reduced (membership needs the exponent q itself). */
function power(base: bigint, exponent: bigint): bigint {
  const small = [1n, base];
  for (let i = 2; i < 32; i++) small.push(((small[i - 1] ?? 1n) * base) % P);
  let result = 1n;
  for (let at = Math.ceil(exponent.toString(2).length / 5) - 1; at >= 0; at--) {
    for (let i = 0; i < 5; i++) result = (result * result) % P;
    const digit = Number((exponent >> BigInt(5 * at)) & 31n);
    if (digit !== 0) result = (result * (small[digit] ?? 1n)) % P;
  }
  return result;
}

/** base^(16^i) for every digit position: the squarings that all exponents share (Yao's method). */
function ladder(base: bigint): bigint[] {
  const rungs = [base];
  for (let i = 1; i < 64; i++) {
    let next = rungs[i - 1] ?? 1n;
    for (let j = 0; j < 4; j++) next = (next * next) % P;
    rungs.push(next);
  }
  return rungs;
}

function climb(rungs: readonly bigint[], exponent: bigint): bigint {
  const buckets = new Array<bigint>(16).fill(1n);
  digits(exponent, 4, 64).forEach((digit, i) => {
    if (digit === 0) return;
    buckets[digit] = ((buckets[digit] ?? 1n) * (rungs[i] ?? 1n)) % P;
  });
  let running = 1n;
  let result = 1n;
  for (let digit = 15; digit > 0; digit--) {
    running = (running * (buckets[digit] ?? 1n)) % P;
    result = (result * running) % P;
  }
  return result;
}

/** rows[i][d] = base^(d * 2^(WINDOW*i)), so that a power costs one product per row. */
class WindowTable implements FixedBase {
  readonly #rows: bigint[][] = [];

  constructor(base: bigint) {
    let start = base;
    for (let row = 0; row < DIGIT_COUNT; row++) {
      const entries = [1n];
      for (let i = 0; i < Number(DIGIT_MASK); i++) entries.push(((entries[i] ?? 1n) * start) % P);
      this.#rows.push(entries);
      start = ((entries[Number(DIGIT_MASK)] ?? 1n) * start) % P;
    }
  }

  pow(exponent: bigint): Element {
    let result = 1n;
    digits(exponent, WINDOW, DIGIT_COUNT).forEach((digit, row) => {
      if (digit !== 0) result = (result * (this.#rows[row]?.[digit] ?? 1n)) % P;
    });
    return new Residue(result);
  }
}

export class ModularGroup implements Group {
  readonly name = "BELENIOS-2048";
  readonly q = Q;
  readonly identity: Element = IDENTITY;
  readonly generator: Element = new Residue(G);
  #table: WindowTable | undefined;

  parse(text: string): Element {
    if (!DECIMAL.test(text)) throw new TallyError("not_in_group", "not a decimal number");
    const value = BigInt(text);
    if (value >= P || power(value, Q) !== 1n) {
      throw new TallyError("not_in_group", `${text.slice(0, 20)}... is not in the group BELENIOS-2048`);
    }
    return new Residue(value);
  }

  mul(a: Element, b: Element): Element {
    return new Residue((residue(a) * residue(b)) % P);
  }

  /** a^(q-1), because the order is q. */
  invert(a: Element): Element {
    return new Residue(power(residue(a), Q - 1n));
  }

  pow(base: Element, exponent: bigint): Element {
    return new Residue(power(residue(base), ((exponent % Q) + Q) % Q));
  }

  powers(base: Element, exponents: readonly bigint[]): Element[] {
    if (exponents.length < 2) return exponents.map((exponent) => this.pow(base, exponent));
    const rungs = ladder(residue(base));
    return exponents.map((exponent) => new Residue(climb(rungs, exponent)));
  }

  powG(exponent: bigint): Element {
    this.#table ??= new WindowTable(G);
    return this.#table.pow(exponent);
  }

  fixedBase(base: Element): FixedBase {
    return new WindowTable(residue(base));
  }
}
