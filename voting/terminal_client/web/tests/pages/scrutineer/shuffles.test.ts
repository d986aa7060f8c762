import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, nextTick, shallowRef, watch, type EffectScope } from "vue";

import { checkBoard, checkShuffles, readRecords } from "@/pages/scrutineer/board/board";
import type { Bundle, Cupboard } from "@/pages/scrutineer/keeping";
import { phaseOf } from "@/pages/scrutineer/board/shuffling";
import { useBoard, type BoardWork } from "@/pages/scrutineer/board/useBoard";
import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { TallyClient } from "@/tally/worker/client";
import { readResultPapers } from "@/tally/board/readings";
import { fromUtf8, utf8 } from "@/tally/bytes";
import { computeResult, sumBallots } from "@/tally/board/result";
import { makeShuffle, mixedTally } from "@/tally/board/shuffle";
import { signShuffle } from "@/tally/board/shuffle_owner";
import { sha256Hex } from "@/tally/groups/hash";
import { systemRng } from "@/tally/groups/random";
import { ready } from "@/tally/groups/sodium";
import { parseTrustees } from "@/tally/trustees/document";
import { shareFromJson } from "@/tally/trustees/private_share";
import type { ScrutineerView } from "@/live/wire.gen";
import { separateClient } from "../../fixtures/clients";
import { assembled, holdRounds, sampleView } from "../../fixtures/scrutineer";
import { OK, sealShuffled, type ShuffledSitting } from "../../fixtures/shuffled";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PAPERS = [[1, 2, 3], [3, 1, 2], [1, 3, 2], [2, 2, 2], [1, 2, 3]];
let view: ScrutineerView;
let bundles: readonly Bundle[];
let scope: EffectScope;

beforeAll(async () => {
  await ready();
  const held = await holdRounds(await separateClient(), sampleView(), 3);
  view = assembled(held.view);
  bundles = held.bundles;
});

afterEach(() => {
  scope.stop();
});

function emptyCupboard(): Cupboard {
  const places = new Map<string, string>();
  return {
    getItem: (key) => places.get(key) ?? null,
    setItem: (key, value) => void places.set(key, value),
    removeItem: (key) => void places.delete(key),
  };
}

/** What each scrutineer's browser stores, also beyond a reload. */
let cupboards: readonly Cupboard[] = [];
beforeEach(() => {
  cupboards = [1, 2, 3].map(() => emptyCupboard());
});

const share = (index: number): string => bundles[index - 1]?.share ?? "";

function terminalOf(
  sitting: ShuffledSitting,
  index: number,
  tally: TallyClient,
  send: Send = sitting.send(index),
  cupboard: Cupboard = cupboards[index - 1] as Cupboard,
): BoardWork {
  const message = bundles[index - 1]?.message ?? "";
  const kept = { index, round: 3, sealed: "", message, backedUp: true } as const;
  const { view, poll, fetchBoard } = sitting;
  const trustees = shallowRef(view.value.trustees);
  return useBoard({ view, index, send, tally, fetchBoard, cupboard, trustees }, () => poll, shallowRef(kept));
}

/** Scrutineer 1 after a reload, or at another device. */
async function terminalLater(sitting: ShuffledSitting, cupboard?: Cupboard): Promise<BoardWork> {
  const tally = await separateClient();
  return scope.run(() => terminalOf(sitting, 1, tally, sitting.send(1), cupboard)) as BoardWork;
}

async function terminals(sitting: ShuffledSitting, ...indices: readonly number[]): Promise<BoardWork[]> {
  const clients: TallyClient[] = [];
  while (clients.length < indices.length) clients.push(await separateClient());
  scope = effectScope();
  return scope.run(() => indices.map((index, at) => terminalOf(sitting, index, clients[at] as TallyClient))) ?? [];
}

/** Resolves once the terminal is at rest and offers the decryption. */
function offered(work: BoardWork): Promise<void> {
  return new Promise((resolve, reject) => {
    scope.run(() => {
      watch(
        [work.passed, work.doing, work.problem, work.refusal],
        () => {
          if (work.problem.value) reject(work.problem.value);
          else if (work.refusal.value) reject(work.refusal.value);
          else if (work.passed.value && work.doing.value === null) resolve();
        },
        { immediate: true },
      );
    });
  });
}

/** Signs the closed board, compares its head aloud, and lets the terminal decrypt. */
async function comparedAndReleased(work: BoardWork, index: number): Promise<void> {
  await work.signing.release(share(index));
  expect(work.signing.waiting.value).toBe(true);
  await work.signing.compare();
  await vi.waitFor(() => expect([work.signing.waiting.value, work.doing.value]).toEqual([false, null]));
}

/** The papers that the released decryptions give. */
function papersOf({ board, source, fetchBoard, view: shown, poll }: ShuffledSitting): Promise<unknown> {
  return fetchBoard().then((records) => {
    const { encryptedTally, shuffles } = readRecords(records);
    const left = shuffles.reduce((tally, { text }) => mixedTally(source.election, tally, utf8(text)), utf8(encryptedTally));
    const owners = shown.value.progress[poll.id]?.decryptions ?? [];
    const released = records.records.filter(({ text }) => text.startsWith('{"decryption_factors"')).map(({ text }) => utf8(text));
    const trustees = parseTrustees(source.election.group, utf8(shown.value.trustees ?? ""));
    const decryptions = new Map(owners.map((owner, at) => [owner, released[at] ?? new Uint8Array()]));
    const { result } = computeResult(source.election, trustees, left, board.ballots.length, decryptions);
    return readResultPapers(source.election.questions, result)[0];
  });
}

describe("a poll whose ballots are shuffled", () => {
  it("is shuffled by two who press at the same time, followed by both, and decrypted with one who did not shuffle", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one, two, three] = (await terminals(sitting, 1, 2, 3)) as [BoardWork, BoardWork, BoardWork];
    expect([one.phase.value, three.phase.value]).toEqual(["shuffle", "shuffle"]);
    await Promise.all([one.shuffle(share(1)), two.shuffle(share(2))]);
    await Promise.all([offered(one), offered(two)]);
    expect([...(sitting.view.value.progress[sitting.poll.id]?.shuffles ?? [])].sort()).toEqual([1, 2]);
    expect([one.overtaken.value, two.overtaken.value].filter(Boolean)).toHaveLength(1);
    expect([three.phase.value, three.passed.value]).toEqual(["open", false]);
    expect(await three.check()).toBe(true);
    expect(three.rows.value.at(-1)).toMatchObject({ check: "shuffles", status: "passed", done: 2, total: 2 });
    for (const [work, index] of [[one, 1], [two, 2], [three, 3]] as const) await work.signing.release(share(index));
    await vi.waitFor(() => expect(sitting.view.value.progress[sitting.poll.id]?.decryptions).toHaveLength(3));
    const papers = (await papersOf(sitting)) as { kind: string; ranks?: number[] }[];
    const read = papers.map(({ kind, ranks }) => ranks?.join() ?? kind).sort();
    expect(read).toEqual(["1,2,3", "1,2,3", "1,3,2", "3,1,2", "unreadable"]);
  });

  it("goes on by itself on a terminal that was reloaded after its shuffle", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one, two] = (await terminals(sitting, 1, 2)) as [BoardWork, BoardWork];
    await one.shuffle(share(1));
    expect([one.phase.value, one.passed.value]).toEqual(["wait", false]);
    expect(one.rows.value.at(-1)).toMatchObject({ status: "waiting", done: 1, total: 2 });
    const first = scope;
    const [again] = (await terminals(sitting, 1)) as [BoardWork];
    first.stop();
    await nextTick();
    expect([again.phase.value, again.doing.value]).toEqual(["wait", null]);
    await two.shuffle(share(2));
    await offered(again);
    await comparedAndReleased(again, 1);
    expect(sitting.view.value.progress[sitting.poll.id]?.decryptions).toEqual([1]);
  });

  it("is not decrypted while a shuffle is missing, whatever the page asks", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one] = (await terminals(sitting, 1)) as [BoardWork];
    await one.shuffle(share(1));
    await comparedAndReleased(one, 1);
    expect(one.refusal.value?.code).toBe("verification_failed");
    expect(sitting.view.value.progress[sitting.poll.id]?.decryptions).toEqual([]);
  });

  it("tells of an unreachable server, and shuffles at the next press", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const tally = await separateClient();
    let cut = true;
    scope = effectScope();
    const send: Send = (name, payload) => (cut ? Promise.reject(new Refusal("no_answer")) : sitting.send(1)(name, payload));
    const one = scope.run(() => terminalOf(sitting, 1, tally, send)) as BoardWork;
    expect(await one.shuffle(share(1))).toBe(false);
    expect(one.refusal.value?.code).toBe("no_answer");
    cut = false;
    expect(await one.shuffle(share(1))).toBe(true);
    expect(sitting.view.value.progress[sitting.poll.id]?.shuffles).toEqual([1]);
  });

  it("does not try for ever against a server that calls every shuffle overtaken", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const tally = await separateClient();
    scope = effectScope();
    const send: Send = (name) =>
      name === "post_shuffle" ? Promise.reject(new Refusal("shuffle_overtaken", { shuffles: 1 })) : Promise.resolve(OK);
    const one = scope.run(() => terminalOf(sitting, 1, tally, send)) as BoardWork;
    expect(await one.shuffle(share(1))).toBe(false);
    expect(one.refusal.value?.code).toBe("shuffle_overtaken");
  });

  it("stops at a shuffle that does not keep the ballots", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one] = (await terminals(sitting, 1)) as [BoardWork];
    await one.shuffle(share(1));
    const records = await sitting.fetchBoard();
    const expected = {
      fingerprint: sitting.poll.fingerprint ?? "",
      trustees: view.trustees ?? "",
      index: 2,
      ownMessage: bundles[1]?.message ?? "",
      returned: PAPERS.length,
      least: 0,
      keptSignature: () => null,
    };
    const tally = await separateClient();
    const documents = await checkBoard(async () => records, expected, tally, () => undefined);
    const text = documents.shuffles[0]?.text ?? "";
    const other = JSON.parse(text) as { ciphertexts: unknown[][] };
    other.ciphertexts[0]?.reverse();
    const changed = utf8(JSON.stringify(other));
    const owned = signShuffle(sitting.source.election, shareFromJson(share(1)), changed, systemRng);
    const forged = { shuffles: [{ owner: 1, owned: fromUtf8(owned), text: fromUtf8(changed) }] };
    const steps: string[] = [];
    const own = { index: 2, made: [] };
    const taken = checkShuffles(forged, expected.fingerprint, own, tally, ({ check, status }) => steps.push(`${check} ${status}`));
    await expect(taken).rejects.toMatchObject({ name: "BoardProblem", check: "shuffles" });
    expect(steps.at(-1)).toBe("shuffles failed");
  });
});

describe("a shuffle under one's own name", () => {
  it("that this terminal made is known after a reload, and one that it did not make is refused", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one, two] = (await terminals(sitting, 1, 2)) as [BoardWork, BoardWork];
    await one.shuffle(share(1));
    await two.shuffle(share(2));
    await offered(await terminalLater(sitting));
    const elsewhere = await terminalLater(sitting, emptyCupboard());
    await expect(offered(elsewhere)).rejects.toMatchObject({ check: "shuffles" });
    expect(elsewhere.passed.value).toBe(false);
  });

  it("is refused when another one stands in its place", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const [one] = (await terminals(sitting, 1)) as [BoardWork];
    const other = sealShuffled(view, PAPERS);
    await one.shuffle(share(1));
    const forged = await terminalLater(other, emptyCupboard());
    await forged.shuffle(share(1));
    const fooled = { ...sitting, poll: other.poll, view: other.view, fetchBoard: other.fetchBoard };
    const again = await terminalLater(fooled);
    expect(await again.check()).toBe(false);
    await expect(offered(again)).rejects.toMatchObject({ check: "shuffles" });
  });

  it("counts only with the signature of the one whom it names", async () => {
    const sitting = sealShuffled(view, PAPERS);
    const { election } = sitting.source;
    const raw = makeShuffle(election, sumBallots(election, sitting.board.ballots), systemRng);
    const owned = signShuffle(election, { ...shareFromJson(share(2)), index: 1 }, raw, systemRng);
    const tally = await separateClient();
    const { fingerprint } = await tally.call("verifyBoard", { ...sitting.source.documents, ballots: sitting.board.ballots });
    scope = effectScope();
    const payload = sha256Hex(raw);
    const other = makeShuffle(election, sumBallots(election, sitting.board.ballots), systemRng);
    const signed = signShuffle(election, shareFromJson(share(1)), other, systemRng);
    for (const wrong of [owned, utf8(JSON.stringify({ owner: 1, payload })), signed]) {
      const taken = tally.call("takeShuffles", { fingerprint, shuffles: [{ owned: wrong, raw }], own: { index: 2, made: [] } });
      await expect(taken).rejects.toMatchObject({ code: "shuffle_invalid" });
    }
  });
});

it("whose turn it is follows from who has shuffled", () => {
  scope = effectScope();
  expect(phaseOf({ shuffled: false }, { shuffles: [], needed: 2 }, 1)).toBe("open");
  expect(phaseOf({ shuffled: true }, { shuffles: [], needed: 2 }, 1)).toBe("shuffle");
  expect(phaseOf({ shuffled: true }, { shuffles: [1], needed: 2 }, 1)).toBe("wait");
  expect(phaseOf({ shuffled: true }, { shuffles: [3, 1], needed: 2 }, 2)).toBe("open");
});
