/** Counts by hand, and polls with nothing to decrypt, on the scrutineer's page. */
import { shallowRef, type ShallowRef, type VNode } from "vue";

import type { Kept } from "@/pages/scrutineer/ceremony/ceremony";
import type { Send } from "@/live/page_session";
import type { HandCount, HandCountState, HandFigures, PollView, ScrutineerView } from "@/live/wire.gen";
import { sampleHall, sampleMotion, samplePeople, samplePoll } from "../fixtures/console";
import { countedByHand, PLAIN_PROGRESS } from "../fixtures/frozen";
import { approveEach, election, evaluation } from "../fixtures/kinds";
import { OK } from "../fixtures/shuffled";

type Settled = (index: number) => Promise<{ view: ScrutineerView; kept: Kept | null }>;
type Page = (stage: { view: ShallowRef<ScrutineerView>; index: number; kept: Kept | null; send: Send }) => () => VNode[];
type Scene = () => Promise<() => VNode[]>;

const AT = Date.UTC(2022, 1, 18, 2, 41, 7);
const CHOSEN: HandFigures = {
  issued: 247,
  returned: 246,
  valid: 245,
  void: 1,
  votes: Object.fromEntries([231, 224, 219, 212, 208, 201, 188, 176, 169, 158, 91, 64].map((n, at) => [`p${at + 1}`, n])),
  against: {},
  abstain: {},
  levels: {},
  write_ins: [],
};
const entryBy = (entered_by: number, more: Partial<HandCount> = {}): HandCount => ({
  figures: CHOSEN, method: "paper", reason: "表决设备发生故障（示例）", entered_by, entered_at: AT, confirmed_by: null, ...more,
});

/** One poll of a sitting, with what has been entered for it; entries and confirmations show up in the view. */
function sceneOf(settled: Settled, page: Page, poll: PollView, papers = 0, entry?: HandCount, index = 2): Scene {
  return async () => {
    const { view: start, kept } = await settled(index);
    const state = (found?: HandCount): HandCountState => (found ? (found.confirmed_by === null ? "entered" : "confirmed") : "missing");
    const shown = (found?: HandCount): ScrutineerView => ({
      ...start,
      hall: { ...sampleHall({ ...poll, id: "projects" }, sampleMotion("planned"), samplePeople()) },
      progress: {
        projects: {
          ...PLAIN_PROGRESS,
          ready: 0,
          verified: 240,
          papers,
          hand_count: poll.medium === "electronic" ? "none" : state(found),
          decryptions: poll.state === "sealed" ? [1, 2] : [],
        },
      },
      hand_counts: found ? { projects: found } : {},
    });
    const view = shallowRef(shown(entry));
    const send: Send = async (name, payload) => {
      const known = view.value.hand_counts["projects"];
      if (name === "enter_hand_count") view.value = shown(entryBy(index, { ...(payload as HandCount), entered_at: Date.now() }));
      if (name === "confirm_hand_count" && known) view.value = shown({ ...known, confirmed_by: index });
      return OK;
    };
    return page({ view, index, kept, send });
  };
}

export function handScenes(settled: Settled, page: Page): Record<string, Scene> {
  const scene = (poll: PollView, papers = 0, entry?: HandCount, index = 2): Scene => sceneOf(settled, page, poll, papers, entry, index);
  const byHand = (poll: PollView): PollView => ({ ...countedByHand(poll), state: "closed", result: null });
  const choose = byHand(samplePoll("closed"));
  const candidates = election("closed", 3, { write_ins: true, max_write_ins: 2, eligible: ["示例代表011", "示例代表012"] });
  return {
    "hand-motion": scene(byHand(sampleMotion("closed"))),
    "hand-choose": scene(choose),
    "hand-each": scene(byHand(approveEach("closed", 5))),
    "hand-election": scene(byHand(candidates)),
    "hand-evaluation": scene(byHand(evaluation("closed", 5, 4))),
    "hand-own": scene(choose, 0, entryBy(2)),
    "hand-compare": scene(choose, 0, entryBy(1)),
    "hand-counted": scene(countedByHand(samplePoll("counted")), 0, entryBy(1, { confirmed_by: 3 })),
    "hand-planned": scene(countedByHand(samplePoll("planned"))),
    "mixed-sealed": scene({ ...samplePoll("sealed"), medium: "mixed" }, 4),
    "recorded-closed": scene(samplePoll("closed", { secrecy: "recorded" })),
  };
}
