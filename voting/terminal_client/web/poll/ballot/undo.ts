/** A value whose changes can be taken back one by one, until it is used. */
import { computed, type Ref, shallowRef } from "vue";

/** `value` keeps being the one place where the current state stands; only its past is kept here. */
export function useUndo<Value>(value: Ref<Value>) {
  const past = shallowRef<readonly Value[]>([]);

  function change(next: Value): void {
    past.value = [...past.value, value.value];
    value.value = next;
  }

  /** Takes the last change back; nothing happens when there is none. */
  function undo(): void {
    const before = past.value.length - 1;
    if (before < 0) return;
    value.value = past.value[before] as Value;
    past.value = past.value.slice(0, before);
  }

  return { change, undo, undoable: computed(() => past.value.length > 0) };
}
