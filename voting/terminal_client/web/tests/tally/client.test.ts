import { afterEach, describe, expect, test, vi } from "vitest";

import { connect, createTallyClient, type WorkerPort } from "../../tally/worker/client";
import { CheckFailed } from "../../tally/errors";
import type { WorkerReply, WorkerRequest } from "../../tally/worker/messages";

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

/** A Worker that notes what it is told and answers when the test says so. */
class FakeWorker {
  static all: FakeWorker[] = [];
  readonly said: { readonly kind?: string; readonly helper?: number }[] = [];
  terminated = false;
  readonly #listeners = new Map<string, ((event: unknown) => void)[]>();

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: { readonly kind?: string }): void {
    this.said.push(message);
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.terminated = true;
  }

  happen(type: string, event: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }

  /** The script is loaded, and the port that was given is served. */
  getReady(): void {
    this.happen("message", { data: { kind: "ready" } });
  }
}

describe("with workers the ballots are shared", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    FakeWorker.all = [];
  });
  const begin = (hardwareConcurrency: number | undefined) => {
    vi.stubGlobal("Worker", FakeWorker);
    vi.stubGlobal("navigator", { hardwareConcurrency });
    const client = createTallyClient();
    const [primary] = FakeWorker.all;
    if (primary === undefined) throw new Error("no worker was started");
    const answer = (id: number, from = primary): void => {
      from.happen("message", { data: { id, kind: "done", response: id } });
    };
    const told = (kind: string) => primary.said.filter((message) => message.kind === kind).map(({ helper }) => helper);
    return { client, primary, answer, told, helpers: () => FakeWorker.all.slice(1) };
  };
  const archive = { data: new Uint8Array() };

  test.each([
    [1, 0],
    [2, 1],
    [4, 3],
    [16, 3],
    [undefined, 0],
  ])("on a machine of %s cores with %i others, who go when all is done", async (cores, others) => {
    const { client, answer, told, helpers } = begin(cores);
    const small = client.call("ceremonyFingerprint", { messages: [] });
    expect(helpers()).toHaveLength(0);
    answer(1);
    await small;
    const first = client.call("verifyArchive", archive);
    const second = client.call("verifyArchive", archive);
    expect(helpers()).toHaveLength(others);
    for (const helper of helpers()) helper.getReady();
    expect(told("employ")).toEqual(Array.from({ length: others }, (_, i) => i + 1));
    answer(2);
    await first;
    expect(helpers().some(({ terminated }) => terminated)).toBe(false);
    answer(3);
    await second;
    expect(helpers().every(({ terminated }) => terminated)).toBe(true);
    expect(told("release")).toEqual(told("employ"));
    client.close();
  });

  test("but not with one whose script cannot be loaded", async () => {
    const { client, answer, told, helpers } = begin(4);
    const verdict = client.call("verifyBoard", { election: archive.data, trustees: archive.data, credentials: archive.data, ballots: [] });
    const [lost, sound, silent] = helpers();
    lost?.happen("error", {});
    sound?.getReady();
    expect(told("employ")).toEqual([2]);
    expect(lost?.terminated).toBe(true);
    expect(silent?.terminated).toBe(false);
    answer(1);
    await expect(verdict).resolves.toBe(1);
    expect(silent?.terminated).toBe(true);
    silent?.getReady();
    expect(told("employ")).toEqual([2]);
  });

  test("and one who breaks is sent away, while the others go on", async () => {
    const { client, answer, told, helpers } = begin(3);
    const verdict = client.call("verifyArchive", archive);
    for (const helper of helpers()) helper.getReady();
    helpers()[0]?.happen("error", { message: "out of memory" });
    expect(helpers().map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(told("release")).toEqual([1]);
    answer(1);
    await expect(verdict).resolves.toBe(1);
  });

  test("a worker that could not be loaded is replaced at the next call", async () => {
    const { client, primary, answer } = begin(1);
    const first = client.call("ceremonyFingerprint", { messages: [] });
    primary.happen("error", {});
    await expect(first).rejects.toThrow("could not be loaded");
    const second = client.call("ceremonyFingerprint", { messages: [] });
    const fresh = FakeWorker.all.at(-1);
    expect(fresh).not.toBe(primary);
    answer(1, fresh);
    await expect(second).resolves.toBe(1);
  });
});
