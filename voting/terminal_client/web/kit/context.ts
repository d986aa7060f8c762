/** What a component gives to everything below it, so that it need not be handed from one to the next. */
import { inject, provide, type InjectionKey } from "vue";

export interface Context<Value> {
  /** Call in a component's setup. */
  provide(value: Value): void;
  /** Call in the setup of a component below. Raises RangeError where nobody above gave one. */
  use(): Value;
}

/** `name` tells a programmer what is missing. */
export function contextOf<Value>(name: string): Context<Value> {
  const key: InjectionKey<{ readonly value: Value }> = Symbol(name);
  return {
    provide: (value) => {
      provide(key, { value });
    },
    use: () => {
      const given = inject(key, null);
      if (given === null) throw new RangeError(`no ${name} above this component`);
      return given.value;
    },
  };
}
