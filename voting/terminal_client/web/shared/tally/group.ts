/**
 * The two groups of the protocol behind one interface. Elements are opaque outside their
 * group; their `text` is what the documents and the hashes contain.
 */
import { Ed25519Group } from "./ed25519";
import { TallyError } from "./errors";
import { ModularGroup } from "./modular";

export interface Element {
  readonly text: string;
}

/** Raises one fixed element to many powers. */
export interface FixedBase {
  pow(exponent: bigint): Element;
}

export interface Group {
  readonly name: string;
  /** The prime order. */
  readonly q: bigint;
  readonly identity: Element;
  readonly generator: Element;
  /** Strict: throws `not_in_group` for everything but the canonical text of a member. */
  parse(text: string): Element;
  mul(a: Element, b: Element): Element;
  invert(a: Element): Element;
  pow(base: Element, exponent: bigint): Element;
  /** One base, several exponents; never slower than calling `pow` for each. */
  powers(base: Element, exponents: readonly bigint[]): Element[];
  powG(exponent: bigint): Element;
  fixedBase(base: Element): FixedBase;
}

export const DEFAULT_GROUP = "Ed25519";

const MAKERS: ReadonlyMap<string, () => Group> = new Map<string, () => Group>([
  ["Ed25519", () => new Ed25519Group()],
  ["BELENIOS-2048", () => new ModularGroup()],
]);

const made = new Map<string, Group>();

/** Throws `group_unknown`. */
export function groupByName(name: string): Group {
  const known = made.get(name);
  if (known !== undefined) return known;
  const make = MAKERS.get(name);
  if (make === undefined) throw new TallyError("group_unknown", `no group is called ${name}`);
  const group = make();
  made.set(name, group);
  return group;
}

export function product(group: Group, elements: Iterable<Element>): Element {
  let result = group.identity;
  for (const element of elements) result = group.mul(result, element);
  return result;
}

export function isIdentity(group: Group, element: Element): boolean {
  return element.text === group.identity.text;
}

export function equal(a: Element, b: Element): boolean {
  return a.text === b.text;
}

/** The representative of `n` in 0..q-1. */
export function modulo(n: bigint, q: bigint): bigint {
  const rest = n % q;
  return rest < 0n ? rest + q : rest;
}

/** The inverse of a non-zero scalar modulo the prime `q`; throws RangeError for zero. */
export function invertScalar(n: bigint, q: bigint): bigint {
  let [a, b] = [modulo(n, q), q];
  let [x, y] = [1n, 0n];
  if (a === 0n) throw new RangeError("zero has no inverse");
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return modulo(x, q);
}
