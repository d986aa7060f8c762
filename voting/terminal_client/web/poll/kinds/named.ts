/** A named vote in words. */
import type { NamedVote, PollView } from "@/live/wire.gen";
import { isVoice, putsVoices, viewOf } from "./kinds";
import { titlesOf } from "../result/outcome";

type Words = (key: string) => string;

/** On the wire: a name that the ballot adds begins so; a paper that cannot be read says only this. */
const ADDED = "+";
const UNREADABLE = "void";

/**
 * What a delegate chose: a motion's answer, the options ticked, each option with its mark ("option=mark" on the wire),
 * the options by rank, the names added.
 */
export function namedMarks(poll: PollView, { marks }: NamedVote, t: Words): string {
  const rankOf = (text: string): number => Number(text.slice(text.lastIndexOf("=") + 1));
  const listed = viewOf(poll).ballot === "ranks" ? [...marks].sort((one, other) => rankOf(one) - rankOf(other)) : marks;
  return listed.length === 0 ? t("result.named.blank") : listed.map((mark) => inWords(poll, mark, t)).join(t("common.listComma"));
}

/** An option in the reader's language: the three voices of a motion are words of the page, all others stand as put. */
export function optionInWords(poll: Pick<PollView, "kind">, { id, title }: { id: string; title: string }, t: Words): string {
  return putsVoices(poll) && isVoice(id) ? t(`common.${id}`) : title;
}

function inWords(poll: PollView, text: string, t: Words): string {
  const known = poll.options.some(({ id }) => id === text);
  if (text === UNREADABLE && !known) return t("result.named.unreadable");
  if (poll.write_ins && text.startsWith(ADDED)) return t("result.named.added") + text.slice(ADDED.length);
  const split = text.lastIndexOf("=");
  if (split < 0) return putsVoices(poll) && isVoice(text) ? t(`common.${text}`) : titleOf(poll, text);
  const [title, mark] = [titleOf(poll, text.slice(0, split)), text.slice(split + 1)];
  return viewOf(poll).ballot === "ranks" ? `${mark} ${title}` : `${title} ${markInWords(mark, t)}`;
}

function titleOf(poll: PollView, id: string): string {
  return titlesOf(poll, [id])[0] ?? id;
}

/** The word for one answer: for, against, abstain, a level of an evaluation, or a rank as it stands. */
export function markInWords(mark: string, t: Words): string {
  if (isVoice(mark)) return t(`common.${mark}`);
  return /^\d+$/.test(mark) ? mark : t(`result.level.${mark}`);
}
