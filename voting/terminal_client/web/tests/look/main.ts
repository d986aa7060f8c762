/** Mounts one state of a page: `?page=console&state=open`. */
import { defineComponent, h, type Component, type VNode } from "vue";

import { startPage } from "@/live/page";
import { consoleScenes } from "./scenes";
import { scrutineerScenes } from "./scrutineer_scenes";
import { verifierScenes } from "./verifier_scenes";

export type Scene = () => VNode[] | Promise<() => VNode[]>;

const query = new URLSearchParams(window.location.search);
const page = query.get("page") ?? "console";
const scenes: Record<string, Record<string, Scene>> = {
  console: consoleScenes,
  scrutineer: scrutineerScenes,
  verifier: verifierScenes,
};
const scene = scenes[page]?.[query.get("state") ?? ""];
if (!scene) throw new RangeError(`no such scene; there are ${Object.keys(scenes[page] ?? {}).join(", ")}`);

const made = scene();
const draw = made instanceof Promise ? await made : scene;
const root: Component = defineComponent({
  setup: () => () => h("div", { style: "display:contents" }, draw() as VNode[]),
});
startPage(page, root);
