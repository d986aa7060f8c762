/** One board per poll, and no decryption before the scrutineers agree on it. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, shallowRef, type EffectScope, type ShallowRef } from "vue";

import type { Send } from "@/live/page_session";
import type { BoardRecords, PollView, ScrutineerView } from "@/live/wire.gen";
import type { Bundle, Cupboard } from "@/pages/scrutineer/keeping";
import { useBoard, type BoardWork } from "@/pages/scrutineer/board/useBoard";
import { Board } from "@/tally/board/chain";
import { sumBallots } from "@/tally/board/result";
import { ready } from "@/tally/groups/sodium";
import { separateClient } from "../../fixtures/clients";
import { assembled, holdRounds, recordsOf, sampleView, sealPoll, type SealedPoll } from "../../fixtures/scrutineer";
import { OK } from "../../fixtures/shuffled";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bundles: readonly Bundle[];
let sealed: SealedPoll;
let scope: EffectScope;
/** What every terminal is shown, and what it has sent. */
let shown: ShallowRef<ScrutineerView>;
let released: number[];
let comparisons: string[];
let cupboards: readonly Map<string, string>[];

beforeAll(async () => {
  await ready();
  const held = await holdRounds(await separateClient(), sampleView(), 3);
  bundles = held.bundles;
  sealed = sealPoll(assembled(held.view), [0, 0, 2, 1], (poll, board) => sumBallots(poll.election, board.ballots));
});

beforeEach(() => {
  scope = effectScope();
  shown = shallowRef(sealed.view);
  [released, comparisons] = [[], []];
  cupboards = [1, 2, 3].map(() => new Map<string, string>());
});
afterEach(() => scope.stop());

const answer = (index: number): Send => async (name, payload) => {
  const { id } = sealed.poll;
  if (name === "sign_closed_board") publish(index, (payload as { signed: string }).signed);
  if (name === "compare_closed_head") comparisons.push((payload as { head: string }).head);
  if (name === "release_decryption") released.push(index);
  expect((payload as { poll: string }).poll).toBe(id);
  return OK;
};

function publish(index: number, signed: string): void {
  const { id } = sealed.poll;
  const { closed_boards: boards } = shown.value;
  shown.value = { ...shown.value, closed_boards: { ...boards, [id]: { ...boards[id], [String(index)]: signed } } };
}

interface Shown {
  readonly poll: PollView;
  readonly records: BoardRecords;
}

/** The board of the same poll with its first ballots only: the same fingerprint, another head. */
function without(last: number): Shown {
  const { election, trustees, credentials } = sealed.source.documents;
  const board = Board.open(election, trustees, credentials);
  const cast = sealed.records.records.filter(({ text }) => text.startsWith('{"election_uuid"'));
  const ballots = cast.map(({ text }) => new TextEncoder().encode(text));
  for (const raw of ballots.slice(0, ballots.length - last)) board.appendBallot(raw);
  const sum = sumBallots(sealed.source.election, board.ballots);
  board.endBallots();
  const poll = { ...sealed.poll, closed_head: board.head, returned: board.ballots.length };
  board.appendEncryptedTally(sum);
  return { poll, records: recordsOf(board) };
}

function cupboardOf(index: number): Cupboard {
  const places = cupboards[index - 1] ?? new Map<string, string>();
  return {
    getItem: (key) => places.get(key) ?? null,
    setItem: (key, value) => void places.set(key, value),
    removeItem: (key) => void places.delete(key),
  };
}

/** A scrutineer's page, freshly loaded, that is shown a board. `board.value` may change afterwards. */
async function load(index: number, board: ShallowRef<Shown> = shallowRef(sealed), own = sealed.view.trustees): Promise<BoardWork> {
  const tally = await separateClient();
  const message = bundles[index - 1]?.message ?? "";
  const kept = shallowRef({ index, round: 3, sealed: "", message, backedUp: true } as const);
  const fetchBoard = async () => board.value.records;
  const trustees = shallowRef(own);
  const means = { view: shown, index, send: answer(index), tally, cupboard: cupboardOf(index), fetchBoard, trustees };
  return scope.run(() => useBoard(means, () => board.value.poll, kept)) as BoardWork;
}

const share = (index: number): string => bundles[index - 1]?.share ?? "";

/** Checks the board and signs it. */
async function signed(index: number, board?: ShallowRef<Shown>): Promise<BoardWork> {
  const work = await load(index, board);
  expect(await work.check()).toBe(true);
  expect(await work.signing.release(share(index))).toBe(true);
  return work;
}

const rest = (work: BoardWork): Promise<void> =>
  vi.waitFor(() => expect([work.signing.waiting.value, work.doing.value]).toEqual([false, null]));

describe("before anybody decrypts", () => {
  it("every terminal has signed the board that it rebuilt, and then each goes on by itself", async () => {
    const [one, two] = [await signed(1), await signed(2)];
    expect([one.signing.waiting.value, one.signing.have.value, one.signing.need.value]).toEqual([true, 2, 3]);
    expect(released).toEqual([]);
    const three = await signed(3);
    for (const work of [one, two, three]) await rest(work);
    expect([...released].sort()).toEqual([1, 2, 3]);
    expect(comparisons).toEqual([]);
  });

  it("where one is absent, the head was compared aloud, and the server was told", async () => {
    const one = await signed(1);
    await signed(2);
    expect(await one.signing.compare()).toBe(true);
    await rest(one);
    expect([comparisons, released]).toEqual([[sealed.poll.closed_head], [1]]);
  });

  it("nothing is decrypted while another's signature is on another board", async () => {
    const [one, two] = [await signed(1), await signed(2)];
    const three = await load(3, shallowRef(without(1)));
    await three.check();
    expect(await three.signing.release(share(3))).toBe(false);
    for (const work of [one, two]) await rest(work);
    expect([one.refusal.value?.code, two.refusal.value?.code]).toEqual(["verification_failed", "verification_failed"]);
    expect(released).toEqual([]);
  });

  it("signatures that do not hold count for nothing", async () => {
    const one = await signed(1);
    const own = shown.value.closed_boards[sealed.poll.id]?.["1"] ?? "";
    publish(2, own.replace('"owner":1', '"owner":2'));
    publish(3, own.replace('"owner":1', '"owner":3'));
    await rest(one);
    expect(one.refusal.value?.code).toBe("verification_failed");
    expect(released).toEqual([]);
  });
});

it("a terminal holds the board against the trustees that it knows itself, whatever the view says of them", async () => {
  for (const own of [null, "[]"]) {
    const work = await load(1, undefined, own);
    expect(await work.check()).toBe(false);
    expect(work.problem.value?.check).toBe("trustees");
  }
});

describe("a poll of which one board was signed here", () => {
  it("has no other board in the same page", async () => {
    const board = shallowRef<Shown>(without(1));
    const one = await signed(1, board);
    board.value = sealed;
    expect(await one.check()).toBe(false);
    expect(one.problem.value?.check).toBe("one");
    expect(one.passed.value).toBe(false);
  });

  it("has no other board after a reload either, and keeps its signature", async () => {
    await signed(1, shallowRef(without(1)));
    const first = shown.value.closed_boards[sealed.poll.id]?.["1"];
    shown.value = sealed.view;
    const again = await load(1);
    expect(await again.check()).toBe(false);
    expect(again.problem.value?.check).toBe("one");
    await again.signing.release(share(1));
    expect(again.refusal.value?.code).toBe("verification_failed");
    expect([shown.value.closed_boards, released]).toEqual([{}, []]);
    const same = await signed(1, shallowRef(without(1)));
    expect(shown.value.closed_boards[sealed.poll.id]?.["1"]).toBe(first);
    same.signing.compare().catch(() => undefined);
    await rest(same);
    expect(released).toEqual([1]);
  });

  it("is known at another device by the signature that the server returns", async () => {
    await signed(1, shallowRef(without(1)));
    cupboards = [1, 2, 3].map(() => new Map<string, string>());
    const elsewhere = await load(1);
    expect(await elsewhere.check()).toBe(false);
    expect(elsewhere.problem.value?.check).toBe("one");
  });

  it("is not decrypted where what the device keeps was changed", async () => {
    await signed(1);
    const [[place, kept] = ["", ""]] = [...(cupboards[0] ?? [])];
    cupboards[0]?.set(place, kept.replace('"ballots":4', '"ballots":3'));
    const again = await load(1);
    expect(await again.check()).toBe(false);
    expect(again.problem.value?.check).toBe("one");
  });
});
