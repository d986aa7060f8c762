/** The page's work: take files, run the numbered checks in the worker, keep what became of them. */
import { computed, onBeforeUnmount, ref, shallowRef } from "vue";

import { createTallyClient, type TallyClient } from "@/tally/worker/client";
import { CheckFailed } from "@/tally/errors";
import { readStated, statesUntil, type CountState } from "./count_checks";
import { readCount, type ReadCount } from "./count_reading";
import { countFault } from "./judging";
import { isSitting, readBytes, readSmallFiles, sortFiles, type CountFile, type FileLike, type FileProblem } from "./files";
import { advanced, freshStates, verdictOf, withoutRecordChecks, withRecordChecks, type CheckState } from "./lines";
import { claims, firstRecordFault, reservationsOf, type Reservation } from "./record_checks";
import { useSitting } from "./sitting/useSitting";
import type { Verified } from "./verified";

/** One thread: helpers would be fetched when the work begins, and the network may be gone by then. */
const ALONE = 1;

/** The files that a person has put in, and what is wrong with those that were refused. */
function useGiven() {
  const archive = shallowRef<FileLike | null>(null);
  const receipts = shallowRef<readonly unknown[]>([]);
  const countFile = shallowRef<CountFile | null>(null);
  const problems = shallowRef<readonly FileProblem[]>([]);

  async function accept(files: readonly FileLike[]): Promise<void> {
    const sorted = sortFiles(files);
    const read = await readSmallFiles(sorted.receipts);
    problems.value = [...sorted.problems, ...read.problems];
    // A refused file must not leave the page showing the one before as if it were meant.
    archive.value = sorted.archive ?? (sorted.problems.length > 0 ? null : archive.value);
    if (read.receipts.length > 0 || read.problems.length > 0) receipts.value = read.receipts;
    countFile.value = read.count ?? countFile.value;
    if (archive.value === null || !isSitting(archive.value)) return;
    if (read.count !== null) problems.value = [...problems.value, { key: "count_beside_sitting", params: { name: read.count.name } }];
    countFile.value = null;
  }
  return { archive, receipts, countFile, problems, accept };
}

/** What became of the checks of one record and one count. */
function useFindings(client: TallyClient) {
  const states = shallowRef<readonly CheckState[]>(freshStates());
  const countStates = shallowRef<readonly CountState[]>([]);
  const record = shallowRef<Verified | null>(null);
  const stated = shallowRef<ReadCount | null>(null);
  const reservations = shallowRef<readonly Reservation[]>([]);
  const detail = ref("");

  function forget(): void {
    states.value = freshStates();
    countStates.value = [];
    record.value = null;
    stated.value = null;
    reservations.value = [];
    detail.value = "";
  }

  async function verifyArchive(data: Uint8Array, receipts: readonly unknown[]): Promise<void> {
    try {
      const found = await client.call("verifyArchive", { data, receipts }, (progress) => {
        states.value = advanced(states.value, progress);
      });
      const fault = claims(found) ? firstRecordFault(found) : null;
      states.value = withRecordChecks(states.value, fault?.key ?? null, claims(found));
      detail.value = fault?.detail ?? "";
      record.value = fault === null ? found : null;
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
      states.value = withoutRecordChecks(states.value);
      detail.value = error.detail;
    }
  }

  async function verifyCount({ text }: CountFile, receipts: readonly unknown[]): Promise<void> {
    const fault = await countFault(client.call, text, record.value, receipts);
    const statement = fault === null ? readStated(text) : null;
    countStates.value = statesUntil(fault);
    stated.value = statement && readCount(statement);
  }

  function reserve(counted: boolean): void {
    reservations.value = record.value === null ? [] : reservationsOf(record.value, counted);
  }
  return { states, countStates, record, stated, reservations, detail, forget, verifyArchive, verifyCount, reserve };
}

export function useVerifier(makeClient: () => TallyClient = () => createTallyClient(ALONE)) {
  // Made at once, so that everything is loaded before a person unplugs the network to be sure.
  const client = makeClient();
  const { accept, ...given } = useGiven();
  const { forget: forgetPoll, verifyArchive, verifyCount, reserve, ...findings } = useFindings(client);
  const sitting = useSitting(client.call);
  const { archive, receipts, countFile, problems } = given;
  const busy = ref(false);
  let next: readonly FileLike[] | null = null;

  function forget(): void {
    forgetPoll();
    sitting.forget();
  }

  async function take(files: readonly FileLike[]): Promise<void> {
    if (busy.value) {
      next = [...(next ?? []), ...files];
      return;
    }
    await accept(files);
    forget();
    if (problems.value.length === 0) await run();
  }

  async function run(): Promise<void> {
    if ((archive.value === null && countFile.value === null) || busy.value) return;
    forget();
    busy.value = true;
    await verify().finally(() => (busy.value = false));
    const waiting = next;
    next = null;
    if (waiting !== null) await take(waiting);
  }

  async function verify(): Promise<void> {
    const file = archive.value;
    if (file !== null) {
      const data = await readBytes(file);
      if (data === null) problems.value = [{ key: "unreadable", params: { name: file.name } }];
      else if (isSitting(file)) await sitting.verify(data, receipts.value);
      else await verifyArchive(data, receipts.value);
    }
    // Beside an archive that cannot be trusted a count says nothing.
    const trusted = file === null || findings.record.value !== null;
    if (countFile.value !== null && trusted) await verifyCount(countFile.value, receipts.value);
    reserve(countFile.value !== null);
  }

  function remove(what: "receipts" | "count"): void {
    if (busy.value) return;
    forget();
    if (what === "receipts") receipts.value = [];
    else countFile.value = null;
  }

  onBeforeUnmount(() => client.close());
  const verdict = computed(() => verdictOf(findings.states.value, findings.countStates.value, findings.reservations.value));
  const whole = computed(() => archive.value !== null && isSitting(archive.value));
  return { ...given, ...findings, sitting, whole, busy, verdict, take, run, remove };
}
