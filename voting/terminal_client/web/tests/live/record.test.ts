/** A rollback is shown on every page that shows the sitting; where the record stands, on the screen and at the console. */
import { computed, createSSRApp, h, ref, shallowRef, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it, vi } from "vitest";

import { provideClock } from "@/kit/clock";
import { i18n } from "@/kit/words";
import type { PageSession } from "@/live/page_session";
import RecordMark from "@/live/RecordMark.vue";
import RollbackNotice from "@/live/RollbackNotice.vue";
import StaffFrame from "@/live/StaffFrame.vue";
import type { Hall, Rollback } from "@/live/wire.gen";
import { consolePage } from "@/pages/console/context";
import ConsoleDesk from "@/pages/console/Desk.vue";
import ScreenDesk from "@/pages/screen/ScreenDesk.vue";
import { seatContext } from "@/pages/seat/context";
import SeatDesk from "@/pages/seat/SeatDesk.vue";
import { sampleConsole } from "../fixtures/console";
import { RECORD } from "../fixtures/frozen";
import { hall } from "../fixtures/hall";
import { screenScenes } from "../fixtures/screen";

const WENT_BACK: Rollback[] = [{ at: 1_645_150_000_000, row: 25, mark: 40 }];
const rolled = (rollbacks: Rollback[]): Hall => ({ ...hall(null, [], null), rollbacks });

const drawn = (component: Component, props: object = {}): Promise<string> =>
  renderToString(createSSRApp({ render: () => h(component, props) }).use(i18n));

function staffPage(rollbacks: Rollback[]): PageSession<{ hall: Hall }> {
  const view = ref({ hall: rolled(rollbacks) });
  const page = { name: "console", session: shallowRef({}), ready: ref(true), view, feed: shallowRef(null) };
  return { ...page, connection: ref("online"), refusal: shallowRef(null), busy: ref(false) } as unknown as PageSession<{ hall: Hall }>;
}

const seat = (rollbacks: Rollback[]): Component => ({
  setup() {
    const stage = ref({ kind: "connecting" });
    const hall = ref(rolled(rollbacks));
    const desk = { hall, me: ref(null), stage, missing: ref([]), connection: ref("online"), refusal: shallowRef(null) };
    seatContext.provide(desk as unknown as Parameters<typeof seatContext.provide>[0]);
    return () => h(SeatDesk);
  },
});

describe("a record that went back", () => {
  it.each([
    ["the staff's pages", (rollbacks: Rollback[]) => drawn(StaffFrame, { page: staffPage(rollbacks) })],
    ["the hall screen", (rollbacks: Rollback[]) => drawn(StaffFrame, { page: staffPage(rollbacks), bare: true })],
    ["the seats", (rollbacks: Rollback[]) => drawn(seat(rollbacks))],
  ])("is told on %s, and nothing where it did not", async (_, page) => {
    expect(await page(WENT_BACK)).toContain('data-testid="rollback"');
    expect(await page([])).not.toContain('data-testid="rollback"');
  });

  it("is told with the rows, the last time first in mind", async () => {
    const text = await drawn(RollbackNotice, { rollbacks: [{ at: 0, row: 1, mark: 2 }, ...WENT_BACK] });
    for (const part of ["第 25 条", "第 40 条", "共 2 次"]) expect(text).toContain(part);
    const unknown = await drawn(RollbackNotice, { rollbacks: [{ at: 0, row: 9, mark: 0 }] });
    expect(unknown).toContain("无法查明");
  });
});

const desk = (): Component => ({
  setup() {
    const state = { refusal: shallowRef(null), busy: ref(false), connection: ref("online"), token: ref("") };
    const page = { ...state, view: ref(sampleConsole("open")) };
    vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });
    consolePage.provide(page as unknown as Parameters<typeof consolePage.provide>[0]);
    provideClock(computed(() => 0));
    return () => h(ConsoleDesk);
  },
});

describe("where the record stands", () => {
  it.each([
    ["the hall screen", () => drawn(ScreenDesk, { view: screenScenes.gathering, connection: "online" })],
    ["the console", () => drawn(desk())],
  ])("is shown on %s", async (_, page) => {
    expect(await page()).toContain(`data-testid="record-mark" data-row="${RECORD.row}"`);
  });

  it("is the row and six words of its hash", async () => {
    const text = await drawn(RecordMark, { record: RECORD });
    expect(text).toContain("第 1207 条");
    expect(text.replace(/<[^>]*>/g, "")).toContain("1锯齿2松柏3瓷砖4词典5铁桶6紫砂");
  });
});

describe("what the hall compares", () => {
  const names = /data-testid="(key|serverKey|fingerprint|closed-head)"/g;
  const prints = (html: string): string[] => [...html.matchAll(names)].map(([, name = ""]) => name);

  it.each([
    ["gathering", ["key", "serverKey"]],
    ["item", ["key", "serverKey"]],
    ["open", ["fingerprint"]],
    ["sealed", ["closed-head", "fingerprint"]],
  ])("is shown on the hall screen: %s", async (scene, shown) => {
    const view = screenScenes[scene] ?? screenScenes.gathering;
    expect(prints(await drawn(ScreenDesk, { view, connection: "online" }))).toEqual(shown);
  });

  it("has the key at the console's foot", async () => {
    expect(prints(await drawn(desk()))).toContain("key");
  });
});
