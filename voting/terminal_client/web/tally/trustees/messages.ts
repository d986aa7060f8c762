/** The messages of the key ceremony: their forms, and the checks that server and scrutineers make. */
import { boxPublicKey, looksLikeBox } from "./boxes";
import { ensure, TallyError } from "../errors";
import type { Element, Group } from "../groups/interface";
import { utf8 } from "../bytes";
import { groupByName } from "../groups/choice";
import { sha256Hex } from "../groups/hash";
import { Reader } from "../json";
import { readProof, type Proof, type ProofJson } from "../groups/proofs";
import { checkSigned, readSigned, type SignedJson, type SignedMessage } from "../ballots/signed";
import {
  certsMessage,
  checkThresholdKey,
  impliedKey,
  openCertificate,
  openCoefexps,
  openVerificationKey,
  readVerificationKey,
  type VerificationKey,
} from "./threshold";

const CODE = "trustee_message_invalid";
export const MESSAGES = new Reader(CODE, CODE, false);

/** Who takes part; `threshold === names.length` means the n-of-n form, in which nobody may be missing. */
export interface CeremonyPlan {
  readonly group: string;
  readonly names: readonly string[];
  readonly threshold: number;
}

/** Round 1 of the threshold form. */
export interface CertificateMessage {
  readonly index: number;
  readonly certificate: SignedJson;
  readonly box: string;
  readonly commitment: string;
  readonly box_signature: ProofJson;
}

/** Round 2 of the threshold form. */
export interface DealingMessage {
  readonly index: number;
  readonly coefexps: SignedJson;
  readonly signature: ProofJson;
  readonly shares: readonly { readonly to: number; readonly box: string }[];
}

/** The last round of both forms. */
export interface VerificationKeyMessage {
  readonly index: number;
  readonly public_key: { readonly pok: ProofJson; readonly public_key: string; readonly signature?: ProofJson };
}

/** A checked certificate message. */
export interface OpenedCertificate {
  readonly certificate: SignedMessage;
  readonly verification: Element;
  readonly box: string;
  readonly commitment: string;
}

/** A checked dealing message; `boxes[j-1]` is for scrutineer j. */
export interface OpenedDealing {
  readonly coefexps: readonly Element[];
  readonly signedCoefexps: SignedMessage;
  readonly signature: Proof;
  readonly boxes: readonly string[];
}

export function isSingle(plan: CeremonyPlan): boolean {
  return plan.threshold === plan.names.length;
}

/** Throws RangeError when the plan or the index makes no sense, or the plan has the other form; of several, two at least are needed. */
export function ceremonyGroup(plan: CeremonyPlan, index: number, form: "threshold" | "single" | "any"): Group {
  const size = plan.names.length;
  const sound = Number.isInteger(plan.threshold) && plan.threshold >= Math.min(2, Math.max(1, size)) && plan.threshold <= size;
  if (!sound) throw new RangeError("the threshold must be from 2 up to the number of scrutineers");
  if (form !== "any" && isSingle(plan) !== (form === "single")) throw new RangeError("the plan has the other form");
  if (!Number.isInteger(index) || index < 1 || index > size) throw new RangeError(`there is no scrutineer ${index}`);
  return groupByName(plan.group);
}

/** Turns any refusal inside into trustee_message_invalid, naming scrutineer and message. */
export function refusing<T>(index: number, what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof TallyError) || error.detail.startsWith("scrutineer ")) throw error;
    throw new TallyError(CODE, `scrutineer ${index}, ${what}: ${error.detail}`);
  }
}

/** What `box_signature` signs: box key and commitment, tied to the certificate they came with. */
export function boxMessage(certificate: SignedMessage, box: string, commitment: string): string {
  return `box|${box}|${commitment}|${certificate.message}`;
}

/**
 * What a certificate says of the polynomial that is dealt later: the SHA-256 (hex) of its signed commitments' text.
 * Nobody can choose a polynomial once the others' are known, and so no key but one that all made together.
 */
export function commitmentTo(coefexps: string): string {
  return sha256Hex(utf8(coefexps));
}

/** Throws `trustee_message_invalid`. */
export function checkCertificate(plan: CeremonyPlan, index: number, message: unknown): OpenedCertificate {
  const group = ceremonyGroup(plan, index, "threshold");
  return refusing(index, "certificate", () => {
    const fields = MESSAGES.record(message, ["index", "certificate", "box", "commitment", "box_signature"]);
    checkIndex(fields["index"], index);
    const certificate = readSigned(MESSAGES, fields["certificate"], group.q);
    const context = { group: plan.group, size: plan.names.length, threshold: plan.threshold, index };
    const { verification } = openCertificate(MESSAGES, group, context, certificate);
    const box = MESSAGES.digest(fields["box"]);
    const commitment = MESSAGES.digest(fields["commitment"]);
    const signature = readProof(MESSAGES, fields["box_signature"], group.q);
    checkSigned(group, verification, boxMessage(certificate, box, commitment), signature, CODE);
    return { certificate, verification, box, commitment };
  });
}

export function checkCertificates(plan: CeremonyPlan, messages: readonly unknown[]): OpenedCertificate[] {
  ensure(messages.length === plan.names.length, CODE, "a certificate is missing");
  return messages.map((message, i) => checkCertificate(plan, i + 1, message));
}

/** The public part only: what is in the boxes their recipients check. Throws `trustee_message_invalid`. */
export function checkDealing(
  plan: CeremonyPlan,
  index: number,
  certificates: readonly unknown[],
  message: unknown,
): OpenedDealing {
  return openDealing(plan, index, checkCertificates(plan, certificates), message);
}

function openDealing(
  plan: CeremonyPlan,
  index: number,
  certificates: readonly OpenedCertificate[],
  message: unknown,
): OpenedDealing {
  const group = ceremonyGroup(plan, index, "threshold");
  const own = certificates[index - 1];
  if (own === undefined) throw new RangeError("the certificates are not those of the plan");
  return refusing(index, "dealing", () => {
    const fields = MESSAGES.record(message, ["index", "coefexps", "signature", "shares"]);
    checkIndex(fields["index"], index);
    const signedCoefexps = readSigned(MESSAGES, fields["coefexps"], group.q);
    const coefexps = openCoefexps(MESSAGES, group, own.verification, plan.threshold, signedCoefexps);
    const committed = commitmentTo(signedCoefexps.message) === own.commitment;
    ensure(committed, CODE, "it is not the one that its dealer's certificate committed to");
    const signature = readProof(MESSAGES, fields["signature"], group.q);
    const certs = certificates.map(({ certificate }) => certificate);
    checkSigned(group, own.verification, certsMessage(certs, coefexps), signature, CODE);
    return { coefexps, signedCoefexps, signature, boxes: readBoxes(plan, fields["shares"]) };
  });
}

function readBoxes(plan: CeremonyPlan, value: unknown): string[] {
  const shares = MESSAGES.list(value);
  ensure(shares.length === plan.names.length, CODE, "it does not hold one share for each scrutineer");
  return shares.map((share, i) => {
    const fields = MESSAGES.record(share, ["to", "box"]);
    checkIndex(fields["to"], i + 1);
    const box = MESSAGES.text(fields["box"]);
    ensure(looksLikeBox(box), CODE, "a share is not a box");
    return box;
  });
}

export function checkDealings(
  plan: CeremonyPlan,
  certificates: readonly OpenedCertificate[],
  messages: readonly unknown[],
): OpenedDealing[] {
  ensure(messages.length === plan.names.length, CODE, "a dealing is missing");
  return messages.map((message, i) => openDealing(plan, i + 1, certificates, message));
}

/** In the threshold form the key must follow from the dealings. Throws `trustee_message_invalid`. */
export function checkVerificationKey(
  plan: CeremonyPlan,
  index: number,
  certificates: readonly unknown[],
  dealings: readonly unknown[],
  message: unknown,
): VerificationKey {
  const group = ceremonyGroup(plan, index, "any");
  return refusing(index, "verification key", () => {
    const fields = MESSAGES.record(message, ["index", "public_key"]);
    checkIndex(fields["index"], index);
    const keys = ["pok", "public_key", ...(isSingle(plan) ? [] : ["signature"])];
    const key = readVerificationKey(MESSAGES, fields["public_key"], group.q, keys);
    if (isSingle(plan)) {
      openVerificationKey(MESSAGES, group, key);
      return key;
    }
    const opened = checkCertificates(plan, certificates);
    const rows = checkDealings(plan, opened, dealings).map(({ coefexps }) => coefexps);
    const signer = opened[index - 1]?.verification ?? group.identity;
    checkThresholdKey(MESSAGES, group, signer, impliedKey(MESSAGES, group, rows, index), key);
    return key;
  });
}

function checkIndex(value: unknown, expected: number): void {
  ensure(value === expected, CODE, "it bears another scrutineer's number");
}

/** Whether the certificate is the one that belongs to these secrets. */
export function isOwnCertificate(group: Group, opened: OpenedCertificate, signing: bigint, box: string): boolean {
  return opened.verification.text === group.powG(signing).text && opened.box === boxPublicKey(box);
}
