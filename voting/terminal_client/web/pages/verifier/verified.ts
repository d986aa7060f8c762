/** What the worker says of a verified archive. */
import type { ResponseOf } from "@/tally/worker/operations";

export type Verified = ResponseOf<"verifyArchive">;
