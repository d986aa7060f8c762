/** One piece of work at a time; what is expected to go wrong is shown, every other error goes on. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { Refusal } from "@/live/refusal";
import { TallyError } from "@/tally/errors";
import { BoardProblem } from "./board/board";

export interface Attempts<Doing extends string> {
  /** What is under way, or null. */
  readonly doing: Ref<Doing | null>;
  readonly busy: ComputedRef<boolean>;
  readonly problem: ShallowRef<BoardProblem | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  /** False when it failed in an expected way, or while something else is under way. */
  attempt(what: Doing, work: () => Promise<void>): Promise<boolean>;
}

export function useAttempts<Doing extends string>(): Attempts<Doing> {
  const doing = ref<Doing | null>(null) as Ref<Doing | null>;
  const problem = shallowRef<BoardProblem | null>(null);
  const refusal = shallowRef<Refusal | null>(null);

  async function attempt(what: Doing, work: () => Promise<void>): Promise<boolean> {
    if (doing.value !== null) return false;
    doing.value = what;
    problem.value = null;
    refusal.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof BoardProblem) problem.value = error;
      else if (error instanceof Refusal) refusal.value = error;
      else if (error instanceof TallyError) refusal.value = new Refusal("verification_failed");
      else throw error;
      return false;
    } finally {
      doing.value = null;
    }
  }

  return { doing, busy: computed(() => doing.value !== null), problem, refusal, attempt };
}
