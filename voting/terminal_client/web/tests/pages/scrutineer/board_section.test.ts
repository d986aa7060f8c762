/** A sealed box is checked against the keys that this terminal assembled, whatever the server shows. */
import { computed, ref, shallowRef } from "vue";
import { expect, it, vi } from "vitest";

import { ceremonyContext, keysContext, terminalContext, type Terminal } from "@/pages/scrutineer/context";
import BoardSection from "@/pages/scrutineer/board/BoardSection.vue";
import type * as board from "@/pages/scrutineer/board/useBoard";
import { useBoard } from "@/pages/scrutineer/board/useBoard";
import PollCard from "@/pages/scrutineer/PollCard.vue";
import { pollContext } from "@/poll/context";
import { samplePoll } from "../../fixtures/console";
import { drawn } from "../../fixtures/drawn";
import { RULES } from "../../fixtures/frozen";
import { sampleView } from "../../fixtures/scrutineer";

type Given<Context extends { provide: (value: never) => void }> = Parameters<Context["provide"]>[0];

vi.mock("@/pages/scrutineer/board/useBoard", async (original) => {
  const { useBoard: real } = await original<typeof board>();
  return { useBoard: vi.fn(real) };
});

const poll = samplePoll("sealed", { fingerprint: "0".repeat(64) });
const pinned = shallowRef<{ readonly trustees: string } | null>(null);

function section(): void {
  const view = ref({ ...sampleView(), trustees: "shown by the server", progress: {} });
  terminalContext.provide({ view, index: 2, cupboard: new Map() } as unknown as Given<typeof terminalContext>);
  const stage = computed(() => ({ kind: "complete" }));
  ceremonyContext.provide({ kept: shallowRef(null), problem: ref(null), stage } as unknown as Given<typeof ceremonyContext>);
  keysContext.provide({ pinned, of: () => null } as unknown as Given<typeof keysContext>);
  pollContext.provide(shallowRef(poll));
}

it("is not there for a box that stays shut, and nothing says that it is counted", async () => {
  const shut = { ...poll, rules: RULES, returned: 4, issued: 4 };
  const text = await drawn(PollCard, { poll: shut }, section);
  expect(text).toContain("too-few");
  expect(text).toContain("未开箱");
  expect(text).not.toContain("计票中");
  expect(text).not.toContain("check-board-");
});

it("hands the pinned document to what checks the board, and nothing before there is one", async () => {
  const html = await drawn(BoardSection, {}, section);
  expect(html).toContain(`check-board-${poll.id}`);
  const [means, about] = vi.mocked(useBoard).mock.lastCall ?? [];
  expect(about?.()).toEqual(poll);
  expect(means).toMatchObject({ index: 2 } satisfies Partial<Terminal>);
  expect(means?.trustees.value).toBeNull();
  pinned.value = { trustees: "assembled here" };
  expect(means?.trustees.value).toBe("assembled here");
});
