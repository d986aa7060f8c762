/** What a scrutineer compares with the hall at the end of the ceremony is what the own terminal made. */
import { computed, createSSRApp, h, ref, shallowRef, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { expect, it } from "vitest";

import { fingerprintWords, keyFingerprint } from "@/kit/fingerprints";
import { i18n } from "@/kit/words";
import CeremonyPanel from "@/pages/scrutineer/ceremony/CeremonyPanel.vue";
import { ceremonyContext, keysContext, terminalContext } from "@/pages/scrutineer/context";
import { sampleView } from "../../fixtures/scrutineer";

type Given<Context extends { provide: (value: never) => void }> = Parameters<Context["provide"]>[0];

/** The panel after the ceremony, where the server shows one key and the terminal made another. */
function panel(shown: string, made: string): Component {
  return {
    setup() {
      const view = sampleView();
      const hall = { ...view.hall, key: shown };
      terminalContext.provide({ view: ref({ ...view, hall }), busy: ref(false) } as unknown as Given<typeof terminalContext>);
      const stage = computed(() => ({ kind: "complete" }));
      const none = { kept: shallowRef(null), busy: ref(false), problem: shallowRef(null), unlocked: ref(false) };
      ceremonyContext.provide({ ...none, stage, fingerprintOf: async () => "" } as unknown as Given<typeof ceremonyContext>);
      keysContext.provide({ pinned: computed(() => ({ publicKey: made })) } as unknown as Given<typeof keysContext>);
      return () => h(CeremonyPanel);
    },
  };
}

it("has the words of the key that this terminal assembled, whatever the server shows", async () => {
  const text = (await renderToString(createSSRApp(panel("shown", "made")).use(i18n))).replace(/<[^>]*>/g, "");
  const first = (key: string): string => {
    const words = fingerprintWords(keyFingerprint(key), 2).map(({ text: word }, at) => `${at + 1}${word}`);
    return words.join("");
  };
  expect(text).toContain(first("made"));
  expect(text).not.toContain(first("shown"));
});
