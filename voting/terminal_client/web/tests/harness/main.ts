/** `?page=seat&scene=vote`: shows one page in one state. `&away` shows the lost connection. */
import { createApp, defineComponent, h } from "vue";

import "@/kit/design/base.css";
import { i18n, restoreLanguage } from "@/kit/words";
import SeatDesk from "@/pages/seat/SeatDesk.vue";
import SignInCode from "@/pages/seat/parts/SignInCode.vue";
import { AppHeader } from "@/kit/ui";
import { Refusal } from "@/live/refusal";
import ScreenDesk from "@/pages/screen/ScreenDesk.vue";
import { screenScenes } from "../fixtures/screen";
import { seatScenes } from "../fixtures/seat";

const query = new URLSearchParams(location.search);
const page = query.get("page") ?? "seat";
const name = query.get("scene") ?? "vote";
const connection = query.has("away") ? "offline" : "online";
const refused = query.get("refusal");
const refusal = refused ? new Refusal(refused as "code_unknown") : null;

function root() {
  if (page === "seat" && name === "code") {
    return [
      h(AppHeader, { title: i18n.global.t("common.productName"), subtitle: i18n.global.t("seat.title") }),
      h("main", { style: "flex:1;display:flex;padding:var(--gap-l)" }, [
        h(SignInCode, { busy: false, refusal, cameraPossible: query.has("camera") }),
      ]),
    ];
  }
  if (page === "screen") {
    const view = screenScenes[name];
    if (!view) throw new RangeError(`no such scene: ${name}`);
    return h(ScreenDesk, { view, connection, offset: 0 });
  }
  const scene = seatScenes[name];
  if (!scene) throw new RangeError(`no such scene: ${name}`);
  return h(SeatDesk, { ...scene, connection, refusal, busy: false, offset: 0 });
}

document.documentElement.dataset.page = page;
restoreLanguage();
createApp(defineComponent({ render: root })).use(i18n).mount("#app");
