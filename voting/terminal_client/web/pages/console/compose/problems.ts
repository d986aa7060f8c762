/** Where in the form a refusal belongs, and which words of the catalogue say it. Pure. */
import type { Refusal } from "@/live/refusal";
import type { Hall, PollDraft } from "@/live/wire.gen";
import type { Field } from "./allowed";
import { repeatedLine } from "./lines";

/** A text of the catalogue at a field; field null: it concerns the whole. */
export interface Problem {
  readonly field: Field | null;
  readonly key: string;
  readonly params: Record<string, string | number>;
}

/** The field that each problem of a draft concerns; see DraftProblem and PlanProblemCode on the server. */
export const FIELDS = {
  empty: "title",
  text_wrong: "title",
  options_missing: "options",
  id_repeated: "options",
  id_wrong: "options",
  seats_out_of_range: "seats",
  seconds_out_of_range: "time",
  motion_options_wrong: "options",
  rules_unknown: "rules",
  rules_contradict: "rules",
  secrecy_forbidden: "secrecy",
  medium_forbidden: "medium",
  link_wrong: "text",
  write_ins_forbidden: "writeIns",
  eligible_wrong: "eligible",
  candidates_out_of_range: "options",
  ballot_impossible: "options",
} as const satisfies Record<string, Field>;

const REFUSED_AT: Record<string, Field> = {
  amendment_too_late: "text",
  frame_too_large: "options",
};

/** What is seen without asking anybody. */
export function problemHere(draft: PollDraft): Problem | null {
  const titles = draft.options.map(({ title }) => title);
  const repeated = repeatedLine(titles);
  if (repeated !== null) return at("options", "repeated", { title: repeated });
  const named = repeatedLine([...titles, ...draft.eligible]);
  return named === null ? null : at("eligible", "eligible_wrong", { detail: named });
}

/** The parameters with polls named by their titles, as a person knows them. */
export function withTitles(params: Problem["params"], { polls }: Pick<Hall, "polls">): Problem["params"] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, polls[value]?.title ?? value]));
}

/** The server's refusal at its field. */
export function problemOf({ code, params }: Refusal, draft: PollDraft): Problem {
  if (code !== "poll_plan_invalid") return { field: REFUSED_AT[code] ?? null, key: `refusals.${code}`, params };
  const problem = String(params["problem"] ?? "");
  const detail = String(params["detail"] ?? "");
  return isKnown(problem) ? planProblem(problem, detail, draft) : at(null, "other", { detail });
}

function isKnown(code: string): code is keyof typeof FIELDS {
  return code in FIELDS;
}

/** Reads the limits out of details such as "3, not 1..2". */
function planProblem(code: keyof typeof FIELDS, detail: string, draft: PollDraft): Problem {
  const limits = /^(\d+), not (\d+)\.\.(\d+)$/.exec(detail);
  const range = { found: limits?.[1] ?? "", least: limits?.[2] ?? "", most: limits?.[3] ?? "" };
  switch (code) {
    case "empty":
      return at(emptyField(detail), `empty.${emptyField(detail)}`, {});
    case "text_wrong":
      return at(textField(detail, draft), "text_wrong", {});
    case "seats_out_of_range":
    case "seconds_out_of_range":
      return at(FIELDS[code], code, range);
    case "secrecy_forbidden":
      return at("secrecy", `${code}.${detail.endsWith("recorded") ? "recorded" : "secret"}`, {});
    case "candidates_out_of_range":
      return limits ? at("options", code, range) : at("post", "post_forbidden", {});
    case "ballot_impossible":
      return ballotProblem(detail);
    default:
      return at(FIELDS[code], code, { detail });
  }
}

function emptyField(detail: string): "options" | "eligible" | "title" {
  if (detail.startsWith("option")) return "options";
  return detail === "eligible" ? "eligible" : "title";
}

/** The detail begins with the text's first characters, which tell the field. */
function textField(detail: string, draft: PollDraft): Field {
  const start = detail.split("…")[0] ?? "";
  if (draft.options.some(({ title }) => title.startsWith(start))) return draft.title.startsWith(start) ? "title" : "options";
  return draft.eligible.some((name) => name.startsWith(start)) ? "eligible" : "title";
}

/** The detail names what does not fit on one ballot: "options: 40 > 30", "group: …", "write_ins: …". */
function ballotProblem(detail: string): Problem {
  const [part] = detail.split(":");
  const limits = /(\d+)(?: numbers)? > (\d+)$/.exec(detail);
  if (part === "options" && limits) {
    return at("options", "ballot_impossible.options", { found: limits[1] ?? "", most: limits[2] ?? "" });
  }
  if (part === "group") return at("kind", "ballot_impossible.group", {});
  if (part === "write_ins") return at("writeIns", "ballot_impossible.writeIns", {});
  return at("options", "ballot_impossible.other", { detail });
}

function at(field: Field | null, name: string, params: Problem["params"]): Problem {
  return { field, key: `console.compose.problem.${name}`, params };
}
