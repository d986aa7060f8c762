/** Randomness is always an argument, so that tests can replay it. */
import { bytesToNumber } from "../bytes";

/** Returns `n` unpredictable bytes. */
export type Rng = (n: number) => Uint8Array;

/** The engine's cryptographic generator; the same call exists in pages, workers and Node. */
export const systemRng: Rng = (n) => globalThis.crypto.getRandomValues(new Uint8Array(n));

/** A scalar modulo `q`, with at most 2^-128 of bias. */
export function randomScalar(q: bigint, rng: Rng): bigint {
  const bytes = Math.ceil(q.toString(2).length / 8) + 16;
  return bytesToNumber(rng(bytes)) % q;
}
