/** The fingerprint of a complete round's messages, for reading aloud. */
import { ref, toValue, watch, type MaybeRefOrGetter, type Ref } from "vue";

import { ceremonyFingerprint } from "@/shared/tally/ceremony";
import { ready } from "@/shared/tally/sodium";
import type { ScrutineerView } from "@/shared/wire.gen";
import { missingIn, roundMessages, type Round } from "./ceremony";

/** Empty until the round is complete and the hash is made. */
export function useRoundFingerprint(
  view: () => ScrutineerView,
  round: MaybeRefOrGetter<Round | null>,
): Ref<string> {
  const fingerprint = ref("");
  watch(
    [() => toValue(round), () => view().messages],
    async () => {
      const current = toValue(round);
      if (current === null || missingIn(view(), current).length > 0) {
        fingerprint.value = "";
        return;
      }
      const messages = roundMessages(view(), current);
      await ready();
      fingerprint.value = ceremonyFingerprint(messages);
    },
    { immediate: true },
  );
  return fingerprint;
}
