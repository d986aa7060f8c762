/** Why a poll ended as it did: the server's codes and numbers as sentences of the catalogue. */
import { formKey } from "@/kit/words/forms";
import type { PollView, Reason } from "@/live/wire.gen";
import { titlesOf } from "./outcome";
import { wayOf } from "./result";

type Words = (key: string, params?: Record<string, string | number>) => string;

/** Codes of which every option or subject has its own line. */
const EACH = ["option_", "rank_sum", "elected", "left_out", "evaluated_"] as const;

export interface Why {
  /** What holds for the poll as a whole, in the order of the procedure. */
  readonly general: readonly Reason[];
  /** One line or more for each option. */
  readonly each: readonly Reason[];
}

/** General reasons apart from those about single options, each in their order. */
export function sorted(reasons: readonly Reason[]): Why {
  const about = (reason: Reason): boolean => EACH.some((start) => reason.code.startsWith(start));
  return { general: reasons.filter((reason) => !about(reason)), each: reasons.filter(about) };
}

/** One reason in words. */
export function inWords(reason: Reason, poll: PollView, t: Words): string {
  const params = Object.entries(reason.params).map(([name, value]) => [name, said(name, value, poll, t)] as const);
  return t(`result.reason.${formKey(reason.code, poll.kind, poll.result ? wayOf(poll.result) : poll.medium)}`, Object.fromEntries(params));
}

/** A parameter as it is said: options by their titles, codes by their words, several of them one after the other. */
function said(name: string, value: string | number | string[], poll: PollView, t: Words): string | number {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) {
    const between = t(name === "choices" ? "result.alternatives" : "common.listComma");
    return value.map((one) => saidOne(name, one, poll, t)).join(between);
  }
  return saidOne(name, value, poll, t);
}

function saidOne(name: string, value: string, poll: PollView, t: Words): string {
  if (name === "of") return t(`result.of.${value}`);
  if (name === "choices") return t(`result.after.${formKey(value, poll.kind)}`);
  return name === "option" || name === "options" ? (titlesOf(poll, [value])[0] ?? value) : value;
}
