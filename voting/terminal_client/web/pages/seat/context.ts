/** What the seat's parts ask for instead of being handed it. */
import type { ComputedRef, Ref, ShallowRef } from "vue";

import { contextOf } from "@/kit/context";
import type { Refusal } from "@/live/refusal";
import type { Connection } from "@/kit/connection";
import type { Hall, Me } from "@/live/wire.gen";
import type { Marks } from "@/poll/ballot/choice";
import type { KeptReceipt } from "./keeping";
import type { Stage } from "./stage";

/** One delegate's seat: what is shown, and what the person can do. */
export interface Seat {
  readonly hall: Readonly<Ref<Hall | null>>;
  readonly me: Readonly<Ref<Me | null>>;
  readonly stage: ComputedRef<Stage>;
  readonly connection: Readonly<Ref<Connection>>;
  readonly refusal: Readonly<ShallowRef<Refusal | null>>;
  readonly receipts: Readonly<ShallowRef<readonly KeptReceipt[]>>;
  /** Receipts kept here whose ballots the server no longer has. */
  readonly missing: Readonly<Ref<readonly KeptReceipt[]>>;
  /** Tracker of the receipt that this terminal has checked. */
  readonly checked: Readonly<Ref<string | null>>;
  /** Whether signing in or preparing is under way. */
  readonly busy: Readonly<Ref<boolean>>;
  signIn(): void;
  prepare(): void;
  cast(marks: Marks): void;
  voteAgain(): void;
  keepBallot(): void;
  leave(): void;
}

export const seatContext = contextOf<Seat>("seat");
