/** The seat and the hall screen in each of their states; `&away`, `&twice`, `&refusal=<code>`: see below. */
import { computed, ref, shallowRef, type VNode, h } from "vue";

import { AppHeader } from "@/kit/ui";
import { i18n } from "@/kit/words";
import { Refusal } from "@/live/refusal";
import { seatContext, type Seat } from "@/pages/seat/context";
import SignInCode from "@/pages/seat/parts/SignInCode.vue";
import SeatDesk from "@/pages/seat/SeatDesk.vue";
import ScreenDesk from "@/pages/screen/ScreenDesk.vue";
import { screenScenes as screens } from "../fixtures/screen";
import { seatScenes as seats, type SeatScene } from "../fixtures/seat";
import { below } from "./below";

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
const nothing = (): void => undefined;

function seat({ hall, me, stage, receipts, checkedTracker }: SeatScene): VNode[] {
  const given: Seat = {
    hall: shallowRef(hall),
    me: shallowRef(query.has("twice") && me ? { ...me, terminals: 2 } : me),
    stage: computed(() => stage),
    connection: ref(connection),
    refusal: shallowRef(refusal),
    missing: ref([]),
    receipts: shallowRef(receipts),
    checked: ref(checkedTracker),
    busy: ref(false),
    signIn: nothing,
    prepare: nothing,
    cast: nothing,
    voteAgain: nothing,
    keepBallot: nothing,
    leave: nothing,
  };
  return [below(() => seatContext.provide(given), () => [h(SeatDesk)])];
}

function mapped<From>(scenes: Record<string, From>, draw: (scene: From) => VNode[]): Record<string, () => VNode[]> {
  return Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [name, () => draw(scene)]));
}

export const seatScenes = { code, ...mapped(seats, seat) };
export const screenScenes = mapped(screens, (view) => [h(ScreenDesk, { view, connection })]);
