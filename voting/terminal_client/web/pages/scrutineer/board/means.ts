/** What the parts of the work on a board share. */
import type { Ref } from "vue";

import type { Terminal } from "../context";

/** What is done on a board at the moment. */
export type Doing = "check" | "shuffle" | "release" | "compare";

/** What the work on a board needs of the terminal. */
export type BoardMeans = Pick<Terminal, "view" | "index" | "send" | "tally" | "fetchBoard" | "cupboard"> & {
  /** The trustees document that this terminal assembled itself; null while it has none. */
  readonly trustees: Readonly<Ref<string | null>>;
};
