/** What the pages of chair and scrutineers share: log in with a code, hold the feed, ask things, show refusals. */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { Refusal, showRefusal } from "./refusal";
import { currentSession, endSession, logIn, takeCodeFromAddress, type PageKind } from "./session";
import { openFeed, type Connection, type Feed, type Send } from "./socket";
import type { LoggedIn, Me, Requests, Views } from "./wire.gen";

export type { Send };

/** Sends a request; a refusal is shown and answered with null. */
export type Ask = <Name extends keyof Requests>(
  name: Name,
  payload: Requests[Name]["request"],
) => Promise<Requests[Name]["reply"] | null>;

export interface StaffPage<View> {
  readonly session: ShallowRef<LoggedIn | null>;
  readonly view: ComputedRef<View | null>;
  readonly me: ComputedRef<Me | null>;
  readonly connection: ComputedRef<Connection | undefined>;
  /** Server clock minus this device's clock, in milliseconds. */
  readonly offset: ComputedRef<number>;
  /** The latest refusal of a log-in or a request; cleared by the next attempt. */
  readonly refusal: ShallowRef<Refusal | null>;
  /** Whether a log-in or a request is under way. */
  readonly busy: Ref<boolean>;
  enter(code: string): Promise<void>;
  leave(): void;
  readonly ask: Ask;
  /** Sends a request quietly; raises Refusal, for the caller to show where it belongs. */
  readonly send: Send;
}

/** Call in a component's setup; the feed closes with the component. */
export function useStaffPage<Page extends PageKind>(page: Page): StaffPage<Views[Page]> {
  const session = shallowRef<LoggedIn | null>(currentSession(page));
  const feed = shallowRef<Feed<Views[Page]> | null>(null);
  const refusal = shallowRef<Refusal | null>(null);
  const busy = ref(false);

  function follow(current: LoggedIn | null): void {
    feed.value?.close();
    feed.value = current ? openFeed({ token: current.token, audience: page }) : null;
  }

  function leave(): void {
    endSession(page);
    session.value = null;
  }

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

  async function enter(code: string): Promise<void> {
    session.value = (await attempt(() => logIn(page, code))) ?? session.value;
  }

  const send: Send = async (name, payload) => {
    if (!feed.value) throw new Refusal("no_answer");
    return feed.value.request(name, payload);
  };

  watch(session, follow, { immediate: true });
  watch(
    () => feed.value?.refused.value ?? null,
    (refused) => {
      if (refused === null) return;
      leave();
      refusal.value = refused;
    },
  );
  onBeforeUnmount(() => feed.value?.close());

  const code = takeCodeFromAddress();
  if (code !== null) void enter(code);

  return {
    session,
    view: computed(() => feed.value?.state.value?.view ?? null),
    me: computed(() => feed.value?.me.value ?? null),
    connection: computed(() => feed.value?.connection.value),
    offset: computed(() => feed.value?.state.value?.offset ?? 0),
    refusal,
    busy,
    enter,
    leave,
    ask: (name, payload) => attempt(async () => (await feed.value?.request(name, payload)) ?? null),
    send,
  };
}
