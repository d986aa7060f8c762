/** The scrutineer's page in each of its states, with real keys in a real worker. */
import { h, ref, shallowRef, type ShallowRef, type VNode } from "vue";

import type { Bundle } from "@/pages/scrutineer/keeping";
import { placeOf } from "@/pages/scrutineer/keeping";
import type { Kept, Round } from "@/pages/scrutineer/ceremony/ceremony";
import { sealBundle } from "@/pages/scrutineer/shares";
import type { Terminal } from "@/pages/scrutineer/context";
import TerminalDesk from "@/pages/scrutineer/TerminalDesk.vue";
import { i18n } from "@/kit/words";
import { Refusal } from "@/live/refusal";
import type { Ask, Send } from "@/live/page_session";
import { createTallyClient } from "@/tally/worker/client";
import { fromUtf8, utf8 } from "@/tally/bytes";
import { sumBallots } from "@/tally/board/result";
import { ready } from "@/tally/groups/sodium";
import { AppHeader } from "@/kit/ui";
import type { BoardRecords, PollSetup, PollState, RaiseAlarmRequest, ScrutineerView } from "@/live/wire.gen";
import { sampleHall, sampleMotion, samplePeople, samplePoll } from "../fixtures/console";
import { alarmed, assembled, holdRounds, openMotion, posted, sampleView, sealPoll } from "../fixtures/scrutineer";
import { OK, sealShuffled, type ShuffledSitting } from "../fixtures/shuffled";
import { handScenes } from "./scrutineer_hand_scenes";

const WORDS = "示例口令一二三四";
const { t } = i18n.global as unknown as { t: (key: string) => string };
const tally = createTallyClient();

/** A cupboard in memory, with one share in it or none. */
function cupboardWith(kept: Kept | null) {
  const places = new Map<string, string>();
  if (kept) places.set(placeOf(sampleView().hall.titles, kept.index), JSON.stringify(kept));
  return {
    getItem: (key: string) => places.get(key) ?? null,
    setItem: (key: string, value: string) => void places.set(key, value),
    removeItem: (key: string) => void places.delete(key),
  };
}

interface Stage {
  readonly view: ShallowRef<ScrutineerView>;
  readonly index: number;
  readonly kept: Kept | null;
  readonly send: Send;
  readonly fetchBoard?: () => Promise<BoardRecords>;
  readonly fetchSetup?: () => Promise<PollSetup>;
}

export function page({ view, index, kept, send, fetchBoard, fetchSetup }: Stage): () => VNode[] {
  const cupboard = cupboardWith(kept);
  const ask: Ask = (name, payload) => send(name, payload);
  const terminal: Terminal = {
    view,
    index,
    connection: ref("online"),
    token: ref(""),
    refusal: shallowRef(null),
    busy: ref(false),
    ask,
    send,
    tally,
    cupboard,
    fetchBoard: fetchBoard ?? (() => Promise.reject(new RangeError("this scene has no board"))),
    fetchSetup: fetchSetup ?? (() => Promise.reject(new Refusal("not_public_yet"))),
  };
  return () => {
    const { congress, session, sitting } = view.value.hall.titles;
    return [
      h(AppHeader, { title: congress + session, subtitle: `${sitting} · ${t("scrutineer.title")}`, connection: "online" }),
      h(TerminalDesk, { terminal }),
    ];
  };
}

/** The page against a server in miniature: posts and releases show up in the view. */
function terminal(start: ScrutineerView, index: number, kept: Kept | null, fetchBoard?: () => Promise<BoardRecords>): () => VNode[] {
  const view = shallowRef(start);
  const send: Send = async (name, payload) => {
    if (name === "post_ceremony") {
      const { round, message } = payload as { round: Round; message: string };
      view.value = posted(view.value, { index, round, message, share: "" });
    }
    if (name === "release_decryption") {
      const { poll } = payload as { poll: string };
      const progress = view.value.progress[poll];
      if (progress) {
        const next = { ...progress, decryptions: [...progress.decryptions, index] };
        view.value = { ...view.value, progress: { ...view.value.progress, [poll]: next } };
      }
    }
    return OK;
  };
  return page({ view, index, kept, send, fetchBoard });
}

async function keep(bundle: Bundle | undefined, backedUp: boolean): Promise<Kept | null> {
  return bundle ? { ...(await sealBundle(tally, sampleView(), bundle, WORDS, "interactive")), backedUp } : null;
}

const withPoll = (view: ScrutineerView, state: PollState): ScrutineerView => {
  const poll = samplePoll(state);
  const archives: Record<string, string> = poll.result
    ? { projects: "77ab09c51d2e4f60b8a3c9d17e5f20461b9d8c3a7f6e5d4c3b2a190817263544" }
    : {};
  return { ...view, hall: sampleHall(poll, sampleMotion("planned"), samplePeople()), archives };
};

const after = (last: Round) => holdRounds(tally, sampleView(), last);

async function done(state: PollState, index = 1): Promise<() => VNode[]> {
  await ready();
  const { view, bundles } = await after(3);
  return terminal(withPoll(assembled(view), state), index, await keep(bundles[index - 1], true));
}

async function sealedScene(votes: number): Promise<() => VNode[]> {
  await ready();
  const { view, bundles } = await after(3);
  const answers = Array.from({ length: votes }, (_, i) => i % 3);
  const sealed = sealPoll(assembled(view), answers, (poll, board) => sumBallots(poll.election, board.ballots));
  return terminal(sealed.view, 2, await keep(bundles[1], true), async () => sealed.records);
}

/** An open motion whose setup is what `lie` makes of the right one. */
async function openedScene(lie: (setup: PollSetup) => Promise<PollSetup>): Promise<() => VNode[]> {
  await ready();
  const { view, bundles } = await after(3);
  const opened = openMotion(assembled(view));
  const setup = await lie(opened.setup);
  const polls = { ...opened.view.hall.polls, [opened.poll.id]: { ...opened.poll, fingerprint: setup.fingerprint } };
  const shown = shallowRef({ ...opened.view, hall: { ...opened.view.hall, polls } });
  const send: Send = async (name, payload) => {
    if (name === "raise_alarm") shown.value = alarmed(shown.value, payload as RaiseAlarmRequest, 1);
    return OK;
  };
  return page({ view: shown, index: 1, kept: await keep(bundles[0], true), send, fetchSetup: async () => setup });
}

const PAPERS = [[1, 2, 3], [3, 1, 2], [1, 3, 2], [2, 2, 2], [1, 2, 3], [2, 1, 3], [1, 2, 3]];

/** A sealed poll that others have shuffled so many times, at the terminal of scrutineer `index`. */
async function shuffledScene(index: number, ...others: readonly number[]): Promise<() => VNode[]> {
  await ready();
  const { view, bundles } = await after(3);
  const sitting = sealShuffled(assembled(view), PAPERS);
  const shuffle = (other: number): Promise<void> => shuffleAs(sitting, other, bundles[other - 1]?.share ?? "");
  for (const other of others) await shuffle(other);
  const kept = await keep(bundles[index - 1], true);
  // Whoever drives the browser may let another scrutineer be faster.
  Object.assign(window, { shuffleAs: shuffle });
  return page({ view: sitting.view, index, kept, send: sitting.send(index), fetchBoard: sitting.fetchBoard });
}

async function shuffleAs(
  { source, board, poll, view, send, fetchBoard }: ShuffledSitting,
  index: number,
  share: string,
): Promise<void> {
  const other = createTallyClient(1);
  const { fingerprint } = await other.call("verifyBoard", { ...source.documents, ballots: board.ballots });
  const { readRecords } = await import("@/pages/scrutineer/board/board");
  const shuffles = readRecords(await fetchBoard()).shuffles.map(({ owned, text }) => ({ owned: utf8(owned), raw: utf8(text) }));
  await other.call("takeShuffles", { fingerprint, shuffles, own: { index, made: [] } });
  const { owned, raw } = await other.call("makeShuffle", { fingerprint, share });
  const position = view.value.progress[poll.id]?.shuffles.length ?? 0;
  await send(index)("post_shuffle", { poll: poll.id, position, shuffle: fromUtf8(raw), owned: fromUtf8(owned) });
  other.close();
}

/** A key and a share, for the scenes in which they are not the point. */
async function settled(index: number): Promise<{ view: ScrutineerView; kept: Kept | null }> {
  await ready();
  const { view, bundles } = await after(3);
  return { view: assembled(view), kept: await keep(bundles[index - 1], true) };
}

export const scrutineerScenes: Record<string, () => Promise<() => VNode[]>> = {
  begin: async () => terminal(sampleView(), 1, null),
  keep: async () => {
    const { bundles } = await after(1);
    return terminal(sampleView(), 2, await keep(bundles[1], false));
  },
  wait: async () => {
    const { bundles } = await after(1);
    const [first] = bundles;
    return terminal(first ? posted(sampleView(), first) : sampleView(), 1, await keep(first, true));
  },
  advance: async () => {
    await ready();
    const { view, bundles } = await after(1);
    return terminal(view, 1, await keep(bundles[0], true));
  },
  "keep-last": async () => {
    const second = await after(2);
    const { bundles } = await after(3);
    return terminal(second.view, 1, await keep(bundles[0], false));
  },
  restore: async () => {
    const { view } = await after(2);
    return terminal(view, 3, null);
  },
  idle: () => done("planned"),
  open: () => done("open"),
  "opened-right": () => openedScene(async (setup) => setup),
  "opened-other-key": () => openedScene(async () => openMotion(assembled((await after(3)).view)).setup),
  sealed: () => sealedScene(8),
  shuffle: () => shuffledScene(1),
  "shuffle-second": () => shuffledScene(2, 3),
  "shuffle-wait": () => shuffledScene(2, 2),
  "shuffle-open": () => shuffledScene(1, 3, 2),
  "shuffle-follow": () => shuffledScene(1, 1, 2),
  "counted-chief": () => done("counted"),
  counted: () => done("counted", 2),
  announced: () => done("announced"),
  ...handScenes(settled, page),
};
