/** Which settings a poll of one kind has, and which values a form falls back to. Pure. */
import type { KindField } from "@/poll/kinds/kind_view";
import { viewOf } from "@/poll/kinds/kinds";
import type { Medium, PollKind, PollView, Relation, Ruleset, Secrecy } from "@/live/wire.gen";

/** Everything the composer may ask for. */
export type Field =
  | KindField | "kind" | "title" | "rules" | "secrecy" | "medium" | "time";

export const MEDIA: readonly Medium[] = ["electronic", "mixed", "by_hand"];
export const SECRECIES: readonly Secrecy[] = ["secret", "recorded"];

/** What a poll that follows another one takes over unchanged. */
const FIXED: Record<Relation, readonly Field[]> = {
  run_off: ["kind", "options", "seats", "rules", "secrecy", "writeIns", "text", "post"],
  repeat: ["kind", "options", "seats", "rules", "secrecy", "writeIns", "eligible", "text", "post"],
  second_round: ["kind", "rules", "secrecy", "text", "post"],
  next_session: ["kind", "rules", "secrecy", "text", "post"],
};

/** Whether the rules fix this setting of a poll that follows another. */
export function isFixed(field: Field, relation: Relation | null): boolean {
  return relation !== null && FIXED[relation].includes(field);
}

const OF_SOME: readonly KindField[] = ["options", "seats", "post", "writeIns", "eligible", "text"];

/** Whether a poll of this kind has the setting at all. */
export function hasField(field: Field, kind: PollKind, relation: Relation | null): boolean {
  if (!OF_SOME.includes(field as KindField)) return true;
  return viewOf({ kind }).fields.includes(field as KindField) && !(field === "writeIns" && relation === "run_off");
}

/** `wanted` where it is allowed, else the first that is. */
export function allowedOr<Value>(wanted: Value, allowed: readonly Value[]): Value {
  return allowed.includes(wanted) ? wanted : (allowed[0] ?? wanted);
}

/** The rulebook that a new poll starts with: that of polls of its kind, else of any poll, else the first; "" for none. */
export function usualRulebook(kind: PollKind, polls: readonly PollView[], books: Record<string, Ruleset>): string {
  const alike = polls.filter((poll) => poll.kind === kind);
  for (const poll of [...alike, ...polls]) {
    const name = rulebookOf(poll.rules, books);
    if (name !== null) return name;
  }
  return "national" in books ? "national" : (Object.keys(books)[0] ?? "");
}

/** The name under which these very rules are offered, or null. */
export function rulebookOf(rules: Ruleset, books: Record<string, Ruleset>): string | null {
  const text = canonical(rules);
  return Object.keys(books).find((name) => canonical(books[name]) === text) ?? null;
}

/** The same text for equal data, whatever the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`;
}
