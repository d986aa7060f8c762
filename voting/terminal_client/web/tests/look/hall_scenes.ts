/** The seat and the hall screen in each of their states; `&away` shows the lost connection, `&refusal=<code>` a refusal. */
import { h, type VNode } from "vue";

import { AppHeader } from "@/kit/ui";
import { i18n } from "@/kit/words";
import { Refusal } from "@/live/refusal";
import SignInCode from "@/pages/seat/parts/SignInCode.vue";
import SeatDesk from "@/pages/seat/SeatDesk.vue";
import ScreenDesk from "@/pages/screen/ScreenDesk.vue";
import { screenScenes as screens } from "../fixtures/screen";
import { seatScenes as seats, type SeatScene } from "../fixtures/seat";

const query = new URLSearchParams(window.location.search);
const connection = query.has("away") ? "offline" : "online";
const refused = query.get("refusal");
const refusal = refused ? new Refusal(refused as "code_unknown") : null;
const { t } = i18n.global as unknown as { t: (key: string) => string };

const code = (): VNode[] => [
  h(AppHeader, { title: t("common.productName"), subtitle: t("seat.title") }),
  h("main", { style: "flex:1;display:flex;padding:var(--gap-l)" }, [
    h(SignInCode, { busy: false, refusal, cameraPossible: query.has("camera") }),
  ]),
];
const seat = (scene: SeatScene): VNode[] => [h(SeatDesk, { ...scene, connection, refusal, busy: false, offset: 0 })];

function mapped<From>(scenes: Record<string, From>, draw: (scene: From) => VNode[]): Record<string, () => VNode[]> {
  return Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [name, () => draw(scene)]));
}

export const seatScenes = { code, ...mapped(seats, seat) };
export const screenScenes = mapped(screens, (view) => [h(ScreenDesk, { view, connection, offset: 0 })]);
