/** The words over the figures of a count by hand. */
import { computed, type ComputedRef } from "vue";
import { useI18n } from "vue-i18n";

import { viewOf } from "@/poll/kinds/kinds";
import type { HandMethod, PollView } from "@/live/wire.gen";
import { columnsOf, type Column } from "./hand_count";

interface NamedColumn {
  readonly column: Column;
  readonly title: string;
}

export function useColumns(poll: () => PollView, method: () => HandMethod): ComputedRef<readonly NamedColumn[]> {
  const { t } = useI18n();
  function title(column: Column, place: number): string {
    const { counts } = viewOf(poll());
    if (counts === "levels") return t(`result.level.${poll().marks[place] ?? ""}`);
    if (counts === "answers") return t(`common.${column === "votes" ? "for" : column}`);
    if (counts === "sums") return t("scrutineer.hand.rankSum");
    return t(`scrutineer.hand.${method() === "show_of_hands" ? "hands" : "ticks"}`);
  }
  return computed(() => columnsOf(poll()).map((column, place) => ({ column, title: title(column, place) })));
}

/** What stands at the head of the options. */
export function useOptionWord(poll: () => PollView): ComputedRef<string> {
  const { t } = useI18n();
  return computed(() => t(`scrutineer.hand.${viewOf(poll()).noun}`));
}
