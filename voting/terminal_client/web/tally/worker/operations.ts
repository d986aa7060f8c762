/**
 * Everything a page may ask of the tally protocol, as plain messages: numbers mod q are decimal
 * strings, so that requests and answers can be cloned between threads and kept in storage. The
 * worker runs these; so do tests, without a worker.
 */
import { ceremonyOperations } from "./ceremony_operations";
import { pollOperations, type OnProgress } from "./poll_operations";
import { ThreadState } from "./thread_state";
import { ready } from "../groups/sodium";

export type { ElectionSummary, OnProgress, StoredCredential, TallyProgress } from "./poll_operations";

/** The one of this thread; what is rebuilt here stays here. */
const thread = new ThreadState();
export const { helpers } = thread;
export const operations = { ...pollOperations(thread), ...ceremonyOperations };

type Operations = typeof operations;
export type OperationName = keyof Operations;
export type RequestOf<N extends OperationName> = Parameters<Operations[N]>[0];
export type ResponseOf<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;

/** Runs one operation in this thread. Throws TallyError for what is refused. */
export async function perform<N extends OperationName>(
  name: N,
  request: RequestOf<N>,
  onProgress: OnProgress = () => undefined,
): Promise<ResponseOf<N>> {
  await ready();
  const run = operations[name] as (request: RequestOf<N>, onProgress: OnProgress) => unknown;
  return (await run(request, onProgress)) as ResponseOf<N>;
}
