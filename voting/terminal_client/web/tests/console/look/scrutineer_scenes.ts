/** The scrutineer's page in each of its states, with real keys in a real worker. */
import { h, shallowRef, type VNode } from "vue";

import type { Bundle } from "@/scrutineer/keeping";
import { placeOf } from "@/scrutineer/keeping";
import type { Kept, Round } from "@/scrutineer/ceremony";
import { sealBundle } from "@/scrutineer/shares";
import Terminal from "@/scrutineer/Terminal.vue";
import { i18n } from "@/shared/i18n";
import type { Ask, Send } from "@/shared/staffPage";
import { createTallyClient } from "@/shared/tally/client";
import { sumBallots } from "@/shared/tally/result";
import { ready } from "@/shared/tally/sodium";
import { AppHeader } from "@/shared/ui";
import type { PollState, ScrutineerView } from "@/shared/wire.gen";
import { sampleHall, sampleMotion, samplePeople, samplePoll } from "../fixtures";
import { assembled, holdRounds, posted, sampleView, sealPoll, type SealedPoll } from "../../scrutineer/fixtures";

export const WORDS = "示例口令一二三四";
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

/** The page against a server in miniature: posts and releases show up in the view. */
function terminal(start: ScrutineerView, index: number, kept: Kept | null, sealed?: SealedPoll): () => VNode[] {
  const view = shallowRef(start);
  const ask: Ask = async (name, payload) => {
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
    return { ok: true, refusal: null, tracker: null, preview: null };
  };
  const send: Send = async (name, payload) => (await ask(name, payload)) ?? { ok: true, refusal: null, tracker: null, preview: null };
  const cupboard = cupboardWith(kept);
  const fetchBoard = sealed ? async () => sealed.records : undefined;
  return () => {
    const { congress, session, sitting } = view.value.hall.titles;
    return [
      h(AppHeader, { title: congress + session, subtitle: `${sitting} · ${t("scrutineer.title")}`, connection: "online" }),
      h(Terminal, { view: view.value, index, token: "", refusal: null, busy: false, ask, send, tally, cupboard, fetchBoard }),
    ];
  };
}

async function keep(bundle: Bundle | undefined, backedUp: boolean): Promise<Kept | null> {
  return bundle ? { ...(await sealBundle(tally, sampleView(), bundle, WORDS, "interactive")), backedUp } : null;
}

const withPoll = (view: ScrutineerView, state: PollState): ScrutineerView => {
  const poll = samplePoll(state);
  const archives: Record<string, string> = poll.result ? { projects: "77ab09c51d2e4f60b8a3c9d17e5f20461b9d8c3a7f6e5d4c3b2a190817263544" } : {};
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
  return terminal(sealed.view, 2, await keep(bundles[1], true), sealed);
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
  sealed: () => sealedScene(8),
  "counted-chief": () => done("counted"),
  counted: () => done("counted", 2),
  announced: () => done("announced"),
};
