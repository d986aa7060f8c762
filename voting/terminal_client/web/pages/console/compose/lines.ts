/** Several options pasted as lines of text, and back. Pure. */
import type { Option } from "@/live/wire.gen";

/** "3. ", "3、", "（3）", "三、" or a bullet before an option; "3.5公里" is no numbering. */
const NUMBERING = /^(?:[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)]|\d{1,3}\s*(?:[、．)）]|\.(?!\d))|[一二三四五六七八九十]{1,3}、|[-*•·●▪])\s*/u;

/** The lines that say something, without numbering and spaces around. */
export function linesIn(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim().replace(NUMBERING, "").trim()).filter((line) => line !== "");
}

/** The first line that says what an earlier one says already; null when all differ. */
export function repeatedLine(lines: readonly string[]): string | null {
  return lines.find((line, index) => lines.indexOf(line) < index) ?? null;
}

/** Options of these titles: a title that `known` has keeps its identifier, a new one never takes one of `taken`. */
export function optionsOf(lines: readonly string[], known: readonly Option[], taken: ReadonlySet<string>): Option[] {
  const used = new Set([...taken, ...known.map(({ id }) => id)]);
  return lines.map((title) => known.find((option) => option.title === title) ?? { id: fresh(used), title, illustrative: false });
}

function fresh(used: Set<string>): string {
  let number = 1;
  while (used.has(`o${number}`)) number += 1;
  used.add(`o${number}`);
  return `o${number}`;
}

/** Options as the lines of a text field. */
export function textOf(options: readonly { title: string }[]): string {
  return options.map(({ title }) => title).join("\n");
}
