/**
 * JSON schema of the wire (printed by `python -m voting.wire`) -> live/wire.gen.ts.
 *
 *   python -m voting.wire > wire.json && npm run wire -- wire.json [target.ts]
 */
import { readFile, writeFile } from "node:fs/promises";

import { compile } from "json-schema-to-typescript";

const banner = "/* Generated from voting/wire by `npm run wire`; do not edit. */";

const [schemaFile, target = new URL("../live/wire.gen.ts", import.meta.url)] = process.argv.slice(2);
if (!schemaFile) {
  console.error("usage: npm run wire -- SCHEMA.json [TARGET.ts]");
  process.exit(2);
}

const schema = JSON.parse(await readFile(schemaFile, "utf8"));

/** The server always writes every field; only requests may leave out a field that has a default. */
for (const [name, definition] of Object.entries(schema.definitions)) {
  if (definition.properties && !name.endsWith("Request")) definition.required = Object.keys(definition.properties);
}

const types = await compile(schema, "Wire", {
  bannerComment: banner,
  additionalProperties: false,
  unreachableDefinitions: true,
  strictIndexSignatures: false,
  style: { printWidth: 110 },
});
/** The compiler's cross-references say nothing a reader of this file needs. */
const reference = / \*(?: \*)?\n? ?\*? This interface was referenced by `Wire`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g;
const text = types
  .replace(/export interface Wire \{\}\n?/, "")
  .replace(reference, "")
  .replace(/\/\*\*\n \*\/\n/g, "")
  .replace(/\n \*\n \*\/\n/g, "\n */\n");
await writeFile(target, text);
