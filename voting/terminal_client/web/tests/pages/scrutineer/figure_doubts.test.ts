import { createSSRApp, h, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it, vi } from "vitest";

import { i18n } from "@/kit/words";
import HandCountEntry from "@/pages/scrutineer/by_hand/HandCountEntry.vue";
import HandCountForm from "@/pages/scrutineer/by_hand/HandCountForm.vue";
import { doubtsAbout, draftOf, problemsOf } from "@/pages/scrutineer/by_hand/hand_count";
import type { HandCount } from "@/live/wire.gen";
import { countedByHand, PLAIN_PROGRESS } from "../../fixtures/frozen";
import { evaluation } from "../../fixtures/kinds";

vi.mock("@/pages/scrutineer/by_hand/HandCountWitnesses.vue", () => ({ default: { render: () => null } }));

const poll = countedByHand(evaluation("closed", 3, 3));
const [first, second, third] = poll.options.map(({ id }) => id) as [string, string, string];
const progress = { ...PLAIN_PROGRESS, hand_count: "missing" as const };

/** 231 papers of which 222 are valid, as in 宁海 2021; the second subject's levels add up to so many. */
function entry(sum: number): HandCount {
  const levels = { [first]: [200, 20, 2], [second]: [sum - 27, 27, 0], [third]: [180, 40, 2] };
  const figures = { issued: 231, returned: 231, valid: 222, void: 9, votes: {}, against: {}, abstain: {}, levels, write_ins: [] };
  const who = { entered_by: { index: 1, name: "示例监票人甲" }, confirmed_by: null, entered_at: 0 };
  return { figures, method: "paper", reason: "示例：纸质测评票", ...who } as unknown as HandCount;
}

const doubt = (count: HandCount): unknown[] => doubtsAbout(poll, count.figures).map(({ total, most }) => [total, most]);

describe("subjects with far fewer marks than another", () => {
  it("are doubted below nine tenths, and may be sent all the same", () => {
    expect([122, 199, 200, 222].map((sum) => doubt(entry(sum)))).toEqual([[[122, 222]], [[199, 222]], [], []]);
    expect(problemsOf({ ...poll, limit: null }, draftOf(poll, entry(122)), progress)).toEqual([]);
  });

  it("are pointed out to who enters the figures and to who confirms them", async () => {
    const title = poll.options[1]?.title ?? "";
    const said = `请核对：${title} 各档合计 122 票，比同一张票上最多的 222 票少一成以上`;
    for (const [sum, shown] of [[122, true], [200, false]] as const) {
      const model = { modelValue: draftOf(poll, entry(sum)), correcting: false, busy: false, progress };
      const drawn = [h(HandCountForm as Component, { poll, ...model }), h(HandCountEntry, { poll, entry: entry(sum) })];
      for (const part of drawn) {
        const page = await renderToString(createSSRApp({ render: () => part }).use(i18n));
        expect(page.includes(said)).toBe(shown);
      }
    }
  });
});
