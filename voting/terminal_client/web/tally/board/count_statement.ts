/**
 * The signed statement of a count (count.json): what was counted at the terminals and what by hand, their sum, and the
 * outcome. Here its signature is checked; its form and what it says are checked by the verify page.
 */
import type { Count, HandFigures, HandMethod, Medium, Outcome } from "@/live/wire.gen";
import { Reader } from "../json";
import { checkServerSigned } from "./server_signed";

const PREFIX = "plenary-count|";
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

/** A statement whose signature holds; its form is the verify page's. Throws `document_malformed` or `signature_invalid`. */
export function readCountStatement(text: string): CountStatement {
  const value = parsed(text);
  checkServerSigned(text, PREFIX, value.server_key);
  return value;
}

function parsed(text: string): CountStatement {
  try {
    return JSON.parse(text) as CountStatement;
  } catch {
    return READER.fail("not JSON");
  }
}
