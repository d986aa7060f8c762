/**
 * The public documents of a Pedersen threshold key (Belenios specification 3.x, "Certificates",
 * "Polynomials", "Voutputs"), checked the same way while the key is made and in the archive. The
 * reader that is passed in decides which refusal a breach brings.
 */
import { utf8 } from "../bytes";
import { ensure } from "../errors";
import { equal, isIdentity, product, type Element, type Group } from "../groups/interface";
import type { Json, Reader } from "../json";
import { checkKnowledge, proofJson, readProof, type Proof } from "../groups/proofs";
import { checkSigned, signedJson, type SignedMessage } from "../ballots/signed";

/** Written into every certificate, so that none can be used in another ceremony's seat. */
interface CertificateContext {
  readonly group: string;
  readonly size: number;
  readonly threshold: number;
  /** Counts from 1. */
  readonly index: number;
}

interface CertificateKeys {
  readonly verification: Element;
  readonly encryption: Element;
}

/** The specification's trustee_public_key; `signature` only in the threshold form. */
export interface VerificationKey {
  readonly pok: Proof;
  readonly publicKey: string;
  readonly signature?: Proof | undefined;
}

/** `context`: null where the certificate names no ceremony. */
export function certificateMessage(context: CertificateContext | null, keys: CertificateKeys): string {
  return JSON.stringify({
    ...(context === null ? {} : { context: contextJson(context) }),
    verification: keys.verification.text,
    encryption: keys.encryption.text,
  });
}

function contextJson({ group, size, threshold, index }: CertificateContext): Json {
  return { group, size, threshold, index };
}

/** The certificate's keys, after its context (there is none if not `bound`) and its signature by its own key have been checked. */
export function openCertificate(
  reader: Reader,
  group: Group,
  context: CertificateContext,
  { message, signature }: SignedMessage,
  bound = true,
): CertificateKeys {
  const fields = reader.record(reader.document(utf8(message)), [...(bound ? ["context"] : []), "verification", "encryption"]);
  const keys = {
    verification: group.parse(reader.text(fields["verification"])),
    encryption: group.parse(reader.text(fields["encryption"])),
  };
  const same = message === certificateMessage(bound ? context : null, keys);
  ensure(same, reader.code, `certificate ${context.index} was made for another ceremony or seat`);
  const trivial = isIdentity(group, keys.verification);
  ensure(!trivial, reader.code, `certificate ${context.index} has a trivial key`);
  checkSigned(group, keys.verification, message, signature, reader.code);
  return keys;
}

export function coefexpsMessage(coefexps: readonly Element[]): string {
  return JSON.stringify({ coefexps: coefexps.map((element) => element.text) });
}

/** The committed coefficients g^a_k of one scrutineer's polynomial. */
export function openCoefexps(
  reader: Reader,
  group: Group,
  signer: Element,
  threshold: number,
  { message, signature }: SignedMessage,
): Element[] {
  const fields = reader.record(reader.document(utf8(message)), ["coefexps"]);
  const coefexps = reader.listOf(fields["coefexps"], (text) => group.parse(reader.text(text)));
  ensure(coefexps.length === threshold, reader.code, `${threshold} coefficients are expected`);
  checkSigned(group, signer, message, signature, reader.code);
  return coefexps;
}

/** What the 3.x `signatures` entry signs: all certificates together with one's own coefficients. */
export function certsMessage(certificates: readonly SignedMessage[], coefexps: readonly Element[]): string {
  const document: Json = { certs: certificates.map(signedJson), coefexps: coefexps.map((element) => element.text) };
  return `certs_sig|${JSON.stringify(document)}`;
}

/**
 * The commitments of the polynomial that all dealers' polynomials add up to, degree by degree; it must share a secret
 * among as many as it promises. Refused when a dealer adds nothing in some degree, or all of them together add up to a
 * polynomial without a secret or of a lower degree: then fewer scrutineers than the threshold could decrypt.
 */
export function combineCommitments(reader: Reader, group: Group, rows: readonly (readonly Element[])[]): Element[] {
  const zero = rows.some((row) => row.some((element) => isIdentity(group, element)));
  ensure(!zero, reader.code, "a dealer committed to a coefficient of zero");
  const combined = (rows[0] ?? []).map((_, k) => product(group, rows.map((row) => row[k] ?? group.identity)));
  const [secret, top] = [combined[0] ?? group.identity, combined.at(-1) ?? group.identity];
  ensure(!isIdentity(group, secret), reader.code, "the dealers' secrets cancel one another");
  ensure(!isIdentity(group, top), reader.code, "the dealers' polynomials add up to one of a lower degree");
  return combined;
}

/** The verification key that the coefficients imply for scrutineer `index`: prod_i prod_k A_ik^(index^k). */
export function impliedKey(reader: Reader, group: Group, rows: readonly (readonly Element[])[], index: number): Element {
  return evaluateInExponent(group, combineCommitments(reader, group, rows), index);
}

/** prod_k A_k^(x^k): g to the polynomial's value at x. */
export function evaluateInExponent(group: Group, coefexps: readonly Element[], x: number): Element {
  let result = group.identity;
  for (const element of [...coefexps].reverse()) result = group.mul(group.pow(result, BigInt(x)), element);
  return result;
}

export function verificationKeyJson({ pok, publicKey, signature }: VerificationKey): Json {
  const bare = { pok: proofJson(pok), public_key: publicKey };
  return signature === undefined ? bare : { ...bare, signature: proofJson(signature) };
}

/** What an archive may hold; a message of the ceremony holds exactly what its form of the key demands. */
const ARCHIVED_KEYS: readonly string[] = ["pok", "public_key", "signature?", "name?"];

export function readVerificationKey(
  reader: Reader,
  value: unknown,
  q: bigint,
  keys: readonly string[] = ARCHIVED_KEYS,
): VerificationKey {
  const fields = reader.record(value, keys);
  if ("name" in fields) reader.text(fields["name"]);
  return {
    pok: readProof(reader, fields["pok"], q),
    publicKey: reader.text(fields["public_key"]),
    signature: "signature" in fields ? readProof(reader, fields["signature"], q) : undefined,
  };
}

/** Membership, not the identity, and the proof of knowledge of the private half. */
export function openVerificationKey(reader: Reader, group: Group, key: VerificationKey): Element {
  const element = group.parse(key.publicKey);
  ensure(!isIdentity(group, element), reader.code, "a scrutineer's key is the identity");
  checkKnowledge(group, element, key.pok, `pok|${group.name}|${key.publicKey}|`, reader.code);
  return element;
}

/** The key is the implied one and its owner signed it (not if not `bound`). */
export function checkThresholdKey(
  reader: Reader,
  group: Group,
  signer: Element,
  implied: Element,
  key: VerificationKey,
  bound = true,
): void {
  const element = openVerificationKey(reader, group, key);
  ensure(equal(element, implied), reader.code, "a verification key is not the one that the shares imply");
  ensure((key.signature !== undefined) === bound, reader.code, "a verification key is not signed, or only some are");
  if (key.signature !== undefined) checkSigned(group, signer, key.publicKey, key.signature, reader.code);
}
