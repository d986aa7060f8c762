import { afterEach, describe, expect, it, vi } from "vitest";

import { downloadRecord } from "@/live/download";

function answering(status: number): ReturnType<typeof vi.fn> {
  const fetched = vi.fn().mockResolvedValue(new Response(null, { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe("a record of a poll", () => {
  it("is asked for by its name, the token in a header and never in the address", async () => {
    const fetched = answering(404);
    await expect(downloadRecord("示例/1", "count.json", "secret")).rejects.toThrow();
    expect(fetched.mock.calls).toEqual([
      [`/api/polls/${encodeURIComponent("示例/1")}/count.json`, { headers: { Authorization: "Bearer secret" } }],
    ]);
  });

  it.each([
    [401, "login_needed"],
    [404, "not_public_yet"],
    [403, "not_public_yet"],
  ])("answered %i is refused as %s", async (status, code) => {
    answering(status);
    await expect(downloadRecord("projects", "archive.bel")).rejects.toMatchObject({ code });
  });

  it("out of reach is refused as such", async () => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("failed")));
    await expect(downloadRecord("projects", "archive.bel")).rejects.toMatchObject({ code: "unreachable" });
  });
});
