import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import config from "../vite.config";
import { PAGES } from "../live/wire.gen";

const root = new URL("../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  dependencyReasons: Record<string, string>;
};

describe("the manifest", () => {
  it("gives a reason for every dependency, and for nothing else", () => {
    const needed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].sort();
    expect(Object.keys(manifest.dependencyReasons).sort()).toEqual(needed);
    expect(Object.values(manifest.dependencyReasons).filter((reason) => reason.trim() === "")).toEqual([]);
  });

  it("locks versions without naming a download address", () => {
    expect(readFileSync(new URL("package-lock.json", root), "utf8")).not.toContain('"resolved"');
  });
});

describe("the build", () => {
  it("ships every page and no fixtures", () => {
    const input = config.build?.rollupOptions?.input as Record<string, string>;
    expect(Object.keys(input).sort()).toEqual(Object.keys(PAGES).sort());
    expect(Object.values(input).filter((file) => file.includes("/tests/"))).toEqual([]);
  });
});
