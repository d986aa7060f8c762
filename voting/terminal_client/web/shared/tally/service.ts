/** The working side of a connection: answers requests, with the helpers that the page has found for it. */
import { connect, type TallyClient } from "./connection";
import { TallyError } from "./errors";
import { toRefusal, type WorkerReply, type WorkerRequest } from "./messages";
import { perform, type RequestOf } from "./operations";
import { employ } from "./poll_operations";

/** Where requests come from and answers go: the worker's own scope, or a port to another worker. */
export interface ServicePort {
  postMessage(reply: WorkerReply): void;
  addEventListener(type: "message", listener: (event: { readonly data: WorkerRequest | CrewMessage }) => void): void;
}

/** `serve`: also answer requests that come through this port. `employ`: share work over these ports from now on. */
export type CrewMessage =
  | { readonly kind: "serve"; readonly port: MessagePort }
  | { readonly kind: "employ"; readonly ports: readonly MessagePort[] };

/** Answers one request after the other, so that an operation finds what the one before it left. */
export function serve(port: ServicePort): void {
  let queue = Promise.resolve();
  port.addEventListener("message", ({ data }) => {
    if (!("kind" in data)) queue = queue.then(() => answer(port, data));
    else if (data.kind === "serve") servePort(data.port);
    else employPorts(data.ports);
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

let crew: readonly TallyClient[] = [];

/** Connects to the helpers; what those employed before still owe is done here. */
export function employPorts(ports: readonly MessagePort[]): void {
  for (const helper of crew) helper.close();
  crew = ports.map((port) => {
    const { postMessage, addEventListener, close } = port;
    const client = connect({
      postMessage: postMessage.bind(port),
      addEventListener: addEventListener.bind(port),
      terminate: close.bind(port),
    });
    port.start();
    return client;
  });
  employ(crew.map((helper) => (slice) => helper.call("inspectBallots", slice)));
}
