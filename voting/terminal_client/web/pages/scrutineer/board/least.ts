/** How many ballots the frozen rules of a poll ask for before anybody opens them, as its election states them. */
import type { PollView } from "@/live/wire.gen";
import { leastSecret } from "@/poll/kinds/least_secret";

interface Frozen {
  readonly secrecy?: PollView["secrecy"];
  readonly medium?: PollView["medium"];
  readonly ruleset?: { readonly ballots?: PollView["rules"]["ballots"] };
}

/** Null when the election does not state its rules, or states something twice: then nothing is opened. */
export function leastIn(election: string): number | null {
  const { description } = objectIn(election) ?? {};
  const stated = typeof description === "string" ? objectIn(description) : null;
  if (stated === null || JSON.stringify(stated).length !== String(description).length) return null;
  const { secrecy, medium, ruleset } = (stated.poll ?? {}) as Frozen;
  const ballots = ruleset?.ballots;
  if (secrecy === undefined || medium === undefined || ballots === undefined) return null;
  const least = leastSecret({ secrecy, medium, rules: { ballots } as PollView["rules"] });
  return Number.isSafeInteger(least) ? least : null;
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
