/** The page's work: take files, run the numbered checks in the worker, keep what became of them. */
import { computed, onBeforeUnmount, ref, shallowRef } from "vue";

import { createTallyClient, type TallyClient } from "@/shared/tally/client";
import { CheckFailed } from "@/shared/tally/errors";
import type { ResponseOf } from "@/shared/tally/operations";
import { readReceipts, sortFiles, type FileLike, type FileProblem } from "./files";
import { advanced, freshStates, verdictOf, type CheckState } from "./lines";

export type Verified = ResponseOf<"verifyArchive">;

export function useVerifier(makeClient: () => TallyClient = createTallyClient) {
  const archive = shallowRef<FileLike | null>(null);
  const receipts = shallowRef<readonly unknown[]>([]);
  const problems = shallowRef<readonly FileProblem[]>([]);
  const states = shallowRef<readonly CheckState[]>(freshStates());
  const record = shallowRef<Verified | null>(null);
  const detail = ref("");
  const busy = ref(false);
  let client: TallyClient | null = null;

  function forget(): void {
    states.value = freshStates();
    record.value = null;
    detail.value = "";
  }

  async function take(files: readonly FileLike[]): Promise<void> {
    if (busy.value) return;
    const sorted = sortFiles(files);
    const read = await readReceipts(sorted.receipts);
    forget();
    problems.value = [...sorted.problems, ...read.problems];
    // A refused file must not leave the page showing the one before as if it were meant.
    archive.value = sorted.archive ?? (problems.value.length > 0 ? null : archive.value);
    if (sorted.receipts.length > 0) receipts.value = read.receipts;
    if (problems.value.length === 0) await run();
  }

  async function bytesOf(file: FileLike): Promise<Uint8Array | null> {
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      problems.value = [{ key: "unreadable", params: { name: file.name } }];
      return null;
    }
  }

  async function run(): Promise<void> {
    const file = archive.value;
    if (file === null || busy.value) return;
    forget();
    busy.value = true;
    const data = await bytesOf(file);
    if (data !== null) await verify(data).finally(() => client?.close());
    busy.value = false;
  }

  async function verify(data: Uint8Array): Promise<void> {
    client = makeClient();
    try {
      record.value = await client.call("verifyArchive", { data, receipts: receipts.value }, (progress) => {
        states.value = advanced(states.value, progress);
      });
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
      detail.value = error.detail;
    }
  }

  onBeforeUnmount(() => client?.close());
  const verdict = computed(() => verdictOf(states.value));
  return { archive, receipts, problems, states, record, detail, busy, verdict, take, run };
}
