/**
 * The expected refusals of the tally protocol. Every reason has a wire name that a page
 * can translate; the detail is for the log and the auditor. Anything else that is thrown
 * in this folder (RangeError, TypeError) is a programmer's error.
 */
export type TallyCode =
  | "document_malformed"
  | "document_not_canonical"
  | "group_unknown"
  | "not_in_group"
  | "scalar_malformed"
  | "election_invalid"
  | "ballot_too_large"
  | "ballot_malformed"
  | "ballot_not_canonical"
  | "ballot_wrong_election"
  | "credential_malformed"
  | "credential_unknown"
  | "signature_invalid"
  | "proof_invalid"
  | "trustee_message_invalid"
  | "share_invalid"
  | "trustees_invalid"
  | "tally_invalid"
  | "shuffle_invalid"
  | "shuffles_missing"
  | "decryption_invalid"
  | "decryptions_missing"
  | "board_disputed"
  | "agreement_missing"
  | "result_invalid"
  | "paper_malformed"
  | "receipt_invalid"
  | "archive_invalid"
  | "seal_invalid";

/** A refusal: `code` is the wire name, `detail` an English explanation for the record. */
export class TallyError extends Error {
  readonly code: TallyCode;
  readonly detail: string;

  constructor(code: TallyCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "TallyError";
    this.code = code;
    this.detail = detail;
  }
}

/** A numbered check of the verifier that does not hold. */
export class CheckFailed extends TallyError {
  readonly number: number;
  readonly key: string;

  constructor(number: number, key: string, detail: string, code: TallyCode = "archive_invalid") {
    super(code, detail);
    this.name = "CheckFailed";
    this.number = number;
    this.key = key;
    this.message = `check ${number} (${key}): ${detail}`;
  }
}

/** Throws `TallyError(code, detail)` unless `holds`. */
export function ensure(holds: boolean, code: TallyCode, detail: string): asserts holds {
  if (!holds) throw new TallyError(code, detail);
}
