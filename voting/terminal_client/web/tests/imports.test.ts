import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

import { describe, expect, test } from "vitest";

import { PAGES } from "../live/wire.gen";

const WEB = resolve(import.meta.dirname, "..");
const TALLY = resolve(WEB, "tally");
const WIRE = resolve(WEB, "live/wire.gen.ts");
const IMPORT = /^(?:import|export)\s(type\s)?(?:[^;"]*?\sfrom\s)?"([^"]+)";/gms;

/** What a file names: paths of ours, names of libraries, and whether it is for types alone. */
function names(file: string): { readonly other: string; readonly typesAlone: boolean }[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(IMPORT)].map(([, type, name = ""]) => ({ other: located(file, name), typesAlone: type !== undefined }));
}

/** What a file needs when it is loaded. Types are not needed then, nor what a worker loads. */
function needs(file: string): string[] {
  return names(file).flatMap(({ other, typesAlone }) => (typesAlone ? [] : [other]));
}

function located(file: string, name: string): string {
  if (!name.startsWith(".") && !name.startsWith("@/")) return name;
  const path = name.startsWith("@/") ? resolve(WEB, name.slice(2)) : resolve(dirname(file), name);
  const found = [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => /\.\w+$/.test(candidate) && existsSync(candidate));
  if (found === undefined) throw new Error(`${file} imports ${name}, which is not there`);
  return found;
}

const isOurs = (file: string): boolean => /\.(ts|vue)$/.test(file);

/** The way from a file to the first thing it needs, directly or not, that is wanted; null without one. */
function way(from: string, wanted: (file: string) => boolean): readonly string[] | null {
  const seen = new Set([from]);
  const open: (readonly string[])[] = [[from]];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const last = path.at(-1) ?? "";
    for (const next of isOurs(last) ? needs(last) : []) {
      if (wanted(next)) return [...path, next];
      if (!seen.has(next)) open.push([...path, next]);
      seen.add(next);
    }
  }
  return null;
}

const sources = (folder: string): string[] =>
  readdirSync(resolve(WEB, folder), { recursive: true, encoding: "utf8" })
    .map((name) => resolve(WEB, folder, name))
    .filter(isOurs);
const shown = (file: string): string => relative(WEB, file);

test("no module of the tally needs itself", () => {
  const modules = sources("tally").filter((name) => name.endsWith(".ts"));
  expect(way(resolve(TALLY, "worker/client.ts"), (file) => file === resolve(TALLY, "errors.ts"))).not.toBeNull();
  expect(modules.map((file) => way(file, (other) => other === file)).filter((found) => found !== null)).toEqual([]);
});

const FOLDERS = Object.keys(PAGES).map((page) => `pages/${page}`);
/** What each folder may name, beside itself, libraries, and types of the generated wire. */
const MAY_NAME: Readonly<Record<string, readonly string[]>> = {
  tally: [],
  kit: [],
  live: ["kit"],
  poll: ["tally", "kit", "live"],
  ...Object.fromEntries(FOLDERS.map((page) => [page, ["tally", "kit", "live", "poll"]])),
};

describe.each(Object.entries(MAY_NAME))("the folder %s", (folder, others) => {
  test(`names ${others.join(", ") || "nothing"} beside itself`, () => {
    const inside = [folder, ...others].map((name) => `${resolve(WEB, name)}/`);
    const ours = (file: string): boolean => file.startsWith(`${WEB}/`) && !file.includes("node_modules");
    const arrows = sources(folder).flatMap((file) => names(file).map((name) => ({ file, ...name })));
    const outside = arrows.filter(({ other }) => ours(other) && !inside.some((path) => other.startsWith(path)));
    const wrong = outside.filter(({ other, typesAlone }) => !typesAlone || other !== WIRE);
    expect(arrows.length).toBeGreaterThan(0);
    expect(wrong.map(({ file, other }) => `${shown(file)} names ${shown(other)}`)).toEqual([]);
  });
});

describe.each(FOLDERS)("%s", (page) => {
  test("leaves the arithmetic to the worker", () => {
    expect(way(resolve(WEB, page, "App.vue"), (file) => file.startsWith("libsodium"))).toBeNull();
  });
});

test("the worker has the arithmetic", () => {
  expect(way(resolve(TALLY, "worker/worker.ts"), (file) => file.startsWith("libsodium"))).not.toBeNull();
});
