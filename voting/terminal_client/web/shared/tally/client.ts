/**
 * The page's side of the tally worker. Nothing of the protocol's arithmetic is loaded into the page's own
 * thread. Where there is no Worker (Node), the operations run in the caller's thread, loaded when first needed.
 */
import { connect, type TallyClient } from "./connection";
import type { OperationName } from "./operations";

export { connect, type TallyClient, type WorkerPort } from "./connection";

const MAX_THREADS = 4;
const SHARED: readonly OperationName[] = ["verifyArchive", "verifyBoard"];

/** A client with a worker of its own (and helpers up to so many threads), or without one where the engine has none. */
export function createTallyClient(threads = MAX_THREADS): TallyClient {
  if (typeof Worker === "undefined") return loadedClient();
  const worker = startWorker();
  const crew = new Crew(worker, Math.min(threads, MAX_THREADS, navigator.hardwareConcurrency) - 1);
  const client = connect(worker);
  return {
    call: (name, request, onProgress) => {
      if (!SHARED.includes(name)) return client.call(name, request, onProgress);
      crew.join();
      return client.call(name, request, onProgress).finally(() => {
        crew.leave();
      });
    },
    close: () => {
      crew.dismiss();
      client.close();
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

/**
 * Helpers of the client's worker while it checks ballots. They speak with it directly; the worker itself
 * rebuilds the chain and the sum, and is the only one that ever holds a share.
 */
class Crew {
  readonly #worker: Worker;
  readonly #size: number;
  #helpers: readonly Worker[] = [];
  #calls = 0;

  constructor(worker: Worker, size: number) {
    this.#worker = worker;
    this.#size = Number.isInteger(size) ? size : 0;
  }

  join(): void {
    if (this.#calls++ > 0 || this.#size < 1) return;
    const channels = Array.from({ length: this.#size }, () => new MessageChannel());
    this.#helpers = channels.map(({ port1 }) => {
      const helper = startWorker();
      // The work of a helper that broke is done by the worker itself.
      helper.addEventListener("error", () => {
        this.dismiss();
      });
      helper.postMessage({ kind: "serve", port: port1 }, [port1]);
      return helper;
    });
    const ports = channels.map(({ port2 }) => port2);
    this.#worker.postMessage({ kind: "employ", ports }, ports);
  }

  leave(): void {
    if (--this.#calls === 0) this.dismiss();
  }

  dismiss(): void {
    if (this.#helpers.length === 0) return;
    this.#worker.postMessage({ kind: "employ", ports: [] });
    for (const helper of this.#helpers) helper.terminate();
    this.#helpers = [];
  }
}
