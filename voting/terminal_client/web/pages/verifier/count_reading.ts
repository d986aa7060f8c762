/** A signed count read as a poll with a result, and compared with the verified archive beside it. */
import type { PollView, ResultView } from "@/live/wire.gen";
import { firstFault, type BesideArchive, type CountCheckKey, type Stated } from "./count_checks";
import { basesOf, pollOf } from "./poll";
import { canBeHeld } from "./law/hand";
import { isVoidForFew } from "./law/ruling";
import { optionsOf, readRecord } from "./record";
import { readStatement, titlesIn } from "./statement";
import type { Verified } from "./verified";

export interface ReadCount {
  readonly statement: Stated;
  readonly titles: string;
  readonly poll: PollView;
  readonly result: ResultView;
}

/** The first check that does not hold. receipts: those given, as parsed JSON. */
export function faultOf(stated: Stated, record: Verified | null, receipts: readonly unknown[]): CountCheckKey | null {
  const keys = receipts.map((receipt) => String((receipt as { server_key?: unknown }).server_key ?? ""));
  return firstFault(stated, record && beside(record), keys);
}

function beside(record: Verified): BesideArchive {
  const stated = readStatement(record.election.description);
  return {
    sha256: record.archiveSha256,
    uuid: record.election.uuid,
    fingerprint: record.fingerprint,
    stated,
    count: stated !== null && canBeHeld(stated.poll) ? (readRecord(stated, record)?.count ?? null) : null,
  };
}

/** The count as pages show results. */
export function readCount(statement: Stated): ReadCount {
  const { count, outcome, poll: frozen } = statement;
  const known = { inOffice: statement.in_office, statutorySeats: statement.statutory_seats, present: statement.present };
  const poll = { ...pollOf(frozen, basesOf(known, count)), issued: count.issued, returned: count.returned };
  const options = optionsOf(poll, count, outcome);
  const method = statement.by_hand?.method ?? null;
  const few = outcome.kind === "void" && isVoidForFew(frozen, count, known);
  const reasons = few ? [{ code: "participation_void" as const, params: {} }] : [];
  const result: ResultView = { count, outcome, options, reasons, named: [], method };
  return { statement, titles: titlesIn(statement.sitting), poll, result };
}
