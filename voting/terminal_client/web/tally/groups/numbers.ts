/** Whole numbers modulo something, and their bytes. */
import { bytesToNumber } from "../bytes";

/** The representative of `n` in 0..q-1. */
export function modulo(n: bigint, q: bigint): bigint {
  const rest = n % q;
  return rest < 0n ? rest + q : rest;
}

/** The inverse of a non-zero number modulo the prime `q`; throws RangeError for zero. */
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

/** The big-endian number whose bytes are `values`, with `padding` zero bits behind it. */
export function packNumbers(values: readonly number[], padding: number): bigint {
  return bytesToNumber(Uint8Array.from(values)) << BigInt(padding);
}

/** The lowest `count` bytes above the padding, highest first. */
export function unpackNumbers(packed: bigint, padding: number, count: number): number[] {
  const number = packed >> BigInt(padding);
  return Array.from({ length: count }, (_, i) => Number((number >> BigInt(8 * (count - 1 - i))) & 255n));
}

/** How many binary digits a positive number has. */
export function bitLength(n: bigint): number {
  return n.toString(2).length;
}
