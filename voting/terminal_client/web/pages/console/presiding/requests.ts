/** The request that carries out each of the chair's steps. */
import type { Ask } from "@/live/page_session";
import type { ChairStep, DoneReply, Requests } from "@/live/wire.gen";

/** What the chair says beside the step: the voting time (null leaves it as planned), the reason for annulling. */
export interface Details {
  readonly seconds: number | null;
  readonly reason: string;
  /** That no scrutineer is close kin of a candidate, as was asked before an election. */
  readonly noKin?: boolean;
  /** When the request to annul was made that the chair has seen and confirms (Unix ms). */
  readonly askedAt?: number;
}

type Wanted = Details & { readonly poll: string };
type Asking = (ask: Ask, wanted: Wanted) => Promise<DoneReply | null>;

type Step =
  | "prepare_poll"
  | "open_poll"
  | "open_by_hand"
  | "close_poll"
  | "announce_result"
  | "annul_poll"
  | "ask_annulment"
  | "confirm_annulment";

/** A step whose request names the poll and takes some of the details. */
function asks<Name extends Step>(name: Name, payload: (wanted: Wanted) => Requests[Name]["request"]): Asking {
  return (ask, wanted) => ask(name, payload(wanted));
}

const REQUEST_OF: Record<ChairStep, Asking> = {
  prepare: asks("prepare_poll", ({ poll }) => ({ poll })),
  open: asks("open_poll", ({ poll, seconds, noKin = false }) => ({ poll, seconds, no_kin: noKin })),
  open_by_hand: asks("open_by_hand", ({ poll, noKin = false }) => ({ poll, no_kin: noKin })),
  close: asks("close_poll", ({ poll }) => ({ poll })),
  announce: asks("announce_result", ({ poll }) => ({ poll })),
  annul: asks("annul_poll", ({ poll, reason }) => ({ poll, reason })),
  ask_annulment: asks("ask_annulment", ({ poll, reason }) => ({ poll, reason })),
  confirm_annulment: asks("confirm_annulment", ({ poll, askedAt = 0 }) => ({ poll, asked_at: askedAt })),
};

export function request(ask: Ask, step: ChairStep, wanted: Wanted): Promise<DoneReply | null> {
  return REQUEST_OF[step](ask, wanted);
}
