/** Signed messages between scrutineers (Belenios specification, "Public key infrastructure"). */
import type { TallyCode } from "../errors";
import type { Element, Group } from "../groups/interface";
import type { Reader } from "../json";
import { checkKnowledge, proofJson, proveKnowledge, readProof, type Proof, type ProofJson } from "../groups/proofs";
import type { Rng } from "../groups/random";

export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

export function sign(group: Group, key: bigint, message: string, rng: Rng): Proof {
  return proveKnowledge(group, key, `sigmsg|${message}|`, rng);
}

export function signMessage(group: Group, key: bigint, message: string, rng: Rng): SignedMessage {
  return { message, signature: sign(group, key, message, rng) };
}

/** Throws `code`. */
export function checkSigned(group: Group, key: Element, message: string, signature: Proof, code: TallyCode): void {
  checkKnowledge(group, key, signature, `sigmsg|${message}|`, code);
}

/** The published spelling. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- an interface is no Json
export type SignedJson = { readonly message: string; readonly signature: ProofJson };

export function signedJson({ message, signature }: SignedMessage): SignedJson {
  return { message, signature: proofJson(signature) };
}

export function readSigned(reader: Reader, value: unknown, q: bigint): SignedMessage {
  const fields = reader.record(value, ["message", "signature"]);
  return { message: reader.text(fields["message"]), signature: readProof(reader, fields["signature"], q) };
}
