/** The whole verification of a poll's files, as the page makes it, in one call. */
import type { TallyClient } from "@/tally/worker/client";
import { CheckFailed, TallyError } from "@/tally/errors";
import { readStated, type CountCheckKey, type Stated } from "./count_checks";
import { faultOf } from "./count_reading";
import { claims, firstRecordFault, RECORD_CHECKS, reservationsOf, type Reservation } from "./record_checks";
import type { Verified } from "./verified";

export interface Files {
  readonly data: Uint8Array | null;
  readonly receipts: readonly unknown[];
  /** A signed count's text. */
  readonly count: string | null;
}

/** What was found; failed: the number of the record's check, or the key of the count's, that does not hold. */
export interface Judgement {
  readonly failed: number | CountCheckKey | null;
  readonly reservations: readonly Reservation[];
  /** A record, and a count, that hold. */
  readonly record: Verified | null;
  readonly stated: Stated | null;
}

type Call = TallyClient["call"];

export async function judge(call: Call, { data, receipts, count }: Files): Promise<Judgement> {
  const nothing = { reservations: [], record: null, stated: null };
  const record = data === null ? null : await recordOf(call, data, receipts);
  if (typeof record === "number") return { ...nothing, failed: record };
  const fault = count === null ? null : await countFault(call, count, record, receipts);
  if (fault !== null) return { ...nothing, failed: fault };
  const stated = count === null ? null : readStated(count);
  return { failed: null, reservations: record === null ? [] : reservationsOf(record, count !== null), record, stated };
}

async function recordOf(call: Call, data: Uint8Array, receipts: readonly unknown[]): Promise<Verified | number> {
  try {
    const record = await call("verifyArchive", { data, receipts });
    const fault = claims(record) ? firstRecordFault(record) : null;
    return RECORD_CHECKS.find(({ key }) => key === fault?.key)?.number ?? record;
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    return error.number;
  }
}

/** The first check of a signed count that does not hold; null when all do. */
export async function countFault(
  call: Call,
  text: string,
  record: Verified | null,
  receipts: readonly unknown[],
): Promise<CountCheckKey | null> {
  const stated = readStated(text);
  if (stated === null) return "count_form";
  try {
    await call("checkCountStatement", { text });
  } catch (error) {
    if (!(error instanceof TallyError)) throw error;
    return "count_signature";
  }
  return faultOf(stated, record, receipts);
}
