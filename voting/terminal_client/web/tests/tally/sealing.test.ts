import { beforeAll, describe, expect, test, vi } from "vitest";

import { systemRng } from "../../tally/groups/random";
import { sealShare, unsealShare } from "../../tally/trustees/sealing";
import { ready } from "../../tally/groups/sodium";
import { refusal } from "./helpers";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SHARE = '{"version":1}';

describe("a sealed share", () => {
  let file: string;
  beforeAll(async () => {
    await ready();
    file = sealShare(SHARE, "示例口令一二三四", "示例监票人01", "interactive", systemRng);
  });

  const changed = (change: Record<string, unknown>): string =>
    JSON.stringify({ ...(JSON.parse(file) as Record<string, unknown>), ...change });

  test("opens with its passphrase", () => {
    expect(unsealShare(file, "示例口令一二三四")).toBe(SHARE);
    expect(unsealShare(`${file}\n`, "示例口令一二三四")).toBe(SHARE);
  });

  test("does not open with another", () => {
    expect(refusal(() => unsealShare(file, "示例口令一二三五"))).toBe("seal_invalid");
  });

  test("does not show the share", () => {
    expect(file).not.toContain("version\\");
    expect(JSON.parse(file)).toMatchObject({ format: "plenary-sealed-share", version: 1, memory: 67108864 });
  });

  test.each([
    ["another label", { label: "示例监票人02" }],
    ["another version", { version: 2 }],
    ["limits beyond the machine", { memory: 2 ** 40 }],
    ["a damaged box", { box: "AAAA" }],
    ["a damaged nonce", { nonce: "00" }],
  ])("with %s is refused", (_what, change) => {
    expect(refusal(() => unsealShare(changed(change), "示例口令一二三四"))).toBe("seal_invalid");
  });

  test.each([{ memory: 2 ** 30 + 1 }, { memory: 2 ** 20 - 1 }, { operations: 9 }, { operations: 0 }])(
    "is not opened, nor any key made, with %j",
    (limits) => {
      expect(() => unsealShare(changed(limits), "示例口令一二三四")).toThrow("limits of the key derivation are out of bounds");
    },
  );

  test("needs a passphrase worth the name", () => {
    expect(() => sealShare(SHARE, "1234567", "示例", "interactive", systemRng)).toThrow(RangeError);
  });
});
