/** Checking one sealed poll on this terminal and releasing this scrutineer's partial decryption of its sum. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { Refusal } from "@/shared/refusal";
import { fetchJson } from "@/shared/session";
import type { Ask } from "@/shared/staffPage";
import type { TallyClient } from "@/shared/tally/client";
import type { BoardRecords, PollView, ScrutineerView } from "@/shared/wire.gen";
import { BOARD_CHECKS, BoardProblem, checkBoard, type BoardCheck, type BoardStep, type Expectations } from "./board";
import type { Kept } from "./ceremony";

export interface CheckRow {
  readonly check: BoardCheck;
  readonly status: "waiting" | BoardStep["status"];
  readonly done: number;
  readonly total: number;
}

export interface Release {
  readonly rows: ComputedRef<readonly CheckRow[]>;
  readonly busy: Ref<boolean>;
  /** True once every check has passed in this page: only then is there something to decrypt. */
  readonly passed: Ref<boolean>;
  readonly problem: ShallowRef<BoardProblem | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  check(): Promise<void>;
  release(share: string): Promise<boolean>;
}

export interface ReleaseContext {
  readonly view: () => ScrutineerView;
  readonly poll: () => PollView;
  readonly kept: () => Kept | null;
  readonly token: string;
  readonly ask: Ask;
  readonly tally: TallyClient;
  /** Replaced in scenes and tests. */
  readonly fetchBoard?: (poll: string) => Promise<BoardRecords>;
}

export function useRelease(context: ReleaseContext): Release {
  const { view, poll, kept, token, ask, tally } = context;
  const steps = shallowRef<readonly BoardStep[]>([]);
  const busy = ref(false);
  const passed = ref(false);
  const problem = shallowRef<BoardProblem | null>(null);
  const refusal = shallowRef<Refusal | null>(null);
  const address = (id: string): string => `/api/polls/${encodeURIComponent(id)}/board`;
  const fetchBoard = context.fetchBoard ?? ((id: string) => fetchJson<BoardRecords>(address(id), token));

  function note(step: BoardStep): void {
    steps.value = [...steps.value.filter(({ check }) => check !== step.check), step];
  }

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    problem.value = null;
    refusal.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof BoardProblem) problem.value = error;
      else if (error instanceof Refusal) refusal.value = error;
      else throw error;
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function check(): Promise<void> {
    steps.value = [];
    passed.value = false;
    const { id, fingerprint, returned } = poll();
    const expected: Expectations = {
      fingerprint: fingerprint ?? "",
      trustees: view().trustees ?? "",
      ownMessage: kept()?.message ?? "null",
      returned: returned ?? -1,
    };
    passed.value = await attempt(() => checkBoard(() => fetchBoard(id), expected, tally, note));
  }

  return {
    rows: computed(() =>
      BOARD_CHECKS.map((name) => {
        const step = steps.value.find((candidate) => candidate.check === name);
        return step ?? { check: name, status: "waiting", done: 0, total: 0 };
      }),
    ),
    busy,
    passed,
    problem,
    refusal,
    check,
    release: (share) =>
      attempt(async () => {
        const fingerprint = poll().fingerprint ?? "";
        const raw = await tally.call("partialDecrypt", { fingerprint, share });
        await ask("release_decryption", { poll: poll().id, decryption: new TextDecoder().decode(raw) });
      }),
  };
}
