/** A signed count read as a poll with a result, and compared with the verified archive beside it. */
import type { CountStatement } from "@/tally/board/count_statement";
import type { PollView, ResultView } from "@/live/wire.gen";
import { firstFault, type BesideArchive, type CountCheckKey } from "./count_checks";
import { basesOf, pollOf } from "./poll";
import { optionsOf, readRecord } from "./record";
import { readFrozenPoll, readStatement, titlesIn } from "./statement";
import type { Verified } from "./verified";

export interface ReadCount {
  readonly statement: CountStatement;
  readonly titles: string;
  readonly poll: PollView;
  readonly result: ResultView;
}

/** The first check that does not hold, or the count that is stated. receipts: those given, as parsed JSON. */
export function faultOf(
  statement: CountStatement,
  record: Verified | null,
  receipts: readonly unknown[],
): { readonly fault: CountCheckKey | null; readonly read: ReadCount | null } {
  const read = readCount(statement);
  if (read === null) return { fault: "count_form", read };
  const keys = receipts.map((receipt) => String((receipt as { server_key?: unknown }).server_key ?? ""));
  return { fault: firstFault(statement, read.poll, record && beside(record), keys), read };
}

function beside(record: Verified): BesideArchive {
  const described = readStatement(record.election.description);
  return {
    sha256: record.archiveSha256,
    uuid: record.election.uuid,
    fingerprint: record.fingerprint,
    poll: described?.raw,
    inOffice: described?.inOffice ?? null,
    statutorySeats: described?.statutorySeats ?? null,
    present: described?.present ?? null,
    count: readRecord(described, record)?.count ?? null,
  };
}

/** Null when the poll it states is not of the form that this page knows. */
export function readCount(statement: CountStatement): ReadCount | null {
  const frozen = readFrozenPoll(statement.poll);
  if (frozen === null) return null;
  const { count, outcome } = statement;
  const known = { inOffice: statement.in_office, statutorySeats: statement.statutory_seats, present: statement.present };
  const poll = { ...pollOf(frozen, basesOf(known, count), null), issued: count.issued, returned: count.returned };
  const options = optionsOf(poll, count, outcome);
  const method = statement.by_hand?.method ?? null;
  const result: ResultView = { count, outcome, options, reasons: [], named: [], method };
  return { statement, titles: titlesIn(statement.sitting), poll, result };
}
