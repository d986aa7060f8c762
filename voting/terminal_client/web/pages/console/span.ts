/** A span of time in words, as exact as people need it: which phrase of `console.clock`, and what fills it. Pure. */
export function spanOf(seconds: number): { readonly phrase: string; readonly fill: Record<string, number> } {
  const minutes = Math.round(seconds / 60);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (seconds < 120) return { phrase: "seconds", fill: { n: seconds } };
  if (minutes < 120) return { phrase: "minutes", fill: { n: minutes } };
  return m === 0 ? { phrase: "wholeHours", fill: { h } } : { phrase: "hours", fill: { h, m } };
}
