/** Mounts one state of a page: `?page=console&state=open`. */
import { defineComponent, h, type Component, type VNode } from "vue";

import { startPage } from "@/shared/page";
import { consoleScenes } from "./scenes";

const query = new URLSearchParams(window.location.search);
const page = query.get("page") ?? "console";
const scenes: Record<string, Record<string, () => VNode[]>> = { console: consoleScenes };
const scene = scenes[page]?.[query.get("state") ?? ""];
if (!scene) throw new RangeError(`no such scene; there are ${Object.keys(scenes[page] ?? {}).join(", ")}`);

const root: Component = defineComponent({ setup: () => () => h("div", { style: "display:contents" }, scene()) });
startPage(page, root);
