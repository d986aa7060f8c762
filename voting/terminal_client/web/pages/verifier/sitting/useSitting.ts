/** The verification of a whole sitting on the page: how far it is, and what was found. */
import { computed, shallowRef } from "vue";

import type { Call } from "./checks";
import { sittingVerdict, statesOf, type Reached } from "./lines";
import { verifySitting, type SittingFound } from "./verification";

export function useSitting(call: Call) {
  const found = shallowRef<SittingFound | null>(null);
  const reached = shallowRef<Reached | null>(null);

  function forget(): void {
    found.value = null;
    reached.value = null;
  }

  async function verify(data: Uint8Array, receipts: readonly unknown[]): Promise<void> {
    found.value = await verifySitting(call, data, receipts, (check, done, total) => {
      reached.value = { check, done, total };
    });
  }

  const states = computed(() => statesOf(reached.value, found.value));
  const verdict = computed(() => sittingVerdict(reached.value, found.value));
  return { found, states, verdict, forget, verify };
}
