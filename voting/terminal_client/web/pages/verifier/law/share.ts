/** The least whole number that is so much of a number of persons or ballots, or more than it; exact. */
export function share(fraction: string, of: number, strictlyMore: boolean): number {
  const [over = "0", under = "1"] = fraction.trim().split("/");
  const [whole, divisor] = [BigInt(over) * BigInt(of), BigInt(under)];
  const down = whole / divisor;
  const exact = down * divisor === whole;
  return Number(strictlyMore || !exact ? down + 1n : down);
}
