/** What an archive says about its own sitting and rules (the election's description), where it says it in our form. */

export interface Statement {
  readonly titles: string;
  readonly inOffice: number | null;
  /** Titles of options that are marked as illustrative. */
  readonly illustrative: ReadonlySet<string>;
}

/** Null when the description is not the public record of a Plenary poll; the archive may still be valid. */
export function readStatement(description: string): Statement | null {
  const record = parsed(description);
  if (record === null) return null;
  const sitting = objectOf(record["sitting"]);
  const poll = objectOf(record["poll"]);
  const options = Array.isArray(poll["options"]) ? poll["options"].map(objectOf) : [];
  const marked = options.filter((option) => option["illustrative"] === true).map((option) => String(option["title"]));
  const inOffice = record["in_office"];
  const titles = ["congress", "session", "sitting"].map((key) => sitting[key]).filter((title) => typeof title === "string");
  return {
    titles: titles.join(""),
    inOffice: Number.isSafeInteger(inOffice) && Number(inOffice) > 0 ? Number(inOffice) : null,
    illustrative: new Set(marked),
  };
}

type Fields = Record<string, unknown>;

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Votes needed for a majority of all delegates in office: strictly more than half. */
export function majorityOf(inOffice: number): number {
  return Math.floor(inOffice / 2) + 1;
}
