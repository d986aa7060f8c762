/** One sealed poll on this terminal: check the board, shuffle where ballots are read singly, release the decryption. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import type { Refusal } from "@/live/refusal";
import type { BoardRecords, PollView } from "@/live/wire.gen";
import { leastSecret } from "@/poll/kinds/least_secret";
import { useAttempts } from "../attempt";
import {
  BOARD_CHECKS,
  checkBoard,
  checkShuffles,
  readRecords,
  type BoardCheck,
  type BoardDocuments,
  type BoardProblem,
  type BoardStep,
  type RebuiltHere,
} from "./board";
import { keptSignature } from "./closed_boards";
import { useRelease, type ReleaseWork } from "./useRelease";
import type { Kept } from "../ceremony/ceremony";
import type { BoardMeans, Doing } from "./means";
import { madeShuffles, rememberShuffle } from "./made_shuffles";
import { phaseOf, shuffleUntilTaken, type Phase } from "./shuffling";

interface CheckRow {
  readonly check: BoardCheck;
  readonly status: "waiting" | BoardStep["status"];
  readonly done: number;
  readonly total: number;
}

export interface BoardWork {
  readonly rows: ComputedRef<readonly CheckRow[]>;
  readonly phase: ComputedRef<Phase>;
  readonly doing: Ref<Doing | null>;
  /** True once every check has passed in this page: only then is there something to decrypt. */
  readonly passed: ComputedRef<boolean>;
  /** Whether this terminal's shuffle had to be made anew because another's came first. */
  readonly overtaken: Ref<boolean>;
  readonly problem: ShallowRef<BoardProblem | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  check(): Promise<boolean>;
  /** Checks what has not been checked yet, then shuffles, and signs the shuffle with the share. */
  shuffle(share: string): Promise<boolean>;
  readonly signing: ReleaseWork;
  /** The head of the closed board that was rebuilt here; null before. */
  readonly closedHead: ComputedRef<string | null>;
}

const NOTHING = { shuffles: [] as readonly number[], needed: 0 };

/** `kept`: the share on this device, or null. */
export function useBoard(means: BoardMeans, poll: () => PollView, kept: Readonly<Ref<Kept | null>>): BoardWork {
  const { view, index, send, tally, cupboard } = means;
  const { doing, busy, problem, refusal, attempt } = useAttempts<Doing>();
  const { steps, rebuilt: found, shufflers, rebuild, take } = useChecks(means, poll, kept);
  const rebuilt = computed(() => found.value !== null);
  const signing = useRelease(means, poll, found, { attempt, busy });
  const overtaken = ref(false);
  const progress = computed(() => view.value.progress[poll().id] ?? NOTHING);
  const phase = computed(() => phaseOf(poll(), progress.value, index));
  const complete = computed(() => !poll().shuffled || shufflers.value.length >= progress.value.needed);

  async function shuffle(share: string): Promise<void> {
    const fingerprint = poll().fingerprint ?? "";
    await shuffleUntilTaken({
      poll: poll().id,
      fingerprint,
      share,
      tally,
      send,
      take,
      remember: (hash) => rememberShuffle(cupboard, fingerprint, index, hash),
      wanted: (made) => made.length < progress.value.needed && !made.includes(index),
      onOvertaken: () => (overtaken.value = true),
    });
  }

  // Once a scrutineer has checked or shuffled, the terminal follows the others' shuffles by itself; also after a reload.
  let followed = 0;
  const follow = ([made]: [number, boolean, boolean]): void => {
    const begun = rebuilt.value || (progress.value.shuffles.includes(index) && phase.value === "open");
    const news = made > Math.max(followed, shufflers.value.length);
    if (!news || !begun || busy.value || kept.value === null) return;
    followed = made;
    void attempt("check", async () => void (await take()));
  };
  watch([() => progress.value.shuffles.length, busy, rebuilt], follow, { immediate: true });
  // What the worker no longer holds is checked anew.
  watch(refusal, (shown) => {
    if (shown?.code === "verification_failed") found.value = null;
  });

  return {
    rows: computed(() => rowsOf(poll(), steps.value, progress.value.needed)),
    phase,
    doing,
    passed: computed(() => rebuilt.value && complete.value),
    overtaken,
    problem,
    refusal,
    check: () => attempt("check", async () => void (await rebuild())),
    shuffle: (share) => attempt("shuffle", () => shuffle(share)),
    signing,
    closedHead: computed(() => found.value?.closedHead ?? null),
  };
}

interface Checks {
  readonly steps: ShallowRef<readonly BoardStep[]>;
  /** Once every check of the board itself has passed in this page. */
  readonly rebuilt: ShallowRef<RebuiltHere | null>;
  /** Who made the shuffles that were checked here. */
  readonly shufflers: ShallowRef<readonly number[]>;
  /** All checks, from the first. */
  rebuild(): Promise<readonly number[]>;
  /** The shuffles that have come since; all checks where the board has not been rebuilt. */
  take(): Promise<readonly number[]>;
}

function useChecks(
  { view, index, tally, fetchBoard, cupboard, trustees }: BoardMeans,
  poll: () => PollView,
  kept: Readonly<Ref<Kept | null>>,
): Checks {
  const steps = shallowRef<readonly BoardStep[]>([]);
  const rebuilt = shallowRef<RebuiltHere | null>(null);
  const shufflers = shallowRef<readonly number[]>([]);
  const records = (): Promise<BoardRecords> => fetchBoard(poll().id);
  const note = (step: BoardStep): void => {
    steps.value = [...steps.value.filter(({ check }) => check !== step.check), step];
  };

  async function takeFrom(documents: BoardDocuments): Promise<readonly number[]> {
    if (!poll().shuffled) return shufflers.value;
    const fingerprint = poll().fingerprint ?? "";
    const own = { index, made: madeShuffles(cupboard, fingerprint, index) };
    return (shufflers.value = await checkShuffles(documents, fingerprint, own, tally, note));
  }

  async function rebuild(): Promise<readonly number[]> {
    steps.value = [];
    shufflers.value = [];
    rebuilt.value = null;
    const expected = {
      fingerprint: poll().fingerprint ?? "",
      trustees: trustees.value ?? "",
      index,
      ownMessage: kept.value?.message ?? "null",
      returned: poll().returned ?? -1,
      least: leastSecret(poll()),
      keptSignature: (uuid: string) => keptSignature(cupboard, uuid, index) ?? view.value.closed_boards[poll().id]?.[index] ?? null,
    };
    const documents = await checkBoard(records, expected, tally, note);
    rebuilt.value = documents;
    return takeFrom(documents);
  }

  const take = async (): Promise<readonly number[]> => (rebuilt.value !== null ? takeFrom(readRecords(await records())) : rebuild());
  return { steps, rebuilt, shufflers, rebuild, take };
}

/** Every check with what is known of it; the shuffles have passed when as many as are needed have. */
function rowsOf({ shuffled }: PollView, steps: readonly BoardStep[], needed: number): CheckRow[] {
  return BOARD_CHECKS.filter((check) => shuffled || check !== "shuffles").map((check) => {
    const step = steps.find((candidate) => candidate.check === check);
    if (step === undefined) return { check, status: "waiting", done: 0, total: 0 };
    if (check !== "shuffles") return step;
    const open = step.status === "passed" && step.done < needed;
    return { ...step, status: open ? "waiting" : step.status, total: needed };
  });
}
