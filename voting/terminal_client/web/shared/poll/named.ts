/** A named vote in words. */
import type { NamedVote, PollView } from "@/shared/wire.gen";
import { isVoice } from "./kinds";
import { titlesOf } from "./outcome";

type Words = (key: string) => string;

/** What a delegate chose: a motion's answer, the options ticked, or each option with its mark ("option=mark" on the wire). */
export function namedMarks(poll: PollView, { marks }: NamedVote, t: Words): string {
  return marks.map((mark) => inWords(poll, mark, t)).join(t("common.listComma"));
}

function inWords(poll: PollView, text: string, t: Words): string {
  const split = text.lastIndexOf("=");
  if (split < 0) return poll.kind === "motion" && isVoice(text) ? t(`common.${text}`) : titleOf(poll, text);
  return `${titleOf(poll, text.slice(0, split))} ${markInWords(text.slice(split + 1), t)}`;
}

function titleOf(poll: PollView, id: string): string {
  return titlesOf(poll, [id])[0] ?? id;
}

/** The word for one answer: for, against, abstain, a level of an evaluation, or a rank as it stands. */
export function markInWords(mark: string, t: Words): string {
  if (isVoice(mark)) return t(`common.${mark}`);
  return /^\d+$/.test(mark) ? mark : t(`result.level.${mark}`);
}
