/** One promise per request to a worker, or to another thread behind a port; progress on the way. */
import { fromRefusal, type WorkerReply, type WorkerRequest } from "./messages";
import type { OnProgress, OperationName, RequestOf, ResponseOf } from "./operations";

/** The part of a Worker that is used here. */
export interface WorkerPort {
  postMessage(message: WorkerRequest): void;
  addEventListener(type: "message", listener: (event: { readonly data: WorkerReply }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface TallyClient {
  /** Rejects with TallyError for what is refused, and with Error when the worker breaks or is closed. */
  call<N extends OperationName>(name: N, request: RequestOf<N>, onProgress?: OnProgress): Promise<ResponseOf<N>>;
  /** Stops the worker at once, with all it knows; open promises are rejected. */
  close(): void;
}

interface Waiting {
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: OnProgress | undefined;
}

export function connect(worker: WorkerPort): TallyClient {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const rejectAll = (reason: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }) => {
    settle(waiting, data);
  });
  worker.addEventListener("error", ({ message }) => {
    rejectAll(message || "the tally worker could not be loaded");
  });
  return {
    call: <N extends OperationName>(name: N, request: RequestOf<N>, onProgress?: OnProgress) =>
      new Promise<ResponseOf<N>>((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve: (response) => { resolve(response as ResponseOf<N>); }, reject, onProgress });
        worker.postMessage({ id, name, request: plain(request) });
      }),
    close: () => {
      worker.terminate();
      rejectAll("the tally worker was closed");
    },
  };
}

/** A copy without reactive proxies, which cannot be cloned between threads. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function settle(waiting: Map<number, Waiting>, reply: WorkerReply): void {
  if (reply.kind === "ready") return;
  const caller = waiting.get(reply.id);
  if (caller === undefined) return;
  if (reply.kind === "progress") {
    caller.onProgress?.(reply.progress);
    return;
  }
  waiting.delete(reply.id);
  if (reply.kind === "done") caller.resolve(reply.response);
  else caller.reject(reply.kind === "refused" ? fromRefusal(reply.refusal) : new Error(reply.message));
}
