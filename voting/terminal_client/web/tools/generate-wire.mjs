/**
 * JSON schema of the wire (printed by `python -m voting.wire`) -> live/wire.gen.ts.
 *
 *   python -m voting.wire | npm run wire [-- target.ts]        (or: make wire)
 */
import { writeFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";

import { compile } from "json-schema-to-typescript";

const banner = "/* Generated from voting/wire by `make wire`; do not edit. */";
const [target = new URL("../live/wire.gen.ts", import.meta.url)] = process.argv.slice(2);
const { requests, views, pages, audiences, limits, ...schema } = JSON.parse(await textOf(process.stdin));

/** A reference with a default beside it would be compiled as a type of its own, under the same name with a number. */
function withoutDefaults(node) {
  if (Array.isArray(node)) node.forEach(withoutDefaults);
  else if (node !== null && typeof node === "object") {
    if (typeof node.$ref === "string") delete node.default;
    Object.values(node).forEach(withoutDefaults);
  }
}

/**
 * The server always writes every field, but one that may be unset, which alone has no default and is not required; only
 * requests may leave out a field that has a default.
 */
for (const [name, definition] of Object.entries(schema.definitions)) {
  const { properties, required = [] } = definition;
  if (!properties || name.endsWith("Request")) continue;
  definition.required = Object.keys(properties).filter((key) => required.includes(key) || "default" in properties[key]);
}
withoutDefaults(schema.definitions);

const types = await compile(schema, "Wire", {
  bannerComment: banner,
  additionalProperties: false,
  unreachableDefinitions: true,
  strictIndexSignatures: false,
  style: { printWidth: 110 },
});
/** The compiler's cross-references say nothing a reader of this file needs. */
const reference = / \*(?: \*)?\n? ?\*? This interface was referenced by `Wire`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g;
const definitions = types
  .replace(/export interface Wire \{\}\n?/, "")
  .replace(reference, "")
  .replace(/\/\*\*\n \*\/\n/g, "")
  .replace(/\n \*\n \*\/\n/g, "\n */\n");

/** An interface with one line for each entry. */
function mapping(comment, name, entries) {
  const lines = Object.entries(entries).map(([key, type]) => `  ${key}: ${type};\n`);
  return `/**\n * ${comment}\n */\nexport interface ${name} {\n${lines.join("")}}\n`;
}

/** What the pages need while they run, not only while they are checked. */
function constant(comment, name, value, type = "") {
  return `/**\n * ${comment}\n */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const${type};\n`;
}

const asked = Object.fromEntries(
  Object.entries(requests).map(([name, { request, reply }]) => [name, `{ request: ${request}; reply: ${reply} }`]),
);
await writeFile(
  target,
  definitions +
    mapping("Every request by its socket event, with the reply that acknowledges it.", "Requests", asked) +
    mapping("What each audience is shown.", "Views", views) +
    constant("Where each page is served; a page's name is that of its folder, here and in the build.", "PAGES", pages) +
    constant(
      "The views each role may join, its own page's first.",
      "AUDIENCES",
      audiences,
      " satisfies Record<Role, readonly Audience[]>",
    ) +
    constant("Of what persons may enter: texts and names in characters, a voting time in seconds.", "LIMITS", limits),
);
