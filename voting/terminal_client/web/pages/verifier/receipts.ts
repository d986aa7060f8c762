/** Receipts that a verification has honoured, by what their owners know them by. Pure. */

/** Beyond as many the rest is only counted: a person looks for a few. */
export const MOST_SHOWN = 24;

interface Honoured {
  readonly tracker: string;
  readonly height: number;
}

/** Each once, in the order of the board. Check 18 has read every one of them, so that they have these fields. */
export function honoured(receipts: readonly unknown[]): { readonly shown: readonly Honoured[]; readonly more: number } {
  const byTracker = new Map((receipts as readonly Honoured[]).map(({ tracker, height }) => [tracker, { tracker, height }]));
  const listed = [...byTracker.values()].sort((one, other) => one.height - other.height);
  return { shown: listed.slice(0, MOST_SHOWN), more: Math.max(0, listed.length - MOST_SHOWN) };
}
