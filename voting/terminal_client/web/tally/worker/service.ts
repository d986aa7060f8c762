/** The working side of a connection: answers requests, with the helpers that the page has found for it. */
import { connect, type TallyClient } from "./connection";
import { TallyError } from "../errors";
import type { Helper } from "../board/inspection";
import { toRefusal, type WorkerReply, type WorkerRequest } from "./messages";
import { helpers, perform, type RequestOf } from "./operations";

/** Where requests come from and answers go: the worker's own scope, or a port to another worker. */
interface ServicePort {
  postMessage(reply: WorkerReply): void;
  addEventListener(type: "message", listener: (event: { readonly data: WorkerRequest | CrewMessage }) => void): void;
}

/**
 * `serve`: also answer requests that come through this port, and say `ready`. `employ`: share work over this port from
 * now on, also what is under way. `release`: do without this helper; what it still owes is done here.
 */
export type CrewMessage =
  | { readonly kind: "serve"; readonly port: MessagePort }
  | { readonly kind: "employ"; readonly helper: number; readonly port: MessagePort }
  | { readonly kind: "release"; readonly helper: number };

/** Answers one request after the other, so that an operation finds what the one before it left. */
export function serve(port: ServicePort): void {
  let queue = Promise.resolve();
  port.addEventListener("message", ({ data }) => {
    if (!("kind" in data)) queue = queue.then(() => answer(port, data));
    else if (data.kind === "employ") employPort(data.helper, data.port);
    else if (data.kind === "release") releaseHelper(data.helper);
    else {
      servePort(data.port);
      port.postMessage({ kind: "ready" });
    }
  });
}

async function answer(port: ServicePort, { id, name, request }: WorkerRequest): Promise<void> {
  const reply = (message: WorkerReply): void => {
    port.postMessage(message);
  };
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

export function servePort(port: MessagePort): void {
  serve(port as ServicePort);
  port.start();
}

const crew = new Map<number, { readonly client: TallyClient; readonly helper: Helper }>();

/** Connects to a helper that has said that it is ready. */
export function employPort(number: number, port: MessagePort): void {
  const { postMessage, addEventListener, close } = port;
  const client = connect({
    postMessage: postMessage.bind(port),
    addEventListener: addEventListener.bind(port),
    terminate: close.bind(port),
  });
  port.start();
  const helper: Helper = (slice) => client.call("inspectBallots", slice);
  crew.set(number, { client, helper });
  helpers.add(helper);
}

export function releaseHelper(number: number): void {
  const known = crew.get(number);
  if (known === undefined) return;
  crew.delete(number);
  helpers.delete(known.helper);
  known.client.close();
}
