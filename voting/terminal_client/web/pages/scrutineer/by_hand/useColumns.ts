/** The words over the figures of a count by hand. */
import { computed, type ComputedRef } from "vue";
import { useI18n } from "vue-i18n";

import { answersEach } from "@/poll/kinds/kinds";
import type { HandMethod, PollView } from "@/live/wire.gen";
import { columnsOf, type Column } from "./hand_count";

export interface NamedColumn {
  readonly column: Column;
  readonly title: string;
}

export function useColumns(poll: () => PollView, method: () => HandMethod): ComputedRef<readonly NamedColumn[]> {
  const { t } = useI18n();
  function title(column: Column, place: number): string {
    const { kind, marks } = poll();
    if (kind === "evaluation") return t(`result.level.${marks[place] ?? ""}`);
    if (answersEach(kind)) return t(`common.${column === "votes" ? "for" : column}`);
    if (kind === "rank") return t("scrutineer.hand.rankSum");
    return t(`scrutineer.hand.${method() === "show_of_hands" ? "hands" : "ticks"}`);
  }
  return computed(() => columnsOf(poll()).map((column, place) => ({ column, title: title(column, place) })));
}

/** What stands at the head of the options. */
export function useOptionWord(poll: () => PollView): ComputedRef<string> {
  const { t } = useI18n();
  const words: Partial<Record<PollView["kind"], string>> = { election: "candidate", evaluation: "subject" };
  return computed(() => t(`scrutineer.hand.${words[poll().kind] ?? "option"}`));
}
