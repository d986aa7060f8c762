/// <reference lib="webworker" />
/**
 * Entry of the tally worker: `new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })`.
 * Requests are answered one after the other, so that an operation finds what the one before it left.
 */
import { TallyError } from "./errors";
import { toRefusal, type WorkerReply, type WorkerRequest } from "./messages";
import { perform, type RequestOf } from "./operations";

const reply = (message: WorkerReply): void => {
  self.postMessage(message);
};

async function answer({ id, name, request }: WorkerRequest): Promise<void> {
  try {
    const response = await perform(name, request as RequestOf<typeof name>, (progress) => {
      reply({ id, kind: "progress", progress });
    });
    reply({ id, kind: "done", response });
  } catch (error) {
    if (error instanceof TallyError) reply({ id, kind: "refused", refusal: toRefusal(error) });
    else reply({ id, kind: "broken", message: error instanceof Error ? error.message : String(error) });
  }
}

let queue = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  queue = queue.then(() => answer(data));
});
