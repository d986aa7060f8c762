/**
 * The checks of a whole sitting's record in the order in which they are made, with the numbers and keys of
 * voting/record/whole/checks.py, and the first of them: what the file holds and states of itself.
 */
import type { TallyClient } from "@/tally/worker/client";
import { TallyError } from "@/tally/errors";
import { compareCodePoints } from "@/tally/bytes";
import { listOf, readSpelled, text, tuple, unread } from "../spelling";
import { NoContainer, readFiles } from "./container";
import { folderOf, readSittingStatement, textOf, type ListedPoll, type SittingStatement } from "./statement";

export const SITTING_CHECKS = [
  "sitting_container",
  "sitting_statement",
  "sitting_signature",
  "sitting_files",
  "sitting_roster",
  "sitting_receipts",
  "sitting_polls",
  "sitting_belonging",
  "sitting_server_key",
  "sitting_one_roster",
  "sitting_trustees",
  "sitting_nothing_twice",
  "sitting_follows",
  "sitting_annulled",
] as const;
export type SittingCheckKey = (typeof SITTING_CHECKS)[number];

/** Z1, Z2, … beside the numbers of the polls' own checks. */
export function numberOf(check: SittingCheckKey): string {
  return `Z${SITTING_CHECKS.indexOf(check) + 1}`;
}

/** A check of the sitting failed; poll: the id of the poll where it did, "" where it concerns no single one. */
export class SittingRefused extends Error {
  constructor(
    readonly check: SittingCheckKey,
    readonly detail: string,
    readonly poll = "",
  ) {
    super(`${numberOf(check)} ${check}: ${detail}`);
  }
}

/** Throws SittingRefused unless it holds. */
export function demand(holds: boolean, check: SittingCheckKey, detail: string, poll = ""): asserts holds {
  if (!holds) throw new SittingRefused(check, detail, poll);
}

export type Files = ReadonlyMap<string, Uint8Array>;
export type Call = TallyClient["call"];

export interface PollFiles {
  readonly record: Uint8Array | null;
  readonly count: Uint8Array | null;
}

/** Z1. */
export function readContainer(raw: Uint8Array): Files {
  try {
    return readFiles(raw);
  } catch (error) {
    if (error instanceof NoContainer) throw new SittingRefused("sitting_container", error.message);
    throw error;
  }
}

/** Z2. */
export function readStatementIn(files: Files): SittingStatement {
  const statement = readSittingStatement(textOf(files.get("sitting.json")));
  if (statement === null) throw new SittingRefused("sitting_statement", "sitting.json is not written as the server writes it");
  return statement;
}

/** Z3. */
export async function checkSignature(call: Call, files: Files, { server_key: key }: SittingStatement): Promise<void> {
  try {
    await call("checkServerSigned", { text: textOf(files.get("sitting.json")), prefix: "plenary-sitting|", key });
  } catch (error) {
    if (!(error instanceof TallyError)) throw error;
    throw new SittingRefused("sitting_signature", error.detail);
  }
}

/** Z4: each poll has the files that its state asks for, and no file is another or beside them. */
export async function filesOfPolls(call: Call, files: Files, { polls }: SittingStatement): Promise<Map<string, PollFiles>> {
  const expected = ["sitting.json", "roster.json"];
  const found = new Map<string, PollFiles>();
  for (const [place, listed] of polls.entries()) {
    const { id } = listed.poll;
    checkPresence(listed);
    const own = async (name: string, sha256: string): Promise<Uint8Array | null> => {
      if (sha256 === "") return null;
      const path = `${folderOf(place + 1, id)}/${name}`;
      expected.push(path);
      const data = files.get(path);
      demand(data !== undefined, "sitting_files", `${name} is missing`, id);
      const same = (await call("sha256Of", { data })) === sha256;
      demand(same, "sitting_files", `${name} is another file than the one that is stated`, id);
      return data;
    };
    const record = await own("record.bel", listed.record_sha256);
    found.set(id, { record, count: await own("count.json", listed.count_sha256) });
  }
  const names = [...files.keys()].filter((name) => name !== "receipts.json");
  const same = names.length === expected.length && names.every((name, place) => name === expected[place]);
  demand(same, "sitting_files", "files are missing, in another order, or beside those that are stated");
  return found;
}

function checkPresence({ poll, state, record_sha256: record, count_sha256: count }: ListedPoll): void {
  const [counted, withRecord] = [count !== "", record !== ""];
  const together = withRecord === (counted && poll.medium !== "by_hand");
  demand(together, "sitting_files", "a count and its record belong together", poll.id);
  const asStated = state === "annulled" || counted === ["counted", "confirmed", "announced"].includes(state);
  demand(asStated, "sitting_files", `a poll that is ${state} has other files`, poll.id);
}

type Roster = ReadonlyMap<string, string>;

/** Z5: the names by number. */
export async function readRoster(call: Call, files: Files, statement: SittingStatement): Promise<Roster> {
  const data = files.get("roster.json") ?? new Uint8Array();
  const same = (await call("sha256Of", { data })) === statement.roster_sha256;
  demand(same, "sitting_roster", "roster.json is another roster than the one that is stated");
  const listed = readSpelled(textOf(data), listOf(tuple(text, text))) as readonly (readonly [string, string])[] | undefined;
  demand(listed !== undefined, "sitting_roster", "roster.json is no list of numbers and names in its one spelling");
  const before = (place: number): string => listed[place - 1]?.[0] ?? "";
  const sorted = listed.every(([number], place) => place === 0 || compareCodePoints(before(place), number) < 0);
  demand(sorted, "sitting_roster", "roster.json is not sorted by number, or names a number twice");
  const enough = listed.length <= statement.statutory_seats;
  demand(enough, "sitting_roster", "more delegates are in office than there are seats by law");
  return new Map(listed);
}

export interface Receipt {
  readonly election_uuid: string;
  readonly height?: unknown;
}

const MAX_RECEIPTS_BYTES = 2 ** 26;

/** Z6: the receipts in the file and those given beside it; each belongs to a poll that is listed. */
export function readReceipts(files: Files, { polls }: SittingStatement, given: readonly unknown[]): Receipt[] {
  const raw = files.get("receipts.json");
  demand((raw?.length ?? 0) <= MAX_RECEIPTS_BYTES, "sitting_receipts", "receipts.json is too large");
  const inside = raw === undefined ? [] : (readSpelled(textOf(raw), listOf(unread)) as unknown[] | undefined);
  demand(inside !== undefined, "sitting_receipts", "receipts.json is no list of receipts in its one spelling");
  const known = new Set(polls.map(({ election_uuid: uuid }) => uuid).filter((uuid) => uuid !== ""));
  return [...inside, ...given].map((receipt, place) => {
    const belongs = known.has((receipt as Receipt).election_uuid);
    demand(belongs, "sitting_receipts", `receipt ${place + 1} belongs to no poll of this sitting`);
    return receipt as Receipt;
  });
}
