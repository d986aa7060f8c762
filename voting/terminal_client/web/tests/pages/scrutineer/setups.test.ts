/** A scrutineer's terminal looks by itself at what every poll was opened with, and knows its own keys. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, shallowRef, type EffectScope, type ShallowRef } from "vue";

import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { Alarm, PollSetup, PollView, ScrutineerView } from "@/live/wire.gen";
import { stageOf, type Kept, type Stage } from "@/pages/scrutineer/ceremony/ceremony";
import type { Bundle, Cupboard } from "@/pages/scrutineer/keeping";
import { useOwnKeys, type OwnKeys } from "@/pages/scrutineer/setups/own_keys";
import { useSetups, type Setups } from "@/pages/scrutineer/setups/useSetups";
import { ready } from "@/tally/groups/sodium";
import type { TallyClient } from "@/tally/worker/client";
import { separateClient } from "../../fixtures/clients";
import { SERVER_KEY } from "../../fixtures/frozen";
import { assembled, holdRounds, openMotion, sampleView, type OpenedPoll } from "../../fixtures/scrutineer";
import { OK } from "../../fixtures/shuffled";
import { STRICT } from "../../tally/samples";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let tally: TallyClient;
let bundles: readonly Bundle[];
/** After the ceremony, and after another one of the same persons. */
let ours: ScrutineerView;
let theirs: ScrutineerView;
let scope: EffectScope;
let places: Map<string, string>;
let view: ShallowRef<ScrutineerView>;
let served: PollSetup | Refusal;
let alarms: Alarm[];
/** How often a setup was asked for. */
let asked: number;
let send: Send;

beforeAll(async () => {
  await ready();
  tally = await separateClient();
  const held = await holdRounds(tally, sampleView(), 3);
  bundles = held.bundles;
  ours = withKey(assembled(held.view), "");
  ours = withKey(ours, await keyOf(ours));
  theirs = assembled((await holdRounds(tally, sampleView(), 3)).view);
  theirs = withKey(theirs, await keyOf(theirs));
});

const withKey = (of: ScrutineerView, key: string): ScrutineerView => ({ ...of, hall: { ...of.hall, key } });
const keyOf = ({ hall, trustees }: ScrutineerView): Promise<string> =>
  tally.call("electionKey", { group: hall.group, trustees: new TextEncoder().encode(trustees ?? "") });

beforeEach(() => {
  scope = effectScope();
  places = new Map();
  alarms = [];
  asked = 0;
  view = shallowRef(ours);
  send = async (name, payload) => {
    if (name === "raise_alarm") alarms.push((payload as { alarm: Alarm }).alarm);
    return OK;
  };
});
afterEach(() => scope.stop());

const cupboard: Cupboard = {
  getItem: (key) => places.get(key) ?? null,
  setItem: (key, value) => void places.set(key, value),
  removeItem: (key) => void places.delete(key),
};

interface Page extends OwnKeys, Setups {
  readonly settled: () => Promise<void>;
}

/** Scrutineer 2's page, freshly loaded on the device. */
function load(message = bundles[1]?.message ?? ""): Page {
  const kept = shallowRef<Kept>({ index: 2, round: 3, sealed: "", message, backedUp: true });
  const stage = shallowRef<Stage>(stageOf(view.value, 2, kept.value));
  const fetchSetup = async (): Promise<PollSetup> => {
    asked += 1;
    if (served instanceof Refusal) throw served;
    return served;
  };
  const page = scope.run(() => {
    const own = useOwnKeys({ view, index: 2, tally, cupboard }, stage, kept);
    return { ...own, ...useSetups({ view, send, tally, fetchSetup }, own.pinned, 1) };
  });
  if (!page) throw new Error("the scope is not active");
  return { ...page, settled: () => vi.waitFor(() => expect(page.pinned.value).not.toBeNull()) };
}

/** The server shows this poll as open, and serves `setup` as what it was opened with. */
function open({ view: shown, poll, setup }: OpenedPoll, more: Partial<PollView> = {}, answer: PollSetup | Refusal = setup): PollView {
  served = answer;
  const opened = { ...poll, fingerprint: setup.fingerprint, ...more };
  view.value = { ...view.value, hall: { ...view.value.hall, polls: { ...shown.hall.polls, [poll.id]: opened } } };
  return opened;
}

async function findingOf(page: Page, poll: PollView): Promise<string> {
  await vi.waitFor(() => expect(page.of(poll)).not.toBeNull());
  return page.of(poll) ?? "";
}

describe("what a poll was opened with", () => {
  it("passes where it holds the scrutineers' key and the server's, and nobody is alarmed", async () => {
    const page = load();
    await page.settled();
    expect(await findingOf(page, open(openMotion(ours)))).toBe("passed");
    expect([alarms, page.contradicted.value]).toEqual([[], null]);
  });

  it("is an alarm where it is another key, although everything in it holds and the view agrees", async () => {
    const page = load();
    await page.settled();
    view.value = { ...view.value, trustees: theirs.trustees };
    expect(await findingOf(page, open(openMotion(theirs)))).toBe("key");
    expect(alarms).toEqual(["key"]);
    expect(page.contradicted.value).toBe("key");
  });

  it.each<[string, Alarm, (right: OpenedPoll) => [OpenedPoll, Partial<PollView>?]]>([
    ["another key of receipts", "server_key", () => [openMotion(ours, STRICT.replace(SERVER_KEY, "0".repeat(64)))]],
    ["fewer laws", "setup", () => [openMotion(ours, "{}")]],
    ["another fingerprint than the hall's", "setup", (right) => [right, { fingerprint: "0".repeat(64) }]],
    ["another fingerprint than its own", "setup", (right) => [{ ...right, setup: { ...right.setup, fingerprint: "0".repeat(64) } }]],
    ["plain ballots where they are secret", "setup", (right) => [right, { secrecy: "recorded" }]],
  ])("is an alarm where it states %s", async (_what, alarm, lie) => {
    const page = load();
    await page.settled();
    expect(await findingOf(page, open(...lie(openMotion(ours))))).toBe(alarm);
    expect(alarms).toEqual([alarm]);
  });

  it("is looked at before the ceremony too, where it needs no key", async () => {
    view.value = sampleView();
    const page = load();
    open(openMotion(ours));
    const poll = open(openMotion(ours), { secrecy: "recorded" });
    expect(await findingOf(page, poll)).toBe("setup");
    expect([alarms, asked, page.pinned.value]).toEqual([["setup"], 1, null]);
  });

  it("is asked for again while it cannot be had, and the alarm sent until it is taken", async () => {
    const take = send;
    let refusals = 0;
    send = async (name, payload) => {
      if (refusals++ < 2) throw new Refusal("no_answer");
      return take(name, payload);
    };
    const page = load();
    await page.settled();
    const opened = openMotion(theirs);
    served = new Refusal("unreachable");
    const poll = open(opened, {}, served);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(1));
    expect(page.of(poll)).toBeNull();
    served = opened.setup;
    expect(await findingOf(page, poll)).toBe("key");
    await vi.waitFor(() => expect(alarms).toEqual(["key"]));
  });
});

describe("the keys that a terminal knows by itself", () => {
  it("stand across reloads, whatever the server shows of the ceremony later", async () => {
    const first = load();
    await first.settled();
    const pinned = first.pinned.value;
    scope.stop();
    scope = effectScope();
    view.value = { ...theirs, messages: { ...theirs.messages, 3: { ...theirs.messages["3"], 2: bundles[1]?.message ?? "" } } };
    const again = load();
    expect(again.pinned.value).toEqual(pinned);
    expect(again.contradicted.value).toBe("key");
    expect(await findingOf(again, open(openMotion(theirs)))).toBe("key");
  });

  it("are contradicted by another key in the hall, or another key of receipts", async () => {
    const page = load();
    await page.settled();
    view.value = withKey(ours, await keyOf(theirs));
    expect(page.contradicted.value).toBe("key");
    view.value = { ...ours, hall: { ...ours.hall, server_key: "0".repeat(64) } };
    expect(page.contradicted.value).toBe("server_key");
  });

  it("are contradicted by another key of receipts before the ceremony, too", () => {
    view.value = sampleView();
    const page = load();
    expect(page.contradicted.value).toBeNull();
    view.value = { ...view.value, hall: { ...view.value.hall, server_key: "0".repeat(64) } };
    expect([page.pinned.value, page.contradicted.value]).toEqual([null, "server_key"]);
  });

  it("are not made from messages that do not fit one another", async () => {
    const { messages } = ours;
    view.value = { ...ours, messages: { ...messages, 3: { ...messages["3"], 1: messages["3"]?.["3"] ?? "" } } };
    const page = load();
    await vi.waitFor(() => expect(page.contradicted.value).toBe("key"));
    expect(page.pinned.value).toBeNull();
  });

  it("are forgotten with the share of an earlier sitting", async () => {
    const page = load();
    await page.settled();
    scope.stop();
    scope = effectScope();
    view.value = { ...theirs, trustees: null, messages: {} };
    expect(load("another").pinned.value).toBeNull();
  });
});
