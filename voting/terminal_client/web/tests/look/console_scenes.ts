/** The console in each of its states. */
import encodeQR from "qr";
import { h, ref, shallowRef, type VNode } from "vue";

import { consolePage } from "@/pages/console/context";
import Desk from "@/pages/console/Desk.vue";
import { Refusal } from "@/live/refusal";
import { AppHeader } from "@/kit/ui";
import StaffLogIn from "@/live/StaffLogIn.vue";
import { i18n } from "@/kit/words";
import type { Ask, Send } from "@/live/page_session";
import type { ConsoleView, PreviewPollRequest } from "@/live/wire.gen";
import { sampleConsole, samplePeople, sampleResult, type ConsoleOptions } from "../fixtures/console";
import { byHand, ended, further, HANDS, mixed, PAPER_COUNT, pollOf, runOffRunning, withProgress } from "../fixtures/more_polls";
import type { PollState } from "@/live/wire.gen";
import { OK } from "../fixtures/shuffled";
import { approveEach, election, evaluation } from "../fixtures/kinds";
import { below } from "./below";

const { t } = i18n.global as unknown as { t: (key: string) => string };
const manyWaiting = Array.from({ length: 37 }, (_, index) => String(index * 6 + 4).padStart(3, "0"));

/** Answers previews as the server would; `refusing` is its answer to every draft. */
const answering = (view: ConsoleView, refusing: Refusal | null): Send => async (name, payload) => {
  if (refusing) throw refusing;
  return name === "preview_poll" ? { ...OK, preview: pollOf((payload as PreviewPollRequest).draft, view) } : OK;
};

const PICTURE = encodeQR("http://192.0.2.10:8000/seat#code=482915730264", "svg");
const NEW_BADGE = { ...OK, code: "482915730264", qr: `data:image/svg+xml,${encodeURIComponent(PICTURE)}` };

function desk(view: ConsoleView, refusal: Refusal | null = null, refusing: Refusal | null = null): VNode[] {
  const { congress, session, sitting } = view.hall.titles;
  const page = {
    view: shallowRef(view),
    connection: ref("online" as const),
    token: ref(""),
    refusal: shallowRef(refusal),
    busy: ref(false),
    ask: (async (name: string) => (name === "new_code" ? NEW_BADGE : null)) as Ask,
    send: answering(view, refusing),
  };
  return [
    h(AppHeader, { title: congress + session, subtitle: `${sitting} · ${t("console.title")}`, connection: "online" }),
    below(() => consolePage.provide(page), () => [h(Desk)]),
  ];
}

const scene = (state: PollState, options?: ConsoleOptions, refusal?: Refusal) => (): VNode[] =>
  desk(sampleConsole(state, options), refusal);

const tied = ["p9", "p10", "p11"];

export const consoleScenes: Record<string, () => VNode[]> = {
  login: () => [
    h(AppHeader, { title: t("common.productName"), subtitle: t("console.title") }),
    h(StaffLogIn, {
      heading: t("console.login.heading"),
      label: t("console.login.code"),
      hint: t("console.login.hint"),
      submit: t("console.login.submit"),
      waiting: t("console.login.waiting"),
      busy: false,
      refusal: new Refusal("code_unknown"),
    }),
  ],
  "no-quorum": scene("prepared", {
    people: samplePeople({}, "absent"),
    why: { code: "no_quorum", params: { present: 0, needed: 168 } },
  }),
  "no-ceremony": scene("planned", { ceremony: false, why: { code: "ceremony_incomplete", params: {} } }),
  "nothing-called": scene("planned", { current: "item1" }),
  "before-first": () => {
    const view = sampleConsole("planned");
    return desk({ ...view, hall: { ...view.hall, current_item: null } });
  },
  planned: scene("planned"),
  prepared: scene("prepared"),
  "prepared-many": scene("prepared", { waiting: manyWaiting }),
  open: scene("open", { poll: { closes_at: Date.now() + 95_000 }, waiting: manyWaiting.slice(0, 6) }),
  "open-all": scene("open", { waiting: [] }),
  closed: scene("closed"),
  sealed: scene("sealed", { why: { code: "poll_not_confirmed", params: {} } }),
  counted: scene("counted", { why: { code: "poll_not_confirmed", params: {} } }),
  confirmed: scene("confirmed"),
  announced: scene("announced"),
  annulled: scene("annulled", { poll: { annulled_because: "会场断电，投票中止" } }),
  "run-off": scene("confirmed", {
    poll: {
      result: sampleResult([231, 224, 219, 212, 208, 201, 188, 176, 158, 158, 158, 64], {
        kind: "run_off",
        elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"],
        run_off: tied,
        run_off_seats: 2,
      }),
    },
  }),
  shortfall: scene("counted", {
    poll: {
      result: sampleResult([231, 224, 219, 212, 208, 201, 188, 125, 119, 108, 91, 64], {
        kind: "shortfall",
        elected: ["p1", "p2", "p3", "p4", "p5", "p6", "p7"],
        shortfall: 3,
      }),
    },
  }),
  motion: scene("announced", { motion: "confirmed", current: "item4" }),
  each: scene("confirmed", { poll: approveEach("announced", 12, { id: "projects", state: "confirmed" }) }),
  election: scene("counted", { poll: election("announced", 5, { id: "projects", state: "counted" }) }),
  evaluation: scene("confirmed", { poll: evaluation("announced", 7, 4, { id: "projects", state: "confirmed" }) }),
  "each-planned": scene("planned", { poll: approveEach("planned", 12, { id: "projects" }) }),
  compose: () => desk(further("planned", {}, { current: "item2" })),
  "compose-refused": () =>
    desk(further("planned", {}), null, new Refusal("poll_plan_invalid", { problem: "seats_out_of_range", found: 4, least: 1, most: 3 })),
  "compose-refused-whole": () => desk(further("planned", {}), null, new Refusal("followed_already", { by: "projects-2" })),
  "follow-run-off": () => desk(ended("run_off")),
  "follow-second": () => desk(ended("second_round")),
  "follow-repeat": () => desk(ended("repeat")),
  "run-off-added": () => desk(runOffRunning()),
  "hand-planned": () => desk(byHand("planned", null)),
  "hand-prepared": () => desk(byHand("prepared", null)),
  "hand-open": () => desk(byHand("open", null)),
  "hand-closed": () => desk(byHand("closed", null)),
  "hand-entered": () => desk(byHand("closed", HANDS)),
  "hand-counted": () => desk(byHand("counted", { ...HANDS, confirmed_by: 3 })),
  "mixed-prepared": () => desk(mixed("prepared", { papers: false })),
  "mixed-open": () => desk(mixed("open")),
  "mixed-sealed": () => desk(mixed("sealed", { count: PAPER_COUNT })),
  "mixed-papers": () => desk(mixed("sealed", { done: true })),
  "recorded-sealed": () => desk(further("sealed", { secrecy: "recorded" })),
  "shuffle-first": () => desk(withProgress(further("sealed", { kind: "rank", shuffled: true }), { shuffles: [3], decryptions: [] })),
  "shuffle-done": () => desk(withProgress(further("sealed", { kind: "rank", shuffled: true }), { shuffles: [3, 1], decryptions: [2] })),
  warned: () => desk({ ...sampleConsole("open"), wrong_codes: "192.0.2.77", clock_off: -10_800, doubled: { "001": true } }),
  overtaken: scene("open", {}, new Refusal("poll_not_prepared")),
  refused: scene("planned", {}, new Refusal("another_poll_running", { poll: "resolution" })),
};
