/**
 * The client's copy of its view: a snapshot, then numbered patches on top of it.
 *
 * Law: snapshot(old) + patches == snapshot(new). A patch that does not start where we are is a gap and is never applied;
 * the caller asks for a fresh snapshot.
 */
import { applyPatch as applyOperations, type Operation } from "rfc6902";

import type { Audience, Patch, Snapshot as AnySnapshot } from "./wire.gen";

export type { Audience };

/** What the server sends first; `view` is the audience's whole view. */
export type Snapshot<View> = Omit<AnySnapshot, "view"> & { view: View };

/** The view as of number `seq` of its audience; `offset` = server clock minus own clock, in milliseconds. */
export interface ClientState<View> {
  readonly seq: number;
  readonly view: View;
  readonly offset: number;
}

/** State after a snapshot; `now` is this device's clock in Unix milliseconds. */
export function applySnapshot<View>(snapshot: Snapshot<View>, now: number): ClientState<View> {
  return { seq: snapshot.seq, view: snapshot.view, offset: snapshot.server_time - now };
}

/**
 * State after a patch, or "gap" when it does not fit (also when an operation fails: then the copies have parted).
 * A patch that is already contained in the state changes nothing.
 */
export function applyPatch<View>(state: ClientState<View> | null, patch: Patch): ClientState<View> | "gap" {
  if (state === null) return "gap";
  if (patch.seq <= state.seq) return state;
  if (patch.base !== state.seq) return "gap";
  const view = structuredClone(state.view);
  const failures = applyOperations(view, patch.ops as Operation[]).filter((failure) => failure !== null);
  return failures.length > 0 ? "gap" : { ...state, seq: patch.seq, view };
}
