/** The fingerprint of a complete round's messages, for reading aloud. */
import { ref, toValue, watch, type MaybeRefOrGetter, type Ref } from "vue";

import type { ScrutineerView } from "@/live/wire.gen";
import { missingIn, roundMessages, type Round } from "./ceremony";

/** Empty until the round is complete and the hash is made. */
export function useRoundFingerprint(
  view: () => ScrutineerView,
  round: MaybeRefOrGetter<Round | null>,
  fingerprintOf: (messages: readonly unknown[]) => Promise<string>,
): Ref<string> {
  const fingerprint = ref("");
  watch(
    [() => toValue(round), () => view().messages],
    async (_now, _before, onCleanup) => {
      let current = true;
      onCleanup(() => (current = false));
      const compared = toValue(round);
      const complete = compared !== null && missingIn(view(), compared).length === 0;
      if (!complete) fingerprint.value = "";
      else {
        const found = await fingerprintOf(roundMessages(view(), compared));
        if (current) fingerprint.value = found;
      }
    },
    { immediate: true },
  );
  return fingerprint;
}
