/**
 * The signed statement of a count (count.json): what was counted at the terminals and what by hand, their sum, and the
 * outcome. Here its form and its signature are checked; what it says is compared with the archive by the verify page.
 */
import type { Count, HandFigures, HandMethod, Medium, Outcome } from "@/live/wire.gen";
import { fromHex, utf8 } from "../bytes";
import { ensure } from "../errors";
import { checkForm, type Form } from "../forms";
import { Reader } from "../json";
import { libsodium } from "../groups/sodium";

const PREFIX = "plenary-count|";
/** The signature stands last and signs everything before it, with the brace that closes. */
const SIGNED = /^(\{.*),"signature":"([0-9a-f]{128})"\}\n?$/s;
const READER = new Reader();

interface CountedBy {
  readonly index: number;
  readonly name: string;
}

/** A count by hand as it was confirmed; entered_at: Unix ms. */
export interface HandEntry {
  readonly method: HandMethod;
  readonly figures: HandFigures;
  readonly reason: string;
  readonly entered_at: number;
  readonly entered_by: CountedBy;
  readonly confirmed_by: CountedBy;
}

/**
 * What the server states. poll: as frozen in the record; fingerprint, archive_sha256: "" for a poll without a board.
 * electronic: the votes in the archive; papers_instead: papers of delegates who stand on its list of credentials too.
 */
export interface CountStatement {
  readonly version: 1;
  readonly sitting: { readonly congress: string; readonly session: string; readonly sitting: string };
  readonly election_uuid: string;
  /** The frozen question with its rules, as the archive's description states it. */
  readonly poll: unknown;
  readonly fingerprint: string;
  readonly archive_sha256: string;
  readonly in_office: number;
  readonly statutory_seats: number;
  readonly present: number;
  readonly medium: Medium;
  readonly electronic: Count | null;
  readonly by_hand: HandEntry | null;
  readonly papers_instead: number;
  readonly count: Count;
  readonly outcome: Outcome;
  /** Hex raw Ed25519 public key: the one that signs the receipts. */
  readonly server_key: string;
  readonly signature: string;
}

const KEYS = [
  "version",
  "sitting",
  "election_uuid",
  "poll",
  "fingerprint",
  "archive_sha256",
  "in_office",
  "statutory_seats",
  "present",
  "medium",
  "electronic",
  "by_hand",
  "papers_instead",
  "count",
  "outcome",
  "server_key",
  "signature",
];
const of = (fields: Readonly<Record<string, Form>>): Form => ({ fields });
const TITLES = of({ congress: "string", session: "string", sitting: "string" });
const PERSON = of({ index: "int", name: "string" });
const COUNT_KEYS = [
  "entitled",
  "issued",
  "returned",
  "valid",
  "void",
  "not_pressed",
  "votes",
  "against",
  "abstain",
  "levels",
  "write_ins",
  "medium",
  "by_hand",
];
const FIGURE_KEYS = ["issued", "returned", "valid", "void", "votes", "against", "abstain", "levels", "write_ins"];
const ENTRY_KEYS = ["method", "figures", "reason", "entered_at", "entered_by", "confirmed_by"];
const OUTCOME_KEYS = ["kind", "majority", "elected", "run_off", "run_off_seats", "shortfall", "verdicts"];
const MEDIA: readonly unknown[] = ["electronic", "by_hand", "mixed"];
const DIGESTS = ["fingerprint", "archive_sha256"] as const;

/** A statement whose form and signature hold. Throws `document_malformed`, `document_not_canonical` or `signature_invalid`. */
export function readCountStatement(text: string): CountStatement {
  const [, content, signature] = SIGNED.exec(text) ?? READER.fail("the signature does not stand at the end");
  const value = parsed(text.trimEnd());
  const fields = READER.record(value, KEYS);
  ensure(fields["version"] === 1, "document_malformed", "only version 1 is known");
  checkFields(fields);
  const key = READER.digest(fields["server_key"]);
  const message = utf8(`${PREFIX}${content ?? ""}}`);
  const holds = libsodium().crypto_sign_verify_detached(fromHex(signature ?? ""), message, fromHex(key));
  ensure(holds, "signature_invalid", "the server's signature does not hold");
  return value as CountStatement;
}

/** Compact, and no key twice. Keys that look like numbers may have changed their order, but never the length. */
function parsed(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return READER.fail("not JSON");
  }
  ensure(JSON.stringify(value).length === text.length, "document_not_canonical", "not compact, or a key appears twice");
  return value;
}

function checkFields(fields: Readonly<Record<string, unknown>>): void {
  checkForm(fields["sitting"], TITLES);
  for (const name of ["in_office", "statutory_seats", "present", "papers_instead"]) READER.count(fields[name]);
  const boardless = fields["archive_sha256"] === "" && fields["fingerprint"] === "";
  for (const name of DIGESTS) if (!boardless) READER.digest(fields[name]);
  READER.text(fields["election_uuid"]);
  checkMedium(fields["medium"]);
  if (fields["electronic"] !== null) checkCount(fields["electronic"]);
  if (fields["by_hand"] !== null) checkEntry(fields["by_hand"]);
  checkCount(fields["count"]);
  checkOutcome(fields["outcome"]);
}

function checkMedium(value: unknown): void {
  ensure(MEDIA.includes(value), "document_malformed", "the medium is unknown");
}

function checkCount(value: unknown): void {
  const count = READER.record(value, COUNT_KEYS);
  for (const name of ["entitled", "issued", "returned", "valid", "void", "by_hand"]) READER.count(count[name]);
  ensure(Number.isSafeInteger(count["not_pressed"]), "document_malformed", "a whole number is expected");
  checkMedium(count["medium"]);
  checkNumbers(count);
}

function checkEntry(value: unknown): void {
  const entry = READER.record(value, ENTRY_KEYS);
  const figures = READER.record(entry["figures"], FIGURE_KEYS);
  for (const name of ["issued", "returned", "valid", "void"]) READER.count(figures[name]);
  checkNumbers(figures);
  READER.text(entry["method"]);
  READER.text(entry["reason"]);
  READER.count(entry["entered_at"]);
  checkForm(entry["entered_by"], PERSON);
  checkForm(entry["confirmed_by"], PERSON);
}

/** Numbers by option, and names added. */
function checkNumbers(figures: Readonly<Record<string, unknown>>): void {
  for (const name of ["votes", "against", "abstain"]) for (const n of valuesOf(figures[name])) READER.count(n);
  for (const levels of valuesOf(figures["levels"])) READER.listOf(levels, (n) => READER.count(n));
  READER.listOf(figures["write_ins"], (name) => READER.text(name));
}

function checkOutcome(value: unknown): void {
  const outcome = READER.record(value, OUTCOME_KEYS);
  READER.text(outcome["kind"]);
  for (const name of ["majority", "run_off_seats", "shortfall"]) READER.count(outcome[name]);
  for (const name of ["elected", "run_off"]) READER.listOf(outcome[name], (id) => READER.text(id));
  for (const verdict of valuesOf(outcome["verdicts"])) READER.text(verdict);
}

function valuesOf(value: unknown): readonly unknown[] {
  const fits = typeof value === "object" && value !== null && !Array.isArray(value);
  return fits ? Object.values(value) : READER.fail("an object is expected");
}
