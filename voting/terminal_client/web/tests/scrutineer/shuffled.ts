/** A poll whose ballots are ranked and read one by one, with a real board and a server in miniature. */
import { shallowRef, type ShallowRef } from "vue";

import { Refusal } from "@/shared/refusal";
import type { Send } from "@/shared/staffPage";
import { fillBallot } from "@/shared/tally/ballot";
import { Board } from "@/shared/tally/board";
import { systemRng } from "@/shared/tally/random";
import { sumBallots } from "@/shared/tally/result";
import type { BoardRecords, PollView, Progress, Reply, ScrutineerView } from "@/shared/wire.gen";
import { samplePoll } from "../console/fixtures";
import { openPoll, type Poll } from "../tally/samples";
import { ceremonyOf, recordsOf, sealedIn } from "./fixtures";

export const OK: Reply = { ok: true, refusal: null, tracker: null, preview: null };
export const RANKED = ["社区养老服务提升", "城乡道路改善", "便捷停车"];

export interface ShuffledSitting {
  readonly view: ShallowRef<ScrutineerView>;
  readonly poll: PollView;
  readonly source: Poll;
  readonly board: Board;
  /** What the server answers to a scrutineer. */
  send(index: number): Send;
  fetchBoard(): Promise<BoardRecords>;
}

/** Each paper: the rank of each option. */
export function sealShuffled(view: ScrutineerView, papers: readonly (readonly number[])[]): ShuffledSitting {
  const use = { use: "rank", places: RANKED.length } as const;
  const source = openPoll(ceremonyOf(view), papers.length, { text: "示例", answers: RANKED, mixed: true, use });
  const { election, trustees, credentials } = source.documents;
  const board = Board.open(election, trustees, credentials);
  source.credentials.forEach((credential, voter) => {
    board.appendBallot(fillBallot(source.election, credential, [papers[voter] ?? []], systemRng));
  });
  const tally = sumBallots(source.election, board.ballots);
  board.endBallots();
  board.appendEncryptedTally(tally);
  const poll = rankedPoll(board.fingerprint, papers.length);
  const shown = shallowRef(sealedIn(view, poll, papers.length));
  return { view: shown, poll, source, board, send: (index) => answering(shown, poll, board, index), fetchBoard: async () => recordsOf(board) };
}

function rankedPoll(fingerprint: string, ballots: number): PollView {
  return samplePoll("sealed", {
    kind: "rank",
    title: "2022年度民生实事项目排序票决",
    options: RANKED.map((title, at) => ({ id: `p${at + 1}`, title, illustrative: false })),
    seats: 2,
    max_choices: RANKED.length,
    shuffled: true,
    fingerprint,
    issued: ballots,
    returned: ballots,
  });
}

/** Takes shuffles in turn, as the server does; what is sent is not checked again. */
function answering(view: ShallowRef<ScrutineerView>, { id }: PollView, board: Board, index: number): Send {
  const now = (): Progress => {
    const found = view.value.progress[id];
    if (found === undefined) throw new Error("the poll has no progress");
    return found;
  };
  const move = (more: Partial<Progress>): void => {
    view.value = { ...view.value, progress: { ...view.value.progress, [id]: { ...now(), ...more } } };
  };
  return async (name, payload) => {
    const { shuffles, decryptions, needed } = now();
    if (name === "post_shuffle") {
      const { position, shuffle } = payload as { position: number; shuffle: string };
      if (shuffles.includes(index)) throw new Refusal("shuffle_repeated", { scrutineer: index });
      if (shuffles.length >= needed) throw new Refusal("shuffles_complete", { needed });
      if (position !== shuffles.length) throw new Refusal("shuffle_overtaken", { shuffles: shuffles.length });
      board.appendShuffle(index, new TextEncoder().encode(shuffle));
      if (shuffles.length + 1 === needed) board.endShuffles();
      move({ shuffles: [...shuffles, index] });
    }
    if (name === "release_decryption") {
      if (shuffles.length < needed) throw new Refusal("shuffles_missing", { have: shuffles.length, need: needed });
      board.appendPartialDecryption(index, new TextEncoder().encode((payload as { decryption: string }).decryption));
      move({ decryptions: [...decryptions, index] });
    }
    return OK;
  };
}
