/** What every page with a log-in shares: log in with a code, hold the feed, ask things, show refusals. */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { provideClock } from "@/kit/clock";
import type { Connection } from "@/kit/connection";
import { contextOf, type Context } from "@/kit/context";
import { Refusal, showRefusal } from "./refusal";
import { currentSession, endSession, logIn, takeCodeFromAddress, type PageKind } from "./session";
import { openFeed, type Feed, type Send } from "./socket";
import type { LoggedIn, Requests, Views } from "./wire.gen";

export type { Send };

/** Sends a request; a refusal is shown and answered with null. */
export type Ask = <Name extends keyof Requests>(
  name: Name,
  payload: Requests[Name]["request"],
) => Promise<Requests[Name]["reply"] | null>;

/** A page as its parts know it. */
export interface Page<View> {
  /** The whole view of the page's audience. Parts are drawn once there is one. */
  readonly view: Readonly<Ref<View>>;
  readonly connection: Readonly<Ref<Connection>>;
  /** The session's token; it goes in a header, never in an address. */
  readonly token: Readonly<Ref<string>>;
  /** The latest refusal of a log-in or a request; cleared by the next attempt. */
  readonly refusal: ShallowRef<Refusal | null>;
  /** Whether a log-in or a request is under way. */
  readonly busy: Readonly<Ref<boolean>>;
  readonly ask: Ask;
  /** Sends a request quietly; raises Refusal, for the caller to show where it belongs. */
  readonly send: Send;
}

export interface PageSession<View> extends Page<View> {
  /** Whose words and session these are. */
  readonly name: PageKind;
  readonly session: ShallowRef<LoggedIn | null>;
  readonly feed: ShallowRef<Feed<View> | null>;
  /** Whether there is something to draw: somebody is logged in, and the first snapshot has come. */
  readonly ready: ComputedRef<boolean>;
  enter(code: string): Promise<void>;
  leave(): void;
}

/** The context of a page. */
export function pageContext<Kind extends PageKind>(page: Kind): Context<Page<Views[Kind]>> {
  return contextOf<Page<Views[Kind]>>(`${page} page`);
}

/** One piece of work at a time is shown as busy; its refusal is shown, every other error goes on. */
function useAttempt() {
  const refusal = shallowRef<Refusal | null>(null);
  const busy = ref(false);
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    refusal.value = null;
    busy.value = true;
    try {
      return await work();
    } catch (error) {
      showRefusal(error, (shown) => (refusal.value = shown));
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { refusal, busy, attempt };
}

/** The feed of whoever is logged in; it closes with the session and with the component. */
function useFeed<Kind extends PageKind>(session: ShallowRef<LoggedIn | null>, page: Kind): ShallowRef<Feed<Views[Kind]> | null> {
  const feed = shallowRef<Feed<Views[Kind]> | null>(null);
  function follow(current: LoggedIn | null): void {
    feed.value?.close();
    feed.value = current ? openFeed({ token: current.token, audience: page }) : null;
  }
  watch(session, follow, { immediate: true });
  onBeforeUnmount(() => feed.value?.close());
  return feed;
}

/** Call in the setup of a page's root. A code in the address logs in whoever opened it, instead of the last one. */
export function usePageSession<Kind extends PageKind>(page: Kind): PageSession<Views[Kind]> {
  const code = takeCodeFromAddress();
  if (code !== null) endSession(page);
  const session = shallowRef<LoggedIn | null>(currentSession(page));
  const feed = useFeed(session, page);
  const { refusal, busy, attempt } = useAttempt();
  const latest = computed(() => feed.value?.state.value ?? null);
  provideClock(computed(() => latest.value?.offset ?? 0));

  function leave(): void {
    endSession(page);
    session.value = null;
  }

  async function enter(given: string): Promise<void> {
    session.value = (await attempt(() => logIn(page, given))) ?? session.value;
  }

  watch(
    () => feed.value?.refused.value ?? null,
    (refused) => {
      if (refused === null) return;
      leave();
      refusal.value = refused;
    },
  );
  if (code !== null) void enter(code);

  return {
    name: page,
    session,
    feed,
    ready: computed(() => session.value !== null && latest.value !== null),
    // Whoever logs out leaves the last view to the parts that are just going.
    view: computed<Views[Kind]>((last) => latest.value?.view ?? (last as Views[Kind])),
    connection: computed(() => feed.value?.connection.value ?? "connecting"),
    token: computed(() => session.value?.token ?? ""),
    refusal,
    busy,
    enter,
    leave,
    ask: (name, payload) => attempt(async () => (await feed.value?.request(name, payload)) ?? null),
    send: async (name, payload) => {
      if (!feed.value) throw new Refusal("no_answer");
      return feed.value.request(name, payload);
    },
  };
}
