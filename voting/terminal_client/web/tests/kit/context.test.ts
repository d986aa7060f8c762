import { createApp, h, ref, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";

import { provideClock, useClock } from "@/kit/clock";
import { contextOf } from "@/kit/context";

const greeting = contextOf<string>("greeting");
const Says: Component = { setup: () => ((said) => () => h("p", said))(greeting.use()) };
const Between: Component = { setup: () => () => h(Says) };
const below = (give: () => void, part: Component): Component => ({
  setup: () => {
    give();
    return () => h(part);
  },
});

describe("a context", () => {
  it("reaches a component that nobody hands it to", async () => {
    const root = below(() => greeting.provide("开会"), Between);
    expect(await renderToString(createApp(root))).toBe("<p>开会</p>");
  });

  it("that nobody gives is a mistake, and says which", async () => {
    const app = createApp(Says);
    app.config.warnHandler = () => undefined;
    await expect(renderToString(app)).rejects.toThrow(new RangeError("no greeting above this component"));
  });
});

describe("the clock", () => {
  const Shows: Component = { setup: () => ((offset) => () => h("p", offset.value))(useClock()) };

  it("is the server's where a page follows one", async () => {
    expect(await renderToString(createApp(below(() => provideClock(ref(1500)), Shows)))).toBe("<p>1500</p>");
  });

  it("is this device's elsewhere", async () => {
    expect(await renderToString(createApp(Shows))).toBe("<p>0</p>");
  });
});
