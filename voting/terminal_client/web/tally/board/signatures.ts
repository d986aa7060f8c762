/**
 * How many must sign one closed board: so many that two such sets share at least `threshold` scrutineers, hence an
 * honest one where fewer than that are dishonest.
 */
export function signaturesNeeded(scrutineers: number, threshold: number): number {
  return Math.ceil((scrutineers + threshold) / 2);
}
