import { beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "@/live/refusal";
import { type Feed, openFeed, refusalOfConnection } from "@/live/socket";
import type { SeatView } from "@/live/wire.gen";
import { ScriptedTransport } from "../fixtures/scripted";

let transport: ScriptedTransport;
let feed: Feed<SeatView>;

const snapshot = (seq: number, n: number) => ({ audience: "seat", seq, server_time: 1_500, view: { n } });
const patch = (base: number, seq: number, n: number) => ({
  base,
  seq,
  ops: [{ op: "replace", path: "/n", value: n }],
});

beforeEach(() => {
  transport = new ScriptedTransport();
  feed = openFeed({ audience: "seat" }, () => transport, () => 1_000);
});

describe("the live feed", () => {
  it("is online once the snapshot is there, with the server's clock", () => {
    expect(feed.connection.value).toBe("connecting");
    transport.push("snapshot", snapshot(3, 1));
    expect(feed.connection.value).toBe("online");
    expect(feed.state.value).toEqual({ seq: 3, view: { n: 1 }, offset: 500 });
  });

  it("follows patches in order", () => {
    transport.push("snapshot", snapshot(3, 1));
    transport.push("patch", patch(3, 4, 2));
    transport.push("patch", patch(4, 7, 5));
    expect(feed.state.value?.view).toEqual({ n: 5 });
  });

  it("asks for a snapshot once when there is a gap, and goes on from it", () => {
    transport.push("snapshot", snapshot(3, 1));
    transport.push("patch", patch(5, 6, 9));
    transport.push("patch", patch(6, 7, 10));
    expect(transport.payloads("resync")).toEqual([{}]);
    expect(feed.state.value?.view).toEqual({ n: 1 });
    transport.push("snapshot", snapshot(7, 10));
    transport.push("patch", patch(7, 8, 11));
    expect(feed.state.value?.view).toEqual({ n: 11 });
  });

  it("asks again when the next gap comes", () => {
    transport.push("snapshot", snapshot(3, 1));
    transport.push("patch", patch(5, 6, 9));
    transport.push("snapshot", snapshot(6, 9));
    transport.push("patch", patch(8, 9, 12));
    expect(transport.payloads("resync")).toHaveLength(2);
  });

  it("asks again for a snapshot that was refused, until one comes", async () => {
    vi.useFakeTimers();
    transport.answer = () => Promise.resolve({ ok: false, refusal: { code: "too_many_requests", params: {} } });
    transport.push("snapshot", snapshot(3, 1));
    transport.push("patch", patch(5, 6, 9));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(transport.payloads("resync")).toHaveLength(2);
    transport.push("snapshot", snapshot(6, 9));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(transport.payloads("resync")).toHaveLength(2);
    vi.useRealTimers();
  });

  it("tells its listeners after every reconnection, not after a resync", () => {
    let times = 0;
    feed.onOnline(() => (times += 1));
    transport.push("snapshot", snapshot(1, 1));
    transport.push("snapshot", snapshot(2, 2));
    expect(times).toBe(1);
    transport.push("disconnect", "transport close");
    expect(feed.connection.value).toBe("offline");
    transport.push("snapshot", snapshot(3, 3));
    expect(times).toBe(2);
  });

  it("reconnects by itself when the server has ended the connection", () => {
    transport.push("disconnect", "io server disconnect");
    expect(transport.reconnections).toBe(1);
  });

  it("does not come back after it was closed", () => {
    feed.close();
    transport.push("disconnect", "io server disconnect");
    expect(transport.reconnections).toBe(0);
  });

  it.each(["login_needed", "logged_out", "not_your_role"])("says that the server will not have the connection: %s", (code) => {
    transport.push("connect_error", { message: JSON.stringify({ code, params: {} }) });
    expect(feed.refused.value?.code).toBe(code);
    expect(transport.reconnections).toBe(0);
  });
});

describe("a server that is stopping", () => {
  it("is tried again later, and nobody is logged out", () => {
    vi.useFakeTimers();
    transport.push("connect_error", { data: { code: "server_stopping", params: {} } });
    expect(feed.refused.value).toBeNull();
    vi.runAllTimers();
    expect(transport.reconnections).toBe(1);
    vi.useRealTimers();
  });
});

describe("a request", () => {
  it("brings the reply", async () => {
    transport.answer = () => Promise.resolve({ ok: true, tracker: "abc" });
    await expect(feed.request("cast", { poll: "p", ballot: "{}" })).resolves.toMatchObject({ tracker: "abc" });
  });

  it("that is refused raises the server's refusal with its parameters", async () => {
    transport.answer = () =>
      Promise.resolve({ ok: false, refusal: { code: "no_quorum", params: { present: 3, needed: 4 } } });
    await expect(feed.request("open_poll", { poll: "p" })).rejects.toMatchObject({
      code: "no_quorum",
      params: { present: 3, needed: 4 },
    });
  });

  it("without an answer raises no_answer", async () => {
    transport.answer = () => Promise.reject(new Error("timeout"));
    await expect(feed.request("sign_in", {})).rejects.toBeInstanceOf(Refusal);
    await expect(feed.request("sign_in", {})).rejects.toMatchObject({ code: "no_answer" });
  });
});

describe("a failed connection", () => {
  it.each([
    [{ data: { code: "not_your_role", params: {} } }, "not_your_role"],
    [{ data: '{"code":"login_needed"}' }, "login_needed"],
    [{ message: '{"code":"login_needed","params":{}}' }, "login_needed"],
  ])("carries the server's refusal: %j", (error, code) => {
    expect(refusalOfConnection(error)?.code).toBe(code);
  });

  it("without a refusal is a fault of the network", () => {
    expect(refusalOfConnection({ message: "websocket error" })).toBeNull();
  });
});
