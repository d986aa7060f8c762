/** The state behind the composer: the form, what it asks for, how that looks, what is wrong, and adding it. */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { PollDraft } from "@/live/wire.gen";
import { addPoll } from "./adding";
import { draftOf, emptyForm, followingForm, freeId, isPresentable, type Form, type Setting } from "./form";
import { NO_PREVIEW, previewer, type Preview } from "./preview";
import { problemHere, problemOf, type Problem } from "./problems";

interface Composing {
  readonly form: Ref<Form>;
  readonly draft: ComputedRef<PollDraft>;
  readonly presentable: ComputedRef<boolean>;
  readonly preview: ShallowRef<Preview>;
  readonly problem: ComputedRef<Problem | null>;
  readonly ready: ComputedRef<boolean>;
  readonly busy: Ref<boolean>;
  /** Adds the poll; its identifier, or null when it was refused. */
  add(): Promise<string | null>;
}

/** Call in a component's setup. `setting` is read anew each time: the sitting goes on meanwhile. */
export function useComposer(setting: () => Setting, send: Send): Composing {
  const { follow } = setting();
  const form = ref(follow ? followingForm(follow) : emptyForm(setting()));
  const preview = shallowRef(NO_PREVIEW);
  const refused = shallowRef<Refusal | null>(null);
  const attempted = ref<string | null>(null);
  const busy = ref(false);

  // An identifier stays with the poll once it was asked for, so that asking again cannot add it twice.
  const id = computed(() => attempted.value ?? follow?.id ?? freeId(setting().hall));
  const draft = computed(() => draftOf(form.value, setting(), id.value));
  const presentable = computed(() => isPresentable(form.value));
  const here = computed(() => (presentable.value ? problemHere(draft.value) : null));
  const problem = computed(() => {
    const refusal = refused.value ?? preview.value.refusal;
    return here.value ?? (refusal && problemOf(refusal));
  });

  const looking = previewer(
    async (wanted) => (await send("preview_poll", { item: setting().item, draft: wanted })).preview,
    (shown) => (preview.value = shown),
  );
  watch(() => (presentable.value && !here.value ? draft.value : null), looking.wish, { immediate: true });
  watch(form, forgetAttempt, { deep: true });
  onBeforeUnmount(looking.stop);

  function forgetAttempt(): void {
    refused.value = null;
    attempted.value = null;
  }

  async function add(): Promise<string | null> {
    refused.value = null;
    busy.value = true;
    attempted.value = id.value;
    try {
      return await addPoll(send, setting().item, draft.value, () => setting().hall);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.value = error;
      return null;
    } finally {
      busy.value = false;
    }
  }

  const ready = computed(() => presentable.value && !preview.value.waiting && problem.value === null && !busy.value);
  return { form, draft, presentable, preview, problem, ready, busy, add };
}
