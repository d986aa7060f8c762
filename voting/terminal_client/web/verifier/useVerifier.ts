/** The page's work: take files, run the numbered checks in the worker, keep what became of them. */
import { computed, onBeforeUnmount, ref, shallowRef } from "vue";

import { createTallyClient, type TallyClient } from "@/shared/tally/client";
import { CheckFailed } from "@/shared/tally/errors";
import type { ResponseOf } from "@/shared/tally/operations";
import { readBytes, readReceipts, sortFiles, type FileLike, type FileProblem } from "./files";
import { advanced, freshStates, verdictOf, type CheckState } from "./lines";

export type Verified = ResponseOf<"verifyArchive">;

/** One thread: helpers would be fetched when the work begins, and the network may be gone by then. */
const ALONE = 1;

export function useVerifier(makeClient: () => TallyClient = () => createTallyClient(ALONE)) {
  const archive = shallowRef<FileLike | null>(null);
  const receipts = shallowRef<readonly unknown[]>([]);
  const problems = shallowRef<readonly FileProblem[]>([]);
  const states = shallowRef<readonly CheckState[]>(freshStates());
  const record = shallowRef<Verified | null>(null);
  const detail = ref("");
  const busy = ref(false);
  // Made at once, so that everything is loaded before a person unplugs the network to be sure.
  const client = makeClient();
  let next: readonly FileLike[] | null = null;

  function forget(): void {
    states.value = freshStates();
    record.value = null;
    detail.value = "";
  }

  async function take(files: readonly FileLike[]): Promise<void> {
    if (busy.value) {
      next = [...(next ?? []), ...files];
      return;
    }
    const sorted = sortFiles(files);
    const read = await readReceipts(sorted.receipts);
    forget();
    problems.value = [...sorted.problems, ...read.problems];
    // A refused file must not leave the page showing the one before as if it were meant.
    archive.value = sorted.archive ?? (sorted.problems.length > 0 ? null : archive.value);
    if (sorted.receipts.length > 0) receipts.value = read.receipts;
    if (problems.value.length === 0) await run();
  }

  async function run(): Promise<void> {
    const file = archive.value;
    if (file === null || busy.value) return;
    forget();
    busy.value = true;
    const data = await readBytes(file);
    if (data === null) problems.value = [{ key: "unreadable", params: { name: file.name } }];
    else await verify(data).finally(() => (busy.value = false));
    busy.value = false;
    const waiting = next;
    next = null;
    if (waiting !== null) await take(waiting);
  }

  async function verify(data: Uint8Array): Promise<void> {
    try {
      record.value = await client.call("verifyArchive", { data, receipts: receipts.value }, (progress) => {
        states.value = advanced(states.value, progress);
      });
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
      detail.value = error.detail;
    }
  }

  function clearReceipts(): void {
    if (busy.value) return;
    forget();
    receipts.value = [];
  }

  onBeforeUnmount(() => client.close());
  const verdict = computed(() => verdictOf(states.value));
  return { archive, receipts, problems, states, record, detail, busy, verdict, take, run, clearReceipts };
}
