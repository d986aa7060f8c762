import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { expect, test } from "vitest";

const WEB = resolve(import.meta.dirname, "..");
const EXPORT = /^export (?:async )?(?:const|function|type|interface|class) (\w+)/gm;
const GENERATED = "live/wire.gen.ts";

const texts = new Map(
  readdirSync(WEB, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|vue)$/.test(name) && !name.startsWith("node_modules"))
    .map((name) => [name, readFileSync(resolve(WEB, name), "utf8")]),
);

/** Which files say a word. */
const saying = new Map<string, Set<string>>();
for (const [name, text] of texts) {
  for (const [word] of text.matchAll(/\w+/g)) saying.set(word, (saying.get(word) ?? new Set()).add(name));
}

test("what is exported is named in another file", () => {
  const exported = [...texts].flatMap(([file, text]) => [...text.matchAll(EXPORT)].map(([, name = ""]) => ({ file, name })));
  const alone = exported.filter(({ file, name }) => file !== GENERATED && saying.get(name)?.size === 1);
  expect(exported.length).toBeGreaterThan(0);
  expect(alone.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});
