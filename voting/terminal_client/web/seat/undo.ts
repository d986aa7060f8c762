/** A value whose changes can be taken back one by one, until it is used. */
import { computed, shallowRef } from "vue";

export function useUndo<Value>(start: Value) {
  const past = shallowRef<readonly Value[]>([]);
  const value = shallowRef<Value>(start);

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

  return { value, change, undo, undoable: computed(() => past.value.length > 0) };
}
