/** Mounts one state of a page: `?page=console&state=open`; without a state, lists them. */
import { defineComponent, h, type Component, type VNode } from "vue";

import { startPage } from "@/live/page";
import { screenScenes, seatScenes } from "./hall_scenes";
import { consoleScenes } from "./console_scenes";
import { scrutineerScenes } from "./scrutineer_scenes";
import { verifierScenes } from "./verifier_scenes";

export type Scene = () => VNode[] | Promise<() => VNode[]>;

const query = new URLSearchParams(window.location.search);
const page = query.get("page") ?? "console";
const scenes: Record<string, Record<string, Scene>> = {
  seat: seatScenes,
  console: consoleScenes,
  screen: screenScenes,
  scrutineer: scrutineerScenes,
  verifier: verifierScenes,
};

/** Links to every state of every page. */
function list(): VNode[] {
  const link = (name: string, state: string): VNode => h("li", h("a", { href: `?page=${name}&state=${state}` }, `${name} ${state}`));
  return [h("ul", Object.entries(scenes).flatMap(([name, states]) => Object.keys(states).map((state) => link(name, state))))];
}

const scene = scenes[page]?.[query.get("state") ?? ""] ?? list;
const made = scene();
const draw = made instanceof Promise ? await made : scene;
const root: Component = defineComponent({
  setup: () => () => h("div", { style: "display:contents" }, draw() as VNode[]),
});
startPage(page, root);
