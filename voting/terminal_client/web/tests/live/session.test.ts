import { afterEach, describe, expect, it, vi } from "vitest";

import { formatDuration, shortTracker } from "@/kit/format";
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


  it("shorten a tracker to what a person writes down", () => {
    expect(shortTracker("Qm7x2LkP9vT4")).toBe("Qm7x2LkP");
  });
});

describe("a document of the server", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is not waited for without end, as on a line that was kept open and is dead", async () => {
    const ask = vi.fn((_path: string, { signal }: RequestInit) => {
      expect(signal).toBeInstanceOf(AbortSignal);
      return Promise.reject(new DOMException("timed out", "TimeoutError"));
    });
    vi.stubGlobal("fetch", ask);
    await expect(fetchJson("/api/polls/projects/setup")).rejects.toMatchObject({ code: "unreachable" });
    expect(ask).toHaveBeenCalledOnce();
  });
});
