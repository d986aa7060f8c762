/** A count by hand on this terminal: the draft, which outlives a reload, sending it, and confirming another's entry. */
import { computed, ref, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import type { Refusal } from "@/live/refusal";
import type { HandCount, PollView, Progress } from "@/live/wire.gen";
import { useAttempts } from "../attempt";
import { draftOf, emptyDraft, figuresOf, type Draft } from "./hand_count";
import type { Terminal } from "../context";
import { draftPlaceOf, readDraft } from "../keeping";

/** fill: nobody has entered, or this scrutineer enters anew; own: entered here; compare: another's; done: confirmed. */
type HandStage = "fill" | "own" | "compare" | "done";

export interface HandWork {
  readonly progress: ComputedRef<Progress>;
  readonly entry: ComputedRef<HandCount | null>;
  readonly stage: ComputedRef<HandStage>;
  readonly draft: Ref<Draft>;
  readonly doing: Ref<"enter" | "confirm" | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  /** Opens the form on the figures that were entered. */
  correct(): void;
  leave(): void;
  enter(): Promise<void>;
  confirm(): Promise<void>;
}

/** Whether this poll has something to count by hand now, or had. */
export function isCountedByHand(poll: PollView, progress: Progress | undefined): boolean {
  if (progress === undefined || progress.hand_count === "none") return false;
  return poll.state === "closed" || (poll.medium === "mixed" && poll.state === "sealed");
}

export function useHandCount(terminal: Pick<Terminal, "view" | "index" | "send" | "cupboard">, poll: () => PollView): HandWork {
  const { view, index, send, cupboard } = terminal;
  const { doing, refusal, attempt } = useAttempts<"enter" | "confirm">();
  const place = draftPlaceOf(view.value.hall.titles, index, poll().id);
  const progress = computed(() => view.value.progress[poll().id] as Progress);
  const entry = computed(() => view.value.hand_counts[poll().id] ?? null);
  const correcting = ref(false);
  const draft = ref(startOf(poll(), progress.value, readDraft(cupboard, place))) as Ref<Draft>;
  const stage = computed<HandStage>(() => {
    if (entry.value === null) return "fill";
    if (entry.value.confirmed_by !== null) return "done";
    if (correcting.value) return "fill";
    return entry.value.entered_by === index ? "own" : "compare";
  });

  watch(draft, (kept) => {
    cupboard.setItem(place, JSON.stringify(kept));
  });
  // Another entry, or its confirmation: it is looked at before anything is corrected.
  watch(
    () => entry.value?.entered_at,
    () => (correcting.value = false),
  );

  async function enter(): Promise<void> {
    const { method, reason } = draft.value;
    const figures = figuresOf(poll(), draft.value);
    const request = { poll: poll().id, method, figures, reason: reason.trim() };
    const sent = await attempt("enter", async () => void (await send("enter_hand_count", request)));
    if (!sent) return;
    cupboard.removeItem(place);
    correcting.value = false;
  }

  async function confirm(): Promise<void> {
    const entered_at = entry.value?.entered_at ?? 0;
    await attempt("confirm", async () => void (await send("confirm_hand_count", { poll: poll().id, entered_at })));
  }

  return {
    progress,
    entry,
    stage,
    draft,
    doing,
    refusal,
    correct: () => {
      if (entry.value !== null) draft.value = draftOf(poll(), entry.value);
      correcting.value = true;
    },
    leave: () => (correcting.value = false),
    enter,
    confirm,
  };
}

/** What was filled in before a reload, if the poll still allows it. */
function startOf(poll: PollView, progress: Progress, kept: Draft | null): Draft {
  const empty = emptyDraft(poll, progress);
  if (kept === null || !poll.methods.includes(kept.method)) return empty;
  return { ...kept, issued: poll.medium === "mixed" ? empty.issued : kept.issued };
}
