/**
 * What this terminal remembers of the closed boards that it signed, across reloads: its own signature, by the
 * election's identifier. Nobody else can make it, so that it is sealed by itself; it is checked before it is used.
 */
import type { Cupboard } from "../keeping";

/** The signature made here; null where none was. `index`: the scrutineer's, so that several can use one browser. */
export function keptSignature(cupboard: Cupboard, uuid: string, index: number): string | null {
  return cupboard.getItem(placeOf(uuid, index));
}

/** Before it is sent: the server may have taken it although its answer was lost. */
export function keepSignature(cupboard: Cupboard, uuid: string, index: number, signed: string): void {
  cupboard.setItem(placeOf(uuid, index), signed);
}

function placeOf(uuid: string, index: number): string {
  return `plenary.closed.${uuid}.${index}`;
}
