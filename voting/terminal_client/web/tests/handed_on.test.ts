import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";

import { expect, test, vi } from "vitest";
import { compileScript, parse } from "vue/compiler-sfc";

vi.setConfig({ testTimeout: 60_000 });

const WEB = resolve(import.meta.dirname, "..");
const FOLDERS = ["kit", "live", "poll", "pages"];
const IMPORT = /^import (\w+) from "[^"]+\/(\w+)\.vue";/gm;
const WIDGETS = /^import \{ ([^}]+) \} from "@\/kit\/ui";/gm;
const MODEL = /^const (\w+) = defineModel(?:<[^(]+>)?\((?:"(\w+)")?/gm;

interface Node {
  readonly tag?: string;
  readonly props?: readonly { readonly type: number; readonly name: string; readonly arg?: Words; readonly exp?: Words }[];
  readonly children?: readonly Node[];
}
interface Words {
  readonly content: string;
}
/** A component and the name by which it is given something. */
type Place = `${string}.${string}`;

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const modelsOf = (source: string): Map<string, string> =>
  new Map([...source.matchAll(MODEL)].map(([, name = "", given = "modelValue"]) => [name, given]));

/** What a component is given and hands on as it is: from where to where. */
function handedOn(component: string, source: string): (readonly [Place, Place])[] {
  const { descriptor } = parse(source);
  if (descriptor.scriptSetup === null || descriptor.template?.ast === undefined) return [];
  const { bindings = {} } = compileScript(descriptor, { id: component, fs: { fileExists: () => false, readFile: () => "" } });
  const models = modelsOf(source);
  const parts = new Map([...source.matchAll(IMPORT)].map(([, name = "", file = ""]) => [name, file]));
  for (const [, names = ""] of source.matchAll(WIDGETS)) for (const name of names.split(", ")) parts.set(name, name);
  const given = (expression: string): string | undefined => {
    const name = expression.replace(/^props\./, "");
    return models.get(name) ?? (bindings[name] === "props" ? name : undefined);
  };
  const found: (readonly [Place, Place])[] = [];
  const visit = ({ tag = "", props = [], children = [] }: Node): void => {
    for (const { type, name, arg, exp } of parts.has(tag) ? props : []) {
      const to = camel(arg?.content ?? (name === "model" ? "modelValue" : ""));
      const from = type === 7 && ["bind", "model"].includes(name) ? given(exp?.content ?? to) : undefined;
      if (from !== undefined) found.push([`${component}.${from}`, `${parts.get(tag) ?? tag}.${to}`]);
    }
    children.forEach(visit);
  };
  visit(descriptor.template.ast as Node);
  return found;
}

/** Every way by which something passes through more than two components unchanged. */
function chainsOf(steps: readonly (readonly [Place, Place])[]): string[] {
  return steps.flatMap(([from, by]) => steps.flatMap(([on, to]) => (on === by ? [`${from} > ${by} > ${to}`] : [])));
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(resolve(WEB, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".vue"))
    .map((name) => resolve(WEB, folder, name)),
);

test("nothing is handed on unchanged through more than two components", () => {
  const steps = files.flatMap((file) => handedOn(basename(file, ".vue"), readFileSync(file, "utf8")));
  expect(steps.length).toBeGreaterThan(0);
  expect(chainsOf(steps)).toEqual([]);
});

test("a chain is seen, through a prop, a model and a widget", () => {
  const outer = `<script setup lang="ts">
import Middle from "./Middle.vue";
const props = defineProps<{ poll: string }>();
const open = defineModel<boolean>("open");
</script>
<template><div><Middle :poll="props.poll" v-model:is-open="open" /></div></template>`;
  const middle = `<script setup lang="ts">
import { Dialog } from "@/kit/ui";
defineProps<{ poll: string; isOpen: boolean }>();
</script>
<template><Dialog :title="poll" :open="isOpen" :wide="!isOpen" /></template>`;
  expect(chainsOf([...handedOn("Outer", outer), ...handedOn("Middle", middle)])).toEqual([
    "Outer.poll > Middle.poll > Dialog.title",
    "Outer.open > Middle.isOpen > Dialog.open",
  ]);
});
