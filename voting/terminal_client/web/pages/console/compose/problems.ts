/** Where in the form a refusal belongs, and which words of the catalogue say it. Pure. */
import type { Refusal } from "@/live/refusal";
import type { BallotProblemCode, DraftProblem, Hall, PlanProblemCode, PollDraft } from "@/live/wire.gen";
import type { Field } from "./allowed";
import { repeatedLine } from "./lines";

/** A text of the catalogue at a field; field null: it concerns the whole. */
export interface Problem {
  readonly field: Field | null;
  readonly key: string;
  readonly params: Record<string, string | number>;
}

/** Problems of a session's other parts; no draft has them. */
type Elsewhere =
  | "name_too_long"
  | "number_repeated"
  | "seat_repeated"
  | "poll_unknown"
  | "poll_not_in_agenda"
  | "poll_in_two_items"
  | "threshold_out_of_range"
  | "too_many_scrutineers"
  | "not_one_chief"
  | "scrutineer_index_wrong"
  | "scrutineer_not_delegate"
  | "group_unknown";

/** What may be wrong with a draft: the parameter `problem` of poll_plan_invalid. */
export type ProblemCode = DraftProblem | Exclude<PlanProblemCode, Elsewhere> | BallotProblemCode;

/** The field that each problem concerns where its own parameter `field` does not say it. */
export const FIELDS: Record<ProblemCode, Field> = {
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
  rules_deviate: "rules",
  secrecy_forbidden: "secrecy",
  medium_forbidden: "medium",
  too_few_scrutineers: "medium",
  scrutineer_on_ballot: "options",
  too_few_voters: "secrecy",
  link_wrong: "text",
  write_ins_forbidden: "writeIns",
  eligible_wrong: "eligible",
  eligible_unused: "eligible",
  candidates_out_of_range: "options",
  post_forbidden: "post",
  too_many_options: "options",
  too_many_numbers: "options",
  too_many_eligible: "eligible",
  not_read_singly: "kind",
  name_is_an_id: "eligible",
  no_room_for_names: "writeIns",
};

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
  return named === null ? null : at("eligible", "eligible_wrong.other", { value: named });
}

/** The parameters with polls named by their titles, as a person knows them. */
export function withTitles(params: Problem["params"], { polls }: Pick<Hall, "polls">): Problem["params"] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, polls[value]?.title ?? value]));
}

/** The server's refusal at its field. */
export function problemOf({ code, params }: Refusal): Problem {
  if (code !== "poll_plan_invalid") return { field: REFUSED_AT[code] ?? null, key: `refusals.${code}`, params };
  const problem = params["problem"];
  if (!isKnown(problem)) return at(null, "other", params);
  const field = fieldIn(params["field"]) ?? FIELDS[problem];
  switch (problem) {
    case "empty":
      return at(field, `empty.${field}`, params);
    case "secrecy_forbidden":
      return at(field, `secrecy_forbidden.${params["asked"]}`, params);
    default:
      return at(field, `${problem}.other`, params);
  }
}

function isKnown(problem: unknown): problem is ProblemCode {
  return typeof problem === "string" && problem in FIELDS;
}

/** The form's field of a draft's field; an id is no field of the form. */
function fieldIn(name: unknown): Field | null {
  return name === "title" || name === "options" || name === "eligible" ? name : null;
}

function at(field: Field | null, name: string, params: Problem["params"]): Problem {
  return { field, key: `console.compose.problem.${name}`, params };
}
