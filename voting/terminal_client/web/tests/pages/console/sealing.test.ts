/** A box that stays shut, wherever its state is told. */
import { shallowRef } from "vue";
import { describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import type { ConsoleView, PollView } from "@/live/wire.gen";
import AgendaPanel from "@/pages/console/agenda/AgendaPanel.vue";
import PollTitle from "@/pages/console/presiding/PollTitle.vue";
import SealingBody from "@/pages/console/presiding/SealingBody.vue";
import { seatContext } from "@/pages/seat/context";
import AgendaView from "@/pages/seat/parts/AgendaView.vue";
import ScreenTitle from "@/pages/screen/parts/PollTitle.vue";
import PollHead from "@/poll/ballot/PollHead.vue";
import { sampleConsole } from "../../fixtures/console";
import { drawn, onConsole } from "../../fixtures/drawn";
import { RULES } from "../../fixtures/frozen";

const COUNTING = "计票中";
const SHUT = "未开箱";

/** A sealed poll with so many ballots, under rules that ask for five. */
function sealed(returned: number): { poll: PollView; view: ConsoleView } {
  const view = sampleConsole("sealed");
  const [found] = Object.values(view.hall.polls);
  if (found === undefined) throw new Error("there is no poll");
  const poll = { ...found, state: "sealed", secrecy: "secret", medium: "electronic", rules: RULES, returned } as const;
  return { poll, view: { ...view, hall: { ...view.hall, polls: { [poll.id]: poll } } } };
}

describe("the console, between closing and counting", () => {
  it("says that the box stays shut, with both numbers, and shows no count that is under way", async () => {
    const { poll, view } = sealed(4);
    const text = await onConsole(view, SealingBody, { poll, progress: undefined });
    expect(text).toContain("too-few");
    expect(text).toContain(i18n.global.t("console.sealed.tooFew.text", { n: 4, least: 5 }));
    expect(text).not.toContain("released");
  });

  it("shows who has decrypted as soon as there are enough", async () => {
    const { poll, view } = sealed(5);
    const text = await onConsole(view, SealingBody, { poll, progress: undefined });
    expect(text).not.toContain("too-few");
    expect(text).toContain("released");
  });
});

describe.each([
  [4, SHUT, COUNTING],
  [5, COUNTING, SHUT],
])("with %i of five ballots the badge is %s", (returned, shown, other) => {
  const { poll, view } = sealed(returned);
  const told = (text: string): void => {
    expect(text).toContain(shown);
    expect(text).not.toContain(other);
  };

  it("at the console", async () => {
    told(await onConsole(view, AgendaPanel, { hall: view.hall, shown: null }));
    told(await onConsole(view, PollTitle, {}, poll));
  });

  it("on the hall screen and at the seats", async () => {
    told(await drawn(ScreenTitle, { poll, polls: {} }));
    told(await drawn(PollHead, { poll }));
    const seat = { receipts: shallowRef([]) } as unknown as Parameters<typeof seatContext.provide>[0];
    told(await drawn(AgendaView, { hall: view.hall }, () => { seatContext.provide(seat); }));
  });
});
