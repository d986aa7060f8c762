/// <reference lib="webworker" />
/** Entry of the tally worker: `new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })`. */
import { serve } from "./service";

serve(self);
