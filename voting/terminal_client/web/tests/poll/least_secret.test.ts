import { describe, expect, it } from "vitest";

import { leastSecret, staysShut } from "@/poll/kinds/least_secret";
import { wantsAttention } from "@/pages/scrutineer/polls";
import type { PollView } from "@/live/wire.gen";
import { sampleMotion } from "../fixtures/console";
import { asking } from "../fixtures/frozen";

const sealed = (more: Partial<PollView> = {}): PollView => ({ ...sampleMotion("sealed"), rules: asking(5), returned: 4, ...more });

describe("the least number of secret ballots", () => {
  it("is that of the rules, where anything is decrypted", () => {
    expect(leastSecret(sealed())).toBe(5);
    expect(leastSecret(sealed({ medium: "mixed" }))).toBe(5);
    expect(leastSecret(sealed({ secrecy: "recorded" }))).toBe(0);
    expect(leastSecret(sealed({ medium: "by_hand" }))).toBe(0);
    expect(leastSecret(sealed({ rules: asking() }))).toBe(0);
  });

  it("keeps a sealed box shut below it, for which no scrutineer is waited", () => {
    expect([staysShut(sealed()), wantsAttention(sealed(), undefined)]).toEqual([true, false]);
    expect([staysShut(sealed({ returned: 5 })), wantsAttention(sealed({ returned: 5 }), undefined)]).toEqual([false, true]);
    expect(staysShut(sealed({ state: "open" }))).toBe(false);
    expect(staysShut(sealed({ returned: null }))).toBe(false);
  });
});
