import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { formatDuration } from "@/kit/format";
import { codeIn, fetchJson } from "@/live/session";

describe("a personal code", () => {
  it.each([
    ["#code=12345678", "12345678"],
    ["https://hall.example/seat#code=12345678", "12345678"],
    ["#lang=en&code=AB2CD3EF4G", "AB2CD3EF4G"],
    ["1234 5678", "1234 5678"],
    ["1234-5678", "1234-5678"],
    ["#code=1234%205678", "1234 5678"],
  ])("is found in %s", (text, code) => {
    expect(codeIn(text)).toBe(code);
  });

  it.each(["", "#code=", "https://elsewhere.example/", "<script>", "12"])("is not read from %j", (text) => {
    expect(codeIn(text)).toBeNull();
  });
});

describe("formats", () => {
  it.each([
    [0, "0:00"],
    [1, "0:01"],
    [59_001, "1:00"],
    [95_000, "1:35"],
    [-5, "0:00"],
  ])("%i ms are %s: zero means over", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe("a document of the server", () => {
  /** The browser's fetch: it ends when it is given up, or with what `answer` is resolved with. */
  function asking(answer: Promise<unknown>): AbortSignal[] {
    const signals: AbortSignal[] = [];
    vi.stubGlobal("fetch", (_path: string, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      const givenUp = new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
      return Promise.race([answer, givenUp]);
    });
    return signals;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      throw new TypeError("AbortSignal.timeout is not a function");
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it("is not waited for without end, as on a line that was kept open and is dead", async () => {
    asking(new Promise(() => undefined));
    const asked = expect(fetchJson("/api/polls/projects/setup")).rejects.toMatchObject({ code: "unreachable" });
    await vi.advanceTimersByTimeAsync(12_000);
    await asked;
  });

  it("may take its time once it has begun", async () => {
    const later = new Promise((resolve) => setTimeout(() => resolve({ all: "of it" }), 60_000));
    const signals = asking(Promise.resolve({ ok: true, json: () => later }));
    const asked = fetchJson("/api/polls/projects/board");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await asked).toEqual({ all: "of it" });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
