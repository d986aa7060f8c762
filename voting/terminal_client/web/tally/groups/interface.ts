/**
 * What the protocol asks of a group; `choice.ts` has those that there are. Elements are opaque outside their
 * group; their `text` is what the documents and the hashes contain.
 */
export { invertScalar, modulo } from "./numbers";

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
  /** How many small numbers (0 to 255) fit into one element; 0 where the format defines no encoding. */
  readonly capacity: number;
  /** Strict: throws `not_in_group` for everything but the canonical text of a member. */
  parse(text: string): Element;
  /** An element whose membership somebody else has tested; spelling only. Throws `not_in_group`. */
  decode(text: string): Element;
  mul(a: Element, b: Element): Element;
  invert(a: Element): Element;
  pow(base: Element, exponent: bigint): Element;
  /** One base, several exponents; never slower than calling `pow` for each. */
  powers(base: Element, exponents: readonly bigint[]): Element[];
  powG(exponent: bigint): Element;
  fixedBase(base: Element): FixedBase;
  /** The element that stands for small numbers (specification, `of_ints`). Throws RangeError for too many or too large ones. */
  embed(values: readonly number[]): Element;
  /** The `count` small numbers that an element stands for (`to_ints`). Any element gives some. */
  extract(element: Element, count: number): number[];
  /** A generator whose logarithms to all the others nobody knows (`GetGenerator`); `index` from -1. */
  hiddenGenerator(index: number): Element;
  /** The order in which the format sorts elements: negative, zero or positive. */
  compare(a: Element, b: Element): number;
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

/** a / b. */
export function divide(group: Group, a: Element, b: Element): Element {
  return group.mul(a, group.invert(b));
}

/** Throws RangeError unless `values` can be embedded in an element of the group. */
export function checkEmbeddable({ capacity, name }: Group, values: readonly number[]): void {
  const small = values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255);
  if (values.length > capacity || !small) {
    throw new RangeError(`at most ${capacity} numbers from 0 to 255 fit into an element of ${name}`);
  }
}
