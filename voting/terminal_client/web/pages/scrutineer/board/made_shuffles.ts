/**
 * What this terminal remembers of its own shuffles, across reloads: their hashes, by the poll's fingerprint. They are
 * public; losing them only makes the terminal refuse to go on.
 */
import type { Cupboard } from "../keeping";

/** The hashes of the shuffles made here. `index`: the scrutineer's, so that several can use one browser. */
export function madeShuffles(cupboard: Cupboard, fingerprint: string, index: number): readonly string[] {
  try {
    const value: unknown = JSON.parse(cupboard.getItem(placeOf(fingerprint, index)) ?? "[]");
    return Array.isArray(value) ? value.filter((hash) => typeof hash === "string") : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Before a shuffle is sent: the server may have taken it although its answer was lost. */
export function rememberShuffle(cupboard: Cupboard, fingerprint: string, index: number, hash: string): void {
  const made = [...madeShuffles(cupboard, fingerprint, index), hash];
  cupboard.setItem(placeOf(fingerprint, index), JSON.stringify(made));
}

function placeOf(fingerprint: string, index: number): string {
  return `plenary.shuffles.${fingerprint}.${index}`;
}
