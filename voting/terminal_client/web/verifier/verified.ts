/** What the worker says of a verified archive. */
import type { ResponseOf } from "@/shared/tally/operations";

export type Verified = ResponseOf<"verifyArchive">;
