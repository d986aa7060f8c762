/** A line on which nothing comes any more, though nobody closed it: a switch without power, a radio out of reach. */
import { Transport as EngineTransport } from "engine.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { connectTransport, openFeed } from "@/live/socket";

/** As the server says at every connection (PING_SECONDS and PONG_SECONDS of voting/server/app.py). */
const HEARTBEAT = { pingInterval: 3_000, pingTimeout: 6_000 };
const SNAPSHOT = { audience: "seat", seq: 1, server_time: 0, view: {} };

type Packet = Parameters<EngineTransport["send"]>[0][number];

/** A line whose server greets, sends one snapshot, and then says what the test lets it say. */
class Line extends EngineTransport {
  static current: Line;
  static opened = 0;
  static readonly label = "line";

  /** The library looks for it on the prototype. */
  get name(): string {
    return Line.label;
  }

  doOpen(): void {
    Line.current = this;
    Line.opened += 1;
    queueMicrotask(() => {
      this.onOpen();
      this.says("open", JSON.stringify({ sid: "1", upgrades: [], maxPayload: 1_000_000, ...HEARTBEAT }));
    });
  }

  doClose(): void {
    this.onClose();
  }

  write(packets: Packet[]): void {
    this.writable = false;
    const joins = packets.some(({ type, data }) => type === "message" && String(data).startsWith("0"));
    queueMicrotask(() => {
      this.writable = true;
      this.emitReserved("drain");
      if (!joins) return;
      this.says("message", '0{"sid":"1"}');
      this.says("message", `2${JSON.stringify(["snapshot", SNAPSHOT])}`);
    });
  }

  says(type: Packet["type"], data = ""): void {
    this.onPacket({ type, data } as Packet);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", { protocol: "http:", host: "hall.example", hostname: "hall.example", port: "" });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function online() {
  const feed = openFeed({ audience: "seat" }, (auth) => connectTransport(auth, [Line]));
  await vi.advanceTimersByTimeAsync(50);
  expect(feed.connection.value).toBe("online");
  return feed;
}

describe("a line that went silent", () => {
  it("is noticed within ten seconds, and given up for a new one", async () => {
    const feed = await online();
    const lines = Line.opened;
    await vi.advanceTimersByTimeAsync(8_900);
    expect(feed.connection.value).toBe("online");
    await vi.advanceTimersByTimeAsync(1_100);
    expect(feed.connection.value === "offline" || Line.opened > lines).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(Line.opened).toBeGreaterThan(lines);
    feed.close();
  });

  it("is not one on which the server's heartbeat is heard", async () => {
    const feed = await online();
    const lines = Line.opened;
    for (let beat = 0; beat < 20; beat += 1) {
      await vi.advanceTimersByTimeAsync(HEARTBEAT.pingInterval);
      Line.current.says("ping");
    }
    expect(feed.connection.value).toBe("online");
    expect(Line.opened).toBe(lines);
    feed.close();
  });
});
