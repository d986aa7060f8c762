import { renderToString } from "vue/server-renderer";
import { createSSRApp, h } from "vue";
import { afterEach, describe, expect, it } from "vitest";

import { ONE_SIDE_FIXED } from "@/kit/fingerprints";
import { FingerprintWords } from "@/kit/ui";
import { i18n } from "@/kit/words";

const VALUE = "00".repeat(32);

async function drawn(given: { value: string; count?: number; bare?: boolean }): Promise<string> {
  return renderToString(createSSRApp({ render: () => h(FingerprintWords, given) }).use(i18n));
}

const text = (html: string): string => html.replace(/<!--.*?-->|<[^>]*>/g, " ").replace(/\s+/g, " ").trim();

afterEach(() => void ((i18n.global.locale as unknown as { value: string }).value = "zh"));

describe("a fingerprint on a page", () => {
  it("is twelve words with their places, the value behind a tap", async () => {
    const html = await drawn({ value: VALUE });
    const [words = "", behind = ""] = html.split("<details");
    expect(text(words)).toMatch(/^1 葡萄 2 花边 3 钢针 4 虾饺 5 栅栏 6 长江 7 墙角 8 线团 9 茶花 10 火腿 11 铜锣 12 海景/);
    expect(behind).toContain("0000 ".repeat(15) + "0000");
    expect(html).toContain(`data-value="${VALUE}"`);
  });

  it("stands in lines of four", async () => {
    expect((await drawn({ value: VALUE })).split('class="four"')).toHaveLength(4);
  });

  it("is six words where one side is fixed", async () => {
    expect(text(await drawn({ value: VALUE, count: ONE_SIDE_FIXED, bare: true }))).toBe("1 葡萄 2 花边 3 钢针 4 虾饺 5 栅栏 6 长江");
  });

  it("has the pinyin below in English, and the same words", async () => {
    (i18n.global.locale as unknown as { value: string }).value = "en";
    expect(text(await drawn({ value: VALUE }))).toContain("1 葡萄 pú tao 2 花边 huā biān");
    expect(text(await drawn({ value: VALUE, bare: true }))).not.toContain("pú tao");
  });

  it("is shown as it is where it is no fingerprint", async () => {
    expect(text(await drawn({ value: "abcdef" }))).toBe("abcd ef");
  });
});
