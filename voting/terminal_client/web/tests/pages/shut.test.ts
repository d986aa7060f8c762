/** A box of too few ballots stays shut: hall and seats say so, and nobody reads that it is being counted. */
import { createSSRApp, h, ref, shallowRef, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { expect, it } from "vitest";

import { i18n } from "@/kit/words";
import ScreenDesk from "@/pages/screen/ScreenDesk.vue";
import { seatContext } from "@/pages/seat/context";
import WaitingView from "@/pages/seat/parts/WaitingView.vue";
import { projects } from "../fixtures/hall";
import { screenScenes } from "../fixtures/screen";

const drawn = (component: Component, props: object = {}): Promise<string> =>
  renderToString(createSSRApp({ render: () => h(component, props) }).use(i18n));

const hall = (scene: string): Promise<string> => drawn(ScreenDesk, { view: screenScenes[scene], connection: "online" });

const seat = (returned: number): Promise<string> =>
  drawn({
    setup() {
      const desk = { busy: ref(false), hall: shallowRef(screenScenes["sealed"]?.hall), receipts: shallowRef([]), prepare: () => undefined };
      seatContext.provide(desk as unknown as Parameters<typeof seatContext.provide>[0]);
      const stage = { kind: "counting", poll: { ...projects("sealed"), returned }, receipt: null, tracker: null, onPaper: false };
      return () => h(WaitingView, { stage } as unknown as InstanceType<typeof WaitingView>["$props"]);
    },
  });

it("is said on the hall screen with the number that the rules ask for", async () => {
  const shut = await hall("sealed-shut");
  expect(shut).toContain("票箱不予开启");
  expect(shut).toContain("少于规则要求的 5 张");
  expect(shut).not.toContain('data-testid="step-decrypted"');
  const counted = await hall("sealed");
  expect(counted).not.toContain("票箱不予开启");
  expect(counted).toContain('data-testid="step-decrypted"');
});

it("is said at the seats", async () => {
  expect(await seat(4)).toContain("票箱不予开启");
  expect(await seat(5)).toContain("正在计票");
});
