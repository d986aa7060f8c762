/**
 * Which texts are names, by a closed list of characters: whether a paper is void must not depend on the edition of Unicode
 * that a browser knows. voting/tally/ballots/names.py says why, and holds the same list.
 */
const CONTROLS = `${String.fromCharCode(0x1c)}-${String.fromCharCode(0x1f)}`;
const SPACES = new RegExp(`[\\p{White_Space}${CONTROLS}]+`, "u");

/** First and last code point of each range. */
export const NAME_RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e], // Latin, digits, punctuation
  [0xa1, 0xac],
  [0xae, 0x24f],
  [0x400, 0x482], // Cyrillic
  [0x48a, 0x52f],
  [0x620, 0x64a], // Arabic, as Uyghur and Kazakh are written
  [0x671, 0x6d3],
  [0x6d5, 0x6d5],
  [0xf0b, 0xf0c], // Tibetan
  [0xf20, 0xf29],
  [0xf40, 0xf47],
  [0xf49, 0xf6c],
  [0xf71, 0xf84],
  [0xf90, 0xf97],
  [0xf99, 0xfbc],
  [0x1820, 0x1878], // Mongolian, Manchu, Sibe
  [0x1950, 0x196d], // Tai Le
  [0x1970, 0x1974],
  [0x1980, 0x19ab], // New Tai Lue
  [0x19b0, 0x19c9],
  [0x1e00, 0x1eff], // Latin with marks
  [0x2018, 0x2019],
  [0x2022, 0x2022],
  [0x2027, 0x2027],
  [0x3005, 0x3007],
  [0x3041, 0x3096], // kana
  [0x30a1, 0x30fe],
  [0x3400, 0x4dbf], // ideographs
  [0x4e00, 0x9fff],
  [0xa000, 0xa48c], // Yi
  [0xa4d0, 0xa4fd], // Lisu
  [0xac00, 0xd7a3], // Hangul
  [0xfa0e, 0xfa29],
  [0xff01, 0xff5e], // full-width Latin
  [0x20000, 0x2fffd], // ideographs, planes 2 and 3
  [0x30000, 0x3fffd],
];

const NAME = new RegExp(`^[${NAME_RANGES.map((range) => range.map((point) => `\\u{${point.toString(16)}}`).join("-")).join("")}]+$`, "u");

/** One spelling for one name: composed characters, single spaces, none at the ends. */
export function normalName(text: string): string {
  return text.normalize("NFC").split(SPACES).filter((part) => part !== "").join(" ");
}

/** Whether the text is a name in its one spelling, of listed characters only. */
export function isName(text: string): boolean {
  return text === normalName(text) && NAME.test(text);
}
