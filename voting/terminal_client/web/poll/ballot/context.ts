/** What the parts of a ballot ask for instead of being handed it. */
import type { Ref } from "vue";

import { contextOf } from "@/kit/context";
import type { PollView } from "@/live/wire.gen";
import type { Marks } from "./choice";

/** One ballot that is being filled in. */
export interface Ballot {
  readonly poll: Readonly<Ref<PollView>>;
  readonly marks: Ref<Marks>;
  /** Hands the ballot on as it is marked now. */
  cast(): void;
}

export const ballotContext = contextOf<Ballot>("ballot");
