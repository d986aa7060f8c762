/** How much room a title takes, in the width of one Chinese character; for layouts that must show it whole. */
import { needsLabel } from "../kinds/illustrative";

interface Titled {
  readonly title: string;
  readonly illustrative: boolean;
  readonly writeIn?: boolean;
}

const NARROW = 0.58;
/** The words 示例 and 另选他人 after a title, which are set smaller; in English they are longer. */
const LABEL = 3.8;
const WRITE_IN = 4.6;

/** Latin letters and digits count as a little more than half. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2e80 ? NARROW : 1), 0);
}

/** A title with the words that are set after it. */
export function widthOfTitle(row: Titled): number {
  return widthOf(row.title) + (needsLabel(row) ? LABEL : 0) + (row.writeIn ? WRITE_IN : 0);
}
