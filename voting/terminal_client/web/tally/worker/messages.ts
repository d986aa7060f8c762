/** What travels between a page and its tally worker. */
import { CheckFailed, TallyError, type TallyCode } from "../errors";
import type { OperationName, TallyProgress } from "./operations";

export interface WorkerRequest {
  readonly id: number;
  readonly name: OperationName;
  readonly request: unknown;
}

/** `ready`: the script is loaded and a port is served; without it nobody may wait for an answer. */
export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly id: number; readonly kind: "progress"; readonly progress: TallyProgress }
  | { readonly id: number; readonly kind: "done"; readonly response: unknown }
  | { readonly id: number; readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly id: number; readonly kind: "broken"; readonly message: string };

/** An error class does not survive the copy between threads; this does. */
export interface Refusal {
  readonly code: TallyCode;
  readonly detail: string;
  readonly check?: { readonly number: number; readonly key: string };
}

export function toRefusal(error: TallyError): Refusal {
  const { code, detail } = error;
  return error instanceof CheckFailed ? { code, detail, check: { number: error.number, key: error.key } } : { code, detail };
}

export function fromRefusal({ code, detail, check }: Refusal): TallyError {
  return check === undefined ? new TallyError(code, detail) : new CheckFailed(check.number, check.key, detail, code);
}
