/** How far the server's clock is ahead of this device's, in milliseconds; nothing where a page follows no server. */
import { inject, provide, ref, type InjectionKey, type Ref } from "vue";

const OFFSET: InjectionKey<Readonly<Ref<number>>> = Symbol("clock");

/** Call in a component's setup. */
export function provideClock(offset: Readonly<Ref<number>>): void {
  provide(OFFSET, offset);
}

/** Call in the setup of a component below. */
export function useClock(): Readonly<Ref<number>> {
  return inject(OFFSET, () => ref(0), true);
}
