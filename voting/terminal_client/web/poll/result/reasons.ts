/** Why a poll ended as it did: the server's codes and numbers as sentences of the catalogue. */
import type { PollView, Reason, ReasonCode } from "@/live/wire.gen";
import { titlesOf } from "./outcome";

type Words = (key: string, params?: Record<string, string | number>) => string;

/** Codes of which every option or subject has its own line. */
const EACH = ["option_", "rank_sum", "elected", "left_out", "evaluated_"] as const;

/** Reasons that are worded apart for persons, and for sums of ranks. */
const APART: Readonly<Partial<Record<PollView["kind"], readonly ReasonCode[]>>> = {
  election: ["elected", "tie", "shortfall"],
  rank: ["elected", "tie", "left_out"],
};

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
  const apart = APART[poll.kind]?.includes(reason.code) ? `.${poll.kind}` : "";
  const params = Object.entries(reason.params).map(([name, value]) => [name, said(name, value, poll, t)] as const);
  return t(`result.reason${apart}.${reason.code}`, Object.fromEntries(params));
}

/** A parameter as it is said: options by their titles, codes by their words, several of them one after the other. */
function said(name: string, value: string | number | string[], poll: PollView, t: Words): string | number {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map((one) => saidOne(name, one, poll, t)).join(t("common.listComma"));
  return saidOne(name, value, poll, t);
}

function saidOne(name: string, value: string, poll: PollView, t: Words): string {
  if (name === "of") return t(`result.of.${value}`);
  if (name === "choices") return t(`result.after${poll.kind === "election" ? ".election" : ""}.${value}`);
  return name === "option" || name === "options" ? (titlesOf(poll, [value])[0] ?? value) : value;
}
