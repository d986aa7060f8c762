/**
 * What every poll was opened with, looked at by this terminal itself as soon as it is open, and held against the keys
 * that it knows: before the first ballot a wrong one is an alarm to this scrutineer, and through the server to everybody.
 */
import { computed, onScopeDispose, shallowRef, watch, type Ref } from "vue";

import { Refusal } from "@/live/refusal";
import type { Alarm, PollSetup, PollView } from "@/live/wire.gen";
import { utf8 } from "@/tally/bytes";
import { TallyError } from "@/tally/errors";
import type { Terminal } from "../context";
import type { PinnedKeys } from "./own_keys";

export type Finding = Alarm | "passed" | null;

export interface Setups {
  /** What was found of a poll; null while it is not open, or not looked at yet. */
  of(poll: PollView): Finding;
}

type Means = Pick<Terminal, "view" | "send" | "tally" | "fetchSetup">;

/** What a setup is held against. `trustees`: null before the ceremony, when recorded polls may be open already. */
type KnownKeys = Pick<PinnedKeys, "serverKey"> & { readonly trustees: string | null };

const OPENED: readonly PollView["state"][] = ["open", "closed", "sealed", "counted", "confirmed"];
const NOT_HEARD: readonly Refusal["code"][] = ["poll_not_open", "poll_already_ended"];

/** What is wrong with the documents of a poll, or that they are right. Throws Refusal where they cannot be had. */
async function inspectSetup(
  { tally }: Pick<Means, "tally">,
  poll: PollView,
  setup: PollSetup,
  keys: KnownKeys,
): Promise<Alarm | "passed"> {
  const { election, trustees, credentials, fingerprint } = setup;
  const documents = { election: utf8(election), trustees: utf8(trustees), credentials: utf8(credentials) };
  const found = await tally.call("checkSetup", documents).catch((error: unknown) => {
    if (error instanceof TallyError) return null;
    throw error;
  });
  if (found === null || found.fingerprint !== fingerprint || fingerprint !== poll.fingerprint) return "setup";
  if (found.recorded !== (poll.secrecy === "recorded")) return "setup";
  if (!found.recorded && trustees !== keys.trustees) return "key"; // which is the election's, or the setup does not hold
  return found.serverKey === keys.serverKey ? "passed" : "server_key";
}

/** Call once per logged-in scrutineer. */
export function useSetups(means: Means, pinned: Readonly<Ref<PinnedKeys | null>>, retryAfter = 2000): Setups {
  const { view, send, fetchSetup } = means;
  const found = shallowRef<ReadonlyMap<string, Alarm | "passed">>(new Map());
  const begun = new Set<string>();
  const later = useLater(retryAfter);
  const shownFirst: KnownKeys = { trustees: null, serverKey: view.value.hall.server_key };
  const nameOf = ({ id, fingerprint }: PollView): string => `${id} ${fingerprint ?? ""}`;
  const opened = computed(() =>
    Object.values(view.value.hall.polls).filter(({ state, fingerprint }) => fingerprint !== null && OPENED.includes(state)),
  );

  async function raise(poll: string, alarm: Alarm): Promise<void> {
    try {
      await send("raise_alarm", { poll, alarm });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!NOT_HEARD.includes(error.code)) later(() => void raise(poll, alarm));
    }
  }

  async function look(poll: PollView, keys: KnownKeys): Promise<void> {
    try {
      const finding = await inspectSetup(means, poll, await fetchSetup(poll.id), keys);
      found.value = new Map([...found.value, [nameOf(poll), finding]]);
      if (finding !== "passed") await raise(poll.id, finding);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      later(() => void look(poll, keys));
    }
  }

  watch([opened, pinned], ([polls, keys]) => {
    for (const poll of polls) {
      if (begun.has(nameOf(poll)) || (keys === null && poll.secrecy !== "recorded")) continue;
      begun.add(nameOf(poll));
      void look(poll, keys ?? shownFirst);
    }
  }, { immediate: true });

  return { of: (poll) => found.value.get(nameOf(poll)) ?? null };
}

function useLater(pause: number): (action: () => void) => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  onScopeDispose(() => timers.forEach((timer) => clearTimeout(timer)));
  return (action) => {
    const timer = setTimeout(() => (timers.delete(timer), action()), pause);
    timers.add(timer);
  };
}
