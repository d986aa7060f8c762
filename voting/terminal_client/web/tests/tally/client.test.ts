import { expect, test } from "vitest";

import { connect, createTallyClient, type WorkerPort } from "../../shared/tally/client";
import { CheckFailed } from "../../shared/tally/errors";
import type { WorkerReply, WorkerRequest } from "../../shared/tally/messages";

/** A worker that answers what the test tells it. */
function puppet() {
  const sent: WorkerRequest[] = [];
  const listeners: ((event: { readonly data: WorkerReply }) => void)[] = [];
  const port = {
    postMessage: (message: WorkerRequest) => sent.push(message),
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === "message") listeners.push(listener as (event: { readonly data: WorkerReply }) => void);
    },
    terminate: () => undefined,
  } as unknown as WorkerPort;
  const say = (data: WorkerReply): void => {
    for (const listener of listeners) listener({ data });
  };
  return { port, sent, say };
}

test("answers reach the caller who asked, in any order, with progress", async () => {
  const { port, sent, say } = puppet();
  const client = connect(port);
  const seen: number[] = [];
  const first = client.call("verifyArchive", { data: new Uint8Array() }, ({ done }) => seen.push(done));
  const second = client.call("ceremonyFingerprint", { messages: [] });
  const [one, two] = sent.map(({ id }) => id);
  say({ id: two ?? 0, kind: "done", response: "second" });
  const progress = { number: 8, key: "ballot_form", status: "running", done: 3, total: 5 } as const;
  say({ id: one ?? 0, kind: "progress", progress });
  const check = { number: 9, key: "one_ballot_per_credential" };
  say({ id: one ?? 0, kind: "refused", refusal: { code: "tally_invalid", detail: "twice", check } });
  await expect(second).resolves.toBe("second");
  const refused: unknown = await first.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CheckFailed);
  expect(refused).toMatchObject({ number: 9, code: "tally_invalid" });
  expect(seen).toEqual([3]);
});

test("closing rejects what is open", async () => {
  const { port } = puppet();
  const client = connect(port);
  const open = client.call("ceremonyFingerprint", { messages: [] });
  client.close();
  await expect(open).rejects.toThrow("closed");
});

test("requests are copied, so that reactive objects may be given", () => {
  const { port, sent } = puppet();
  const proxy = new Proxy([{ index: 1 }], {});
  void connect(port).call("ceremonyFingerprint", { messages: proxy });
  expect(structuredClone(sent[0]?.request)).toEqual({ messages: [{ index: 1 }] });
});

test("without a Worker the operations run in the caller's thread", async () => {
  const client = createTallyClient();
  const credential = await client.call("makeCredential", { group: "Ed25519" });
  expect(credential.public).toMatch(/^[0-9a-f]{64}$/);
  await expect(client.call("makeCredential", { group: "none" })).rejects.toMatchObject({ code: "group_unknown" });
});
