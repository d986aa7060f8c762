/** libsodium (wasm). Await `ready()` once in every thread; after that everything is synchronous. */
import sodium from "libsodium-wrappers-sumo";

let loaded = false;

/** Loads the wasm module. Cheap when called again. */
export async function ready(): Promise<void> {
  await sodium.ready;
  loaded = true;
}

/** The library. Throws Error (a programmer's error) before `ready()` has finished. */
export function libsodium(): typeof sodium {
  if (!loaded) throw new Error("await ready() before using the tally protocol");
  return sodium;
}
