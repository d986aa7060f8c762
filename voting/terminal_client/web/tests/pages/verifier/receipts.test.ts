/** A receipt that was honoured is shown by the six words under which its owner knows it, and its place on the board. */
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { expect, it } from "vitest";

import { fingerprintWords } from "@/kit/fingerprints";
import { i18n } from "@/kit/words";
import HonouredReceipts from "@/pages/verifier/HonouredReceipts.vue";
import { honoured, MOST_SHOWN } from "@/pages/verifier/receipts";

const tracker = (n: number): string => String(n).padStart(42, "A") + "A";
const receipt = (height: number): object => ({ version: 1, tracker: tracker(height), height, signature: "" });

it("is shown in words with its place, and the hex behind a tap", async () => {
  const text = (await renderToString(createSSRApp({ render: () => h(HonouredReceipts, { receipts: [receipt(7)] }) }).use(i18n)));
  const words = fingerprintWords(tracker(7), 6).map(({ text: word }, at) => `${at + 1}${word}`).join("");
  expect(text.replace(/<[^>]*>/g, "")).toContain(words);
  expect(text).toContain("票箱第 7 号");
  expect(text).toContain("<details");
});

it("stands once, in the order of the board; what is more than a person reads is counted", () => {
  expect(honoured([receipt(3), receipt(1), receipt(3)]).shown.map(({ height }) => height)).toEqual([1, 3]);
  const many = honoured(Array.from({ length: MOST_SHOWN + 2 }, (_, n) => receipt(n)));
  expect([many.shown.length, many.more]).toEqual([MOST_SHOWN, 2]);
  expect(honoured([]).more).toBe(0);
});
