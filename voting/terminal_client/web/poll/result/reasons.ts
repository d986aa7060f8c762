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
  const params = { ...reason.params };
  const titles = (text: string | number): string => titlesOf(poll, String(text).split(", ")).join(t("common.listComma"));
  const apart = APART[poll.kind]?.includes(reason.code) ? `.${poll.kind}` : "";
  if ("option" in params) params["option"] = titles(params["option"] ?? "");
  if ("options" in params) params["options"] = titles(params["options"] ?? "");
  if ("of" in params) params["of"] = t(`result.of.${params["of"]}`);
  if (reason.code === "shortfall") {
    const choices = String(params["choices"] ?? "").split(", ").filter(Boolean);
    const after = `result.after${poll.kind === "election" ? ".election" : ""}`;
    params["choices"] = choices.map((name) => t(`${after}.${name}`)).join(t("common.listComma"));
  }
  return t(`result.reason${apart}.${reason.code}`, params);
}
