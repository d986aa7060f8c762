import { createSSRApp, h, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { afterEach, describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import DeviationNote from "@/poll/kinds/DeviationNote.vue";
import PollMarks from "@/poll/kinds/PollMarks.vue";
import PollTitle from "@/pages/screen/parts/PollTitle.vue";
import AnnouncedView from "@/pages/seat/parts/AnnouncedView.vue";
import type { PollView, Ruleset } from "@/live/wire.gen";
import { motion } from "../fixtures/hall";

const said = /采用的规则与地方组织法第十四条第四款、地方组织法第二十五条不一致/;

async function drawn(part: Component, deviates: Ruleset["deviates"]): Promise<string> {
  const poll: PollView = { ...motion("announced"), rules: { ...motion("announced").rules, deviates } };
  return renderToString(createSSRApp({ render: () => h(part, { poll, rules: poll.rules, polls: {}, receipt: null }) }).use(i18n));
}

afterEach(() => void ((i18n.global.locale as unknown as { value: string }).value = "zh"));

describe("rules that set articles of the law aside", () => {
  it.each([
    ["by itself", DeviationNote],
    ["over a poll at seat and console", PollMarks],
    ["over a poll on the screen", PollTitle],
    ["with an announced result", AnnouncedView],
  ] as [string, Component][])("say so %s", async (_, part) => {
    expect(await drawn(part, ["组 14", "组 25"])).toMatch(said);
    for (const nothing of [[], undefined]) expect(await drawn(part, nothing as Ruleset["deviates"])).not.toContain("deviation");
  });

  it("say it in English", async () => {
    (i18n.global.locale as unknown as { value: string }).value = "en";
    expect(await drawn(DeviationNote, ["选 31"])).toContain("deviate from art. 31 para. 2 of the Electoral Law");
  });
});
