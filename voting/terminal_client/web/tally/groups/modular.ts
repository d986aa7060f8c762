/**
 * The modular groups: order-q subgroups of the integers modulo a 2048-bit prime p (Belenios
 * specification, "Groups"). BELENIOS-2048 has a small order and is quick. RFC-3526-2048 has one of
 * 2047 bits and is many times slower, but small numbers can be embedded in its elements. BigInt is
 * not constant-time; a terminal computes for one person only, so no stranger can time it.
 */
import { bytesToNumber, utf8 } from "../bytes";
import { TallyError } from "../errors";
import { checkEmbeddable, type Element, type FixedBase, type Group } from "./interface";
import { sha256 } from "./hash";
import { bitLength, invertScalar, modulo, packNumbers, unpackNumbers } from "./numbers";

const P_BELENIOS = BigInt(
  "0x" +
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c" +
    "06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d1" +
    "07435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b4" +
    "6b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a" +
    "0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d70730" +
    "1e59e0e6351e051ed9cec4157646e64f",
);
const G_BELENIOS = BigInt(
  "0x" +
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31" +
    "d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8" +
    "643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c" +
    "1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f" +
    "22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c0" +
    "41e1c91fe3823f4bcf284308f1d7e653",
);
const Q_BELENIOS = BigInt("0xadb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491");
const P_RFC3526 = BigInt(
  "0x" +
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd" +
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed" +
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f" +
    "83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b" +
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510" +
    "15728e5a8aacaa68ffffffffffffffff",
);
const DECIMAL = /^[1-9][0-9]{0,616}$/;
const WINDOW = 6;

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

function residue(element: Element): bigint {
  if (element instanceof Residue) return element.value;
  throw new TypeError("an element of another group");
}

/** The digits of a natural number in base 2^width, lowest first. */
function digits(number: bigint, width: number, count: number): number[] {
  const mask = (1n << BigInt(width)) - 1n;
  let rest = number;
  return Array.from({ length: count }, () => {
    const digit = Number(rest & mask);
    rest >>= BigInt(width);
    return digit;
  });
}

/** base^exponent mod p, exponent not reduced (membership needs the exponent q itself). */
function power(p: bigint, base: bigint, exponent: bigint): bigint {
  const small = [1n, base];
  for (let i = 2; i < 32; i++) small.push(((small[i - 1] ?? 1n) * base) % p);
  let result = 1n;
  for (const digit of digits(exponent, 5, Math.ceil(bitLength(exponent) / 5)).reverse()) {
    for (let i = 0; i < 5; i++) result = (result * result) % p;
    if (digit !== 0) result = (result * (small[digit] ?? 1n)) % p;
  }
  return result;
}

/** base^(16^i) for every digit position: the squarings that all exponents share (Yao's method). */
function ladder(p: bigint, base: bigint, length: number): bigint[] {
  const rungs = [base];
  for (let i = 1; i < length; i++) {
    let next = rungs[i - 1] ?? 1n;
    for (let j = 0; j < 4; j++) next = (next * next) % p;
    rungs.push(next);
  }
  return rungs;
}

function climb(p: bigint, rungs: readonly bigint[], exponent: bigint): bigint {
  const buckets = new Array<bigint>(16).fill(1n);
  digits(exponent, 4, rungs.length).forEach((digit, i) => {
    if (digit === 0) return;
    buckets[digit] = ((buckets[digit] ?? 1n) * (rungs[i] ?? 1n)) % p;
  });
  let running = 1n;
  let result = 1n;
  for (let digit = 15; digit > 0; digit--) {
    running = (running * (buckets[digit] ?? 1n)) % p;
    result = (result * running) % p;
  }
  return result;
}

/** rows[i][d] = base^(d * 2^(WINDOW*i)), so that a power costs one product per row. */
class WindowTable implements FixedBase {
  readonly #p: bigint;
  readonly #q: bigint;
  readonly #rows: bigint[][] = [];

  constructor({ p, q }: ModularGroup, base: bigint) {
    this.#p = p;
    this.#q = q;
    let start = base;
    for (let row = 0; row < Math.ceil(bitLength(q) / WINDOW); row++) {
      const entries = [1n];
      for (let i = 1; i < 2 ** WINDOW; i++) entries.push(((entries[i - 1] ?? 1n) * start) % p);
      this.#rows.push(entries);
      start = ((entries.at(-1) ?? 1n) * start) % p;
    }
  }

  pow(exponent: bigint): Element {
    let result = 1n;
    digits(modulo(exponent, this.#q), WINDOW, this.#rows.length).forEach((digit, row) => {
      if (digit !== 0) result = (result * (this.#rows[row]?.[digit] ?? 1n)) % this.#p;
    });
    return new Residue(result);
  }
}

/** `padding`: bits kept free for finding a member when numbers are embedded; 0: the format embeds none. */
interface Parameters {
  readonly name: string;
  readonly p: bigint;
  readonly g: bigint;
  readonly q: bigint;
  readonly padding: number;
}

class ModularGroup implements Group {
  readonly name: string;
  readonly p: bigint;
  readonly q: bigint;
  readonly identity: Element = new Residue(1n);
  readonly generator: Element;
  readonly capacity: number;
  readonly #padding: number;
  #table: WindowTable | undefined;

  constructor({ name, p, g, q, padding }: Parameters) {
    this.name = name;
    this.p = p;
    this.q = q;
    this.generator = new Residue(g);
    this.#padding = padding;
    this.capacity = padding === 0 ? 0 : Math.floor((bitLength(p) - padding) / 8) - 1;
  }

  parse(text: string): Element {
    const element = this.decode(text);
    if (!this.#isMember(element.value)) {
      throw new TallyError("not_in_group", `${text.slice(0, 20)}... is not in the group ${this.name}`);
    }
    return element;
  }

  decode(text: string): Residue {
    if (!DECIMAL.test(text)) throw new TallyError("not_in_group", "not a decimal number");
    return new Residue(BigInt(text));
  }

  #isMember(value: bigint): boolean {
    return value > 0n && value < this.p && power(this.p, value, this.q) === 1n;
  }

  mul(a: Element, b: Element): Element {
    return new Residue((residue(a) * residue(b)) % this.p);
  }

  invert(a: Element): Element {
    return new Residue(invertScalar(residue(a), this.p));
  }

  pow(base: Element, exponent: bigint): Element {
    return new Residue(power(this.p, residue(base), modulo(exponent, this.q)));
  }

  powers(base: Element, exponents: readonly bigint[]): Element[] {
    if (exponents.length < 2) return exponents.map((exponent) => this.pow(base, exponent));
    const rungs = ladder(this.p, residue(base), Math.ceil(bitLength(this.q) / 4));
    return exponents.map((exponent) => new Residue(climb(this.p, rungs, modulo(exponent, this.q))));
  }

  powG(exponent: bigint): Element {
    this.#table ??= new WindowTable(this, residue(this.generator));
    return this.#table.pow(exponent);
  }

  fixedBase(base: Element): FixedBase {
    return new WindowTable(this, residue(base));
  }

  embed(values: readonly number[]): Element {
    checkEmbeddable(this, values);
    let number = packNumbers(values, this.#padding);
    while (!this.#isMember(number)) number += 1n;
    return new Residue(number);
  }

  extract(element: Element, count: number): number[] {
    return unpackNumbers(residue(element), this.#padding, count);
  }

  hiddenGenerator(index: number): Element {
    const number = bytesToNumber(sha256(utf8(`ggen|${index}`)));
    return new Residue(power(this.p, number, (this.p - 1n) / this.q));
  }

  compare(a: Element, b: Element): number {
    const [left, right] = [residue(a), residue(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
}

export function belenios2048(): ModularGroup {
  return new ModularGroup({ name: "BELENIOS-2048", p: P_BELENIOS, g: G_BELENIOS, q: Q_BELENIOS, padding: 0 });
}

export function rfc3526(): ModularGroup {
  return new ModularGroup({ name: "RFC-3526-2048", p: P_RFC3526, g: 2n, q: (P_RFC3526 - 1n) / 2n, padding: 8 });
}
