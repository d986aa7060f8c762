/** Invented options are labelled wherever they are shown. */
import type { OptionView } from "@/live/wire.gen";

/** Whether the word 示例 must be added: not when the title says so itself. */
export function needsLabel(option: Pick<OptionView, "title" | "illustrative">): boolean {
  return option.illustrative && !option.title.includes("示例");
}
