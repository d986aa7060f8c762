/** Expected failures, shown to a person in their language; everything else is a programmer error. */
import type { Refusal as WireRefusal, RefusalCode } from "./wire.gen";

/** Reasons that arise on this side of the wire. */
type LocalRefusalCode =
  | "no_answer"
  | "unreachable"
  | "camera_refused"
  | "setup_mismatch"
  | "credential_missing"
  | "key_mismatch"
  | "server_key_mismatch"
  | "verification_failed";

/** A refusal by the server or by this terminal's own checks. */
export class Refusal extends Error {
  readonly code: RefusalCode | LocalRefusalCode;
  readonly params: Record<string, string | number>;

  constructor(code: RefusalCode | LocalRefusalCode, params: Record<string, string | number> = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.params = params;
  }
}

/** The server's refusal as an exception. */
export function refusalOf(wire: WireRefusal): Refusal {
  return new Refusal(wire.code, wire.params);
}

const SENT_AGAIN: ReadonlySet<string> = new Set(["no_answer", "server_stopping", "too_many_requests"]);

/** Whether the same request may be sent again as it is: it was not looked at, or nobody knows whether it was. */
export function mayBeSentAgain(refusal: Refusal): boolean {
  return SENT_AGAIN.has(refusal.code);
}

/** Whether an unknown value has the shape of a refusal on the wire. */
export function isWireRefusal(value: unknown): value is WireRefusal {
  return typeof value === "object" && value !== null && typeof (value as { code?: unknown }).code === "string";
}

/** Passes refusals on to `show`, and lets every other error go on: it is a fault, not an answer. */
export function showRefusal(error: unknown, show: (refusal: Refusal) => void): void {
  if (!(error instanceof Refusal)) throw error;
  show(error);
}
