/**
 * The page's side of the tally worker. Nothing of the protocol's arithmetic is loaded into the page's own
 * thread. Where there is no Worker (Node), the operations run in the caller's thread, loaded when first needed.
 */
import { connect, type TallyClient } from "./connection";
import type { WorkerReply } from "./messages";
import type { OnProgress, OperationName, RequestOf, ResponseOf } from "./operations";
import type { CrewMessage } from "./service";

export { connect, type TallyClient, type WorkerPort } from "./connection";

const MAX_THREADS = 4;
const SHARED: readonly OperationName[] = ["verifyArchive", "verifyBoard"];

/** A client with a worker of its own (and helpers up to so many threads), or without one where the engine has none. */
export function createTallyClient(threads = MAX_THREADS): TallyClient {
  if (typeof Worker === "undefined") return loadedClient();
  const size = Math.min(threads, MAX_THREADS, navigator.hardwareConcurrency) - 1;
  let team = new Team(size);
  return {
    call: (name, request, onProgress) => {
      if (team.broken) team = new Team(size);
      return team.call(name, request, onProgress);
    },
    close: () => {
      team.close();
    },
  };
}

function loadedClient(): TallyClient {
  return {
    call: (name, request, onProgress) =>
      import("./operations").then(({ perform }) => perform(name, request, onProgress)),
    close: () => undefined,
  };
}

function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}

/** A worker, its connection and its helpers. */
class Team implements TallyClient {
  /** Whether the worker could not be loaded or died: it will never answer. */
  broken = false;
  readonly #client: TallyClient;
  readonly #crew: Crew;

  constructor(size: number) {
    const worker = startWorker();
    this.#crew = new Crew(worker, Number.isInteger(size) ? size : 0);
    this.#client = connect(worker);
    worker.addEventListener("error", () => {
      this.broken = true;
      this.close();
    });
  }

  call<N extends OperationName>(name: N, request: RequestOf<N>, onProgress?: OnProgress): Promise<ResponseOf<N>> {
    if (!SHARED.includes(name)) return this.#client.call(name, request, onProgress);
    this.#crew.join();
    return this.#client.call(name, request, onProgress).finally(() => {
      this.#crew.leave();
    });
  }

  close(): void {
    this.#crew.dismiss();
    this.#client.close();
  }
}

/**
 * Helpers of the client's worker while it checks ballots. Each is employed once it says that it is ready, so that one
 * whose script cannot be loaded is never waited for. They speak with the worker directly; the worker itself rebuilds
 * the chain and the sum, and is the only one that ever holds a share.
 */
class Crew {
  readonly #worker: Worker;
  readonly #size: number;
  readonly #helpers = new Map<number, Worker>();
  #calls = 0;
  #last = 0;

  constructor(worker: Worker, size: number) {
    this.#worker = worker;
    this.#size = size;
  }

  join(): void {
    if (this.#calls++ > 0) return;
    for (let i = 0; i < this.#size; i++) this.#hire(++this.#last);
  }

  leave(): void {
    if (--this.#calls === 0) this.dismiss();
  }

  dismiss(): void {
    for (const number of [...this.#helpers.keys()]) this.#release(number);
  }

  #hire(number: number): void {
    const { port1, port2 } = new MessageChannel();
    const helper = startWorker();
    this.#helpers.set(number, helper);
    helper.addEventListener("message", ({ data }: MessageEvent<WorkerReply>) => {
      if (data.kind !== "ready" || !this.#helpers.has(number)) return;
      this.#worker.postMessage({ kind: "employ", helper: number, port: port2 } satisfies CrewMessage, [port2]);
    });
    // What a helper that broke still owes is done by the worker itself.
    helper.addEventListener("error", () => {
      this.#release(number);
    });
    helper.postMessage({ kind: "serve", port: port1 } satisfies CrewMessage, [port1]);
  }

  #release(number: number): void {
    this.#helpers.get(number)?.terminate();
    if (!this.#helpers.delete(number)) return;
    this.#worker.postMessage({ kind: "release", helper: number } satisfies CrewMessage);
  }
}
