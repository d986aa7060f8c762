/** What the parts of the work on a board share. */
import type { Terminal } from "../context";

/** What is done on a board at the moment. */
export type Doing = "check" | "shuffle" | "release" | "compare";

/** What the work on a board needs of the terminal. */
export type BoardMeans = Pick<Terminal, "view" | "index" | "send" | "tally" | "fetchBoard" | "cupboard">;
