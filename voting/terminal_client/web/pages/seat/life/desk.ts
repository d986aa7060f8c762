/** What all parts of a seat's life share: the view, what is kept, the person's refusal, and the means to act. */
import { computed, type ComputedRef, onScopeDispose, ref, shallowRef, watch } from "vue";

import { type Refusal, showRefusal } from "@/live/refusal";
import type { Feed } from "@/live/socket";
import type { BoardTrackers, Hall, Me, MyPoll, PollSetup, PollView, SeatView } from "@/live/wire.gen";
import type { SeatCrypto } from "../crypto";
import type { Keeping, Kept, KeptReceipt, Pinned } from "../keeping";
import { missingReceipts } from "../missing";
import { focusedPoll, mine, stageOf, type SetupCheck } from "../stage";

export interface SeatMeans {
  feed: Feed<SeatView>;
  crypto: SeatCrypto;
  keeping: Keeping;
  /** GET /api/polls/<id>/setup. */
  fetchSetup: (poll: string) => Promise<PollSetup>;
  /** GET /api/polls/<id>/trackers. */
  fetchTrackers: (poll: string) => Promise<BoardTrackers>;
  /** Names this log-in: with the next one the terminal is shown the key anew. */
  session?: string;
  /** Pause before a request without an answer is made again, in milliseconds. */
  retryAfter?: number;
}

/** The poll in focus with the identifier of its election; everything kept hangs on that. */
export interface Running {
  poll: PollView;
  uuid: string;
  mine: MyPoll;
}

export type Desk = ReturnType<typeof useDesk>;

/** Call in a component's setup or an effect scope. */
export function useDesk(means: SeatMeans) {
  const { feed, keeping } = means;
  const kept = shallowRef<Kept | null>(null);
  const [setup, encrypting] = [ref<SetupCheck>("pending"), ref(false)];
  const replacing = ref<string | null>(null);
  const [receipts, astray] = [shallowRef(keeping.receipts()), shallowRef<readonly KeptReceipt[]>([])];
  const refusal = shallowRef<Refusal | null>(null);

  const hall = computed(() => feed.state.value?.view.hall ?? null);
  const running = computed<Running | null>(() => {
    const poll = focusedPoll(hall.value);
    return poll?.election_uuid ? { poll, uuid: poll.election_uuid, mine: mine(feed.me.value, poll) } : null;
  });
  const stage = computed(() =>
    stageOf({
      hall: hall.value,
      me: feed.me.value,
      kept: kept.value,
      setup: setup.value,
      encrypting: encrypting.value,
      replacing: replacing.value,
      receipts: receipts.value,
      astray: astray.value,
    }),
  );

  watch(
    () => running.value?.uuid,
    (uuid) => {
      kept.value = uuid ? keeping.of(uuid) : null;
      setup.value = "pending";
      replacing.value = null;
      refusal.value = null;
    },
    { immediate: true, flush: "sync" },
  );

  // Another tab of the same delegate may have kept something: look again whenever the server tells news.
  watch(
    () => running.value?.mine,
    () => running.value && (kept.value = keeping.of(running.value.uuid)),
    { flush: "sync" },
  );

  return {
    ...means,
    hall,
    running,
    kept,
    stage,
    setup,
    encrypting,
    replacing,
    receipts,
    pinned: usePinned(hall, keeping, means.session ?? ""),
    astray, // those whose ballots are not on the closed board
    missing: computed(() => [...new Set([...unreturned(receipts.value, hall.value, feed.me.value), ...astray.value])]),
    refusal,
    show: (value: Refusal): void => void (refusal.value = value),
    /** Reads again what is kept for a poll, after changing it. */
    reload: (uuid: string): void => {
      if (running.value?.uuid === uuid) kept.value = keeping.of(uuid);
    },
    later: useLater(means.retryAfter ?? 2000),
  };
}

/** The keys that this terminal was shown first in this sitting since the log-in, from the first view on. */
function usePinned(hall: ComputedRef<Hall | null>, keeping: Keeping, login: string): ComputedRef<Pinned> {
  const pinned = computed(() => {
    const now = hall.value;
    if (now === null) return { key: null, serverKey: null };
    const { congress, session, sitting } = now.titles;
    const place = [congress, session, sitting, login].join("|");
    return {
      key: now.key === null ? null : keeping.pinned("key", place, now.key),
      serverKey: keeping.pinned("server_key", place, now.server_key),
    };
  });
  watch(pinned, () => undefined, { immediate: true });
  return pinned;
}

function unreturned(receipts: readonly KeptReceipt[], hall: Hall | null, me: Me | null): KeptReceipt[] {
  return hall && me ? missingReceipts(receipts, hall, me) : [];
}

/** Runs actions after a pause; those still waiting are dropped with the scope. */
function useLater(pause: number): (action: () => unknown) => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  onScopeDispose(() => timers.forEach((timer) => clearTimeout(timer)));
  return (action) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, pause);
    timers.add(timer);
  };
}

/** One action that is never started twice at a time; `busy` while it runs, refusals are shown in words. */
export function useAction(desk: Desk) {
  const busy = ref(false);
  async function run(action: () => Promise<unknown>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    desk.refusal.value = null;
    await action()
      .catch((error: unknown) => showRefusal(error, desk.show))
      .finally(() => (busy.value = false));
  }
  return { busy, run };
}
