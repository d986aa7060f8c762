/** From what the chair fills in to the poll that is asked for. Pure. */
import { putsVoices, viewOf } from "@/poll/kinds/kinds";
import type {
  Allowed, ConsoleView, Hall, Medium, Option, PollDraft, PollKind, PollView,
  Post, Relation, Ruleset, Secrecy,
} from "@/live/wire.gen";
import { allowedOr, hasField, isFixed, MEDIA, rulebookOf, SECRECIES, usualRulebook } from "./allowed";
import { linesIn, optionsOf, textOf } from "./lines";

/** What is filled in. seats: null = as many as suggested. text: the motion that this one amends or is a clause of. */
export interface Form {
  kind: PollKind;
  title: string;
  options: string;
  seats: number | null;
  post: Post | null;
  byElection: boolean;
  writeIns: boolean;
  fromRoster: boolean;
  eligible: string;
  text: { poll: string; as: "amends" | "clause_of" } | null;
  rules: string;
  secrecy: Secrecy;
  medium: Medium;
  seconds: number | null;
}

/** What is around the form: the item, the sitting, and the poll to follow (with the question the rules give). */
export interface Setting {
  readonly item: string;
  readonly hall: Hall;
  readonly rulebooks: Record<string, Ruleset>;
  readonly allowed: ConsoleView["allowed"];
  readonly allowedAfter: ConsoleView["allowed_after"];
  readonly follow: PollDraft | null;
}

export function emptyForm(setting: Setting): Form {
  const kind: PollKind = "motion";
  return {
    kind, title: "", options: "", seats: null, post: null, byElection: false, writeIns: false, fromRoster: false, eligible: "", text: null,
    rules: usualRulebook(kind, Object.values(setting.hall.polls), setting.rulebooks),
    secrecy: "secret", medium: "electronic", seconds: null,
  };
}

/** The form filled with the poll that may follow. */
export function followingForm(draft: PollDraft): Form {
  const text = draft.amends ?? draft.clause_of;
  return {
    kind: draft.kind, title: draft.title, options: textOf(draft.options), seats: draft.seats, post: draft.post,
    byElection: draft.by_election,
    writeIns: draft.write_ins, fromRoster: draft.eligible.length > 0, eligible: draft.eligible.join("\n"),
    text: text === null ? null : { poll: text, as: draft.amends === null ? "clause_of" : "amends" },
    rules: draft.rules, secrecy: draft.secrecy, medium: draft.medium, seconds: draft.seconds,
  };
}

/** The rules that will hold; null where this page does not know them. */
export function rulesOf(form: Form, setting: Setting): Ruleset | null {
  const followed = followedPoll(setting);
  if (form.rules === "" && followed) return followed.rules;
  return setting.rulebooks[form.rules] ?? null;
}

/** What the rules leave open; everything where the server says nothing of them: it judges the draft. */
export function allowedTo(form: Form, { follow, allowed, allowedAfter }: Setting): Allowed {
  const said = follow?.follows ? allowedAfter[follow.follows.poll] : allowed[form.rules]?.[form.kind];
  return said ?? { secrecies: [...SECRECIES], media: [...MEDIA] };
}

export function followedPoll({ follow, hall }: Setting): PollView | null {
  return follow?.follows ? (hall.polls[follow.follows.poll] ?? null) : null;
}

/** Usual numbers: all but one of several options, one of one. */
export function suggestedSeats(options: number): number {
  return Math.max(1, options - 1);
}

/** A second round fills what the first left open; any other poll as many seats as it has options. */
export function mostSeats(setting: Setting, options: number): number {
  const missing = followedPoll(setting)?.result?.outcome.shortfall ?? options;
  return Math.max(1, Math.min(missing, options));
}

/** None where each option may be decided by itself, in a poll that follows no other. */
export function leastSeats(kind: PollKind, relation: Relation | null): number {
  return relation === null && !viewOf({ kind, seats: 0 }).competes ? 0 : 1;
}

function optionLines(form: Form): string[] {
  return linesIn(form.options);
}

/** Whether there is enough to be looked at; what else is wrong is said by the server. */
export function isPresentable(form: Form): boolean {
  return form.title.trim() !== "" && (putsVoices(form) || optionLines(form).length > 0);
}

/** The poll as asked for. Settings that the kind does not have, or the rules leave no choice in, are not the form's. */
export function draftOf(form: Form, setting: Setting, id: string): PollDraft {
  const { follow } = setting;
  const relation = follow?.follows?.relation ?? null;
  const { secrecies, media } = allowedTo(form, setting);
  const options = optionsFor(form, setting);
  const has = (field: "writeIns" | "seats" | "post" | "text"): boolean => hasField(field, form.kind, relation);
  const writeIns = has("writeIns") && form.writeIns;
  const text = has("text") ? form.text : null;
  const medium = allowedOr(form.medium, media);
  return {
    id,
    kind: form.kind,
    title: onOneLine(form.title),
    options,
    seats: has("seats") ? (form.seats ?? suggestedSeats(options.length)) : 1,
    rules: form.rules,
    seconds: medium === "by_hand" ? null : form.seconds,
    secrecy: allowedOr(asksSecrecy(form, setting) ? form.secrecy : "secret", secrecies),
    medium,
    write_ins: writeIns,
    eligible: writeIns && form.fromRoster ? linesIn(form.eligible) : [],
    post: has("post") ? form.post : null,
    by_election: has("post") && form.byElection,
    follows: follow?.follows ?? null,
    amends: text?.as === "amends" ? text.poll : null,
    clause_of: text?.as === "clause_of" ? text.poll : null,
  };
}

/** A question pasted over several lines; Chinese is joined without a space. */
function onOneLine(text: string): string {
  return text.replace(/([\u3000-\u9fff\uff00-\uffef])\s*[\r\n]+\s*/g, "$1").replace(/\s*[\r\n]+\s*/g, " ").trim();
}

/** Hands and unsigned papers have no names, so there is nothing to choose; a poll that follows keeps what the first had. */
export function asksSecrecy(form: Form, setting: Setting): boolean {
  const { medium } = form;
  return setting.follow !== null || allowedOr(medium, allowedTo(form, setting).media) !== "by_hand";
}

function optionsFor(form: Form, setting: Setting): Option[] {
  if (putsVoices(form)) return setting.follow?.options ?? [];
  const { follow } = setting;
  if (follow && isFixed("options", follow.follows?.relation ?? null)) return follow.options;
  const taken = new Set(followedPoll(setting)?.options.map((option) => option.id) ?? []);
  return optionsOf(optionLines(form), follow?.options ?? [], taken);
}

/** Motions not yet begun, which an amendment or a clause can still be put before. */
export function openTexts({ hall }: Setting): PollView[] {
  return Object.values(hall.polls).filter((poll) => viewOf(poll).fields.includes("text") && poll.state === "planned");
}

/** An identifier that no poll of the sitting has, counted on from their number. */
export function freeId({ polls }: Hall): string {
  let number = Object.keys(polls).length + 1;
  while (`added-${number}` in polls) number += 1;
  return `added-${number}`;
}

/** Whether the poll of the sitting is the one that was asked for: an earlier attempt arrived although no answer did. */
export function isHeld(poll: PollView | undefined, draft: PollDraft): boolean {
  if (!poll || poll.kind !== draft.kind || poll.title !== draft.title || poll.medium !== draft.medium) return false;
  const sameOptions = putsVoices(draft) || textOf(poll.options) === textOf(draft.options);
  return sameOptions && (putsVoices(draft) || poll.seats === draft.seats);
}

/** The rulebook's own title, or its name where it has none. */
export function rulesTitle(setting: Setting, form: Form): string {
  const rules = rulesOf(form, setting);
  const name = form.rules === "" && rules ? rulebookOf(rules, setting.rulebooks) : form.rules;
  return rules?.title || (name ?? "");
}
