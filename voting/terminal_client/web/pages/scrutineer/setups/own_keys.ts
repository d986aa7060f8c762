/**
 * The keys that this terminal knows by itself: the trustees document that it assembled from the ceremony's messages, and
 * the key of receipts that it was shown first. Kept across reloads for as long as the device keeps the share whose
 * message is among them; whoever changes the document on the device cannot put another key in this scrutineer's place,
 * which the opened share would not fit. After the ceremony nothing of them is taken from the server's view again.
 */
import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import type { Alarm } from "@/live/wire.gen";
import { fromUtf8, utf8 } from "@/tally/bytes";
import { TallyError } from "@/tally/errors";
import { roundMessages, roundsOf, type Kept, type Stage } from "../ceremony/ceremony";
import type { Terminal } from "../context";
import { placeOf, type Cupboard } from "../keeping";
import { planOf } from "../shares";

/** What is kept. `message`: this scrutineer's last one of the ceremony; `publicKey`: what ballots are encrypted to. */
export interface PinnedKeys {
  readonly message: string;
  readonly trustees: string;
  readonly publicKey: string;
  readonly serverKey: string;
}

export interface OwnKeys {
  /** Null before the ceremony is complete, and on a device that does not hold the share. */
  readonly pinned: ComputedRef<PinnedKeys | null>;
  /** What the server shows otherwise than this terminal knows it; null while nothing. */
  readonly contradicted: ComputedRef<Alarm | null>;
}

type Means = Pick<Terminal, "view" | "index" | "tally" | "cupboard">;

function readPinned(cupboard: Cupboard, place: string): PinnedKeys | null {
  const text = cupboard.getItem(place);
  return text === null ? null : (JSON.parse(text) as PinnedKeys);
}

/** The document that the messages of the ceremony make, of which `message`, posted by this terminal, is one. Throws TallyError. */
async function assemble({ view, tally }: Means, message: string): Promise<Omit<PinnedKeys, "serverKey">> {
  const now = view.value;
  const single = roundsOf(now).length === 1;
  const [certificates, dealings] = single ? [[], []] : [roundMessages(now, 1), roundMessages(now, 2)];
  const raw = await tally.call("assembleTrustees", { plan: planOf(now), certificates, dealings, verificationKeys: roundMessages(now, 3) });
  const trustees = fromUtf8(raw);
  return { message, trustees, publicKey: await tally.call("electionKey", { group: now.hall.group, trustees: utf8(trustees) }) };
}

/** Call once per logged-in scrutineer. */
export function useOwnKeys(means: Means, stage: Readonly<Ref<Stage>>, kept: Readonly<Ref<Kept | null>>): OwnKeys {
  const { view, index, cupboard } = means;
  const place = `${placeOf(view.value.hall.titles, index)}.keys`;
  const serverKey = view.value.hall.server_key;
  const held: ShallowRef<PinnedKeys | null> = shallowRef(readPinned(cupboard, place));
  const unmade = shallowRef(false);
  const pinned = computed(() => (held.value !== null && held.value.message === kept.value?.message ? held.value : null));

  async function pin(message: string): Promise<void> {
    try {
      const found = { ...(await assemble(means, message)), serverKey };
      cupboard.setItem(place, JSON.stringify(found));
      held.value = found;
    } catch (error) {
      if (!(error instanceof TallyError)) throw error;
      unmade.value = true;
    }
  }
  const wanted = (): string | null => {
    const over = stage.value.kind === "assembling" || stage.value.kind === "complete";
    return over && pinned.value === null ? (kept.value?.message ?? null) : null;
  };
  watch(wanted, (message) => message !== null && void pin(message), { immediate: true });

  const contradicted = computed<Alarm | null>(() => {
    const { trustees, hall } = view.value;
    const own = pinned.value;
    if (own === null) return unmade.value ? "key" : hall.server_key === serverKey ? null : "server_key";
    const isOurs = (trustees ?? own.trustees) === own.trustees && (hall.key ?? own.publicKey) === own.publicKey;
    if (!isOurs) return "key";
    return hall.server_key === own.serverKey ? null : "server_key";
  });
  return { pinned, contradicted };
}
