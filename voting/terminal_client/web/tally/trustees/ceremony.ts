/**
 * How the scrutineers make the election key together, each on its own page. Threshold form (t of n,
 * Pedersen): certificates, dealings, verification keys; n-of-n form: one round. Before a round is used
 * the scrutineers compare its `ceremonyFingerprint` aloud, so that a server which shows different
 * messages to different people is found out (Belenios specification 3.x, "Threshold decryption").
 */
import { boxPublicKey, openFromSender, sealForRecipient } from "./boxes";
import { toHex, utf8 } from "../bytes";
import {
  boxMessage,
  ceremonyGroup,
  checkCertificates,
  checkDealings,
  checkVerificationKey,
  commitmentTo,
  isOwnCertificate,
  isSingle,
  MESSAGES,
  refusing,
  type CeremonyPlan,
  type CertificateMessage,
  type DealingMessage,
  type OpenedCertificate,
  type OpenedDealing,
  type VerificationKeyMessage,
} from "./messages";
import { ensure } from "../errors";
import { equal, modulo, type Group } from "../groups/interface";
import { groupByName } from "../groups/choice";
import { sha256Hex } from "../groups/hash";
import { encode, type Json } from "../json";
import { finishedShare, type PrivateShare } from "./private_share";
import { proofJson, proveKnowledge, type ProofJson } from "../groups/proofs";
import { randomScalar, type Rng } from "../groups/random";
import { sign, signedJson, signMessage } from "../ballots/signed";
import { certificateMessage, certsMessage, coefexpsMessage, evaluateInExponent, verificationKeyJson } from "./threshold";
import { parseTrustees } from "./document";

const CODE = "trustee_message_invalid";

/** Round 1: draws signing and box keys and a polynomial, certifies the keys and commits to the polynomial. `index` counts from 1. */
export function startShare(plan: CeremonyPlan, index: number, rng: Rng): [PrivateShare, CertificateMessage] {
  const group = ceremonyGroup(plan, index, "threshold");
  const signing = randomScalar(group.q, rng);
  // Belenios wants an encryption key; ours are libsodium boxes, so nobody keeps its secret.
  const unused = randomScalar(group.q, rng);
  const context = { group: plan.group, size: plan.names.length, threshold: plan.threshold, index };
  const keys = { verification: group.powG(signing), encryption: group.powG(unused) };
  const certificate = signMessage(group, signing, certificateMessage(context, keys), rng);
  const secret = toHex(rng(32));
  const box = boxPublicKey(secret);
  const coefficients = Array.from({ length: plan.threshold }, () => randomScalar(group.q, rng));
  const commitment = commitmentTo(coefexpsMessage(coefficients.map((number) => group.powG(number))));
  const boxSignature = sign(group, signing, boxMessage(certificate, box, commitment), rng);
  return [
    { group: plan.group, index, signing, box: secret, coefficients, decryption: null },
    { index, certificate: signedJson(certificate), box, commitment, box_signature: proofJson(boxSignature) },
  ];
}

/** Round 2: shows the polynomial's commitments, and boxes one value of it for every scrutineer. */
export function dealShares(
  plan: CeremonyPlan,
  share: PrivateShare,
  certificates: readonly unknown[],
  rng: Rng,
): [PrivateShare, DealingMessage] {
  const group = ceremonyGroup(plan, share.index, "threshold");
  const { signing, box } = workingSecrets(share);
  const opened = openRoundOne(plan, group, share, certificates);
  const { coefficients } = share;
  const coefexps = coefficients.map((number) => group.powG(number));
  const shares = opened.map((recipient, i) => ({
    to: i + 1,
    box: sealForRecipient(evaluate(coefficients, i + 1, group.q), recipient.box, box, rng),
  }));
  const certs = opened.map(({ certificate }) => certificate);
  const dealing = {
    index: share.index,
    coefexps: signedJson(signMessage(group, signing, coefexpsMessage(coefexps), rng)),
    signature: proofJson(sign(group, signing, certsMessage(certs, coefexps), rng)),
    shares,
  };
  return [share, dealing];
}

/**
 * Round 3: opens the boxes, checks each value against its dealer's commitments, and adds them up.
 * Throws `trustee_message_invalid`, naming the scrutineer whose message is wrong.
 */
export function finishShare(
  plan: CeremonyPlan,
  share: PrivateShare,
  certificates: readonly unknown[],
  dealings: readonly unknown[],
  rng: Rng,
): [PrivateShare, VerificationKeyMessage] {
  const group = ceremonyGroup(plan, share.index, "threshold");
  const { signing } = workingSecrets(share);
  const opened = openRoundOne(plan, group, share, certificates);
  const dealt = checkDealings(plan, opened, dealings);
  const own = dealt[share.index - 1]?.coefexps ?? [];
  const kept = share.coefficients.map((number) => group.powG(number));
  const unchanged = own.length === kept.length && kept.every((element, i) => element.text === own[i]?.text);
  ensure(unchanged, CODE, "my own dealing was replaced by another");
  const values = dealt.map((dealing, i) => receivedValue(group, share, opened[i], dealing, i + 1));
  const total = modulo(values.reduce((sum, value) => sum + value, 0n), group.q);
  const key = publicKey(group, total, rng);
  const signature = proofJson(sign(group, signing, key.public_key, rng));
  const message = { index: share.index, public_key: { ...key, signature } };
  return [finishedShare(plan.group, share.index, total), message];
}

function receivedValue(
  group: Group,
  share: PrivateShare,
  dealer: OpenedCertificate | undefined,
  dealing: OpenedDealing,
  dealerIndex: number,
): bigint {
  const { box } = workingSecrets(share);
  return refusing(dealerIndex, "share", () => {
    const value = openFromSender(dealing.boxes[share.index - 1] ?? "", dealer?.box ?? "", box, group.q);
    const fits = equal(group.powG(value), evaluateInExponent(group, dealing.coefexps, share.index));
    ensure(fits, CODE, "the share does not fit the commitments");
    return value;
  });
}

/** The only round of the n-of-n form: draws a key and proves knowledge of it. */
export function startSingle(plan: CeremonyPlan, index: number, rng: Rng): [PrivateShare, VerificationKeyMessage] {
  const group = ceremonyGroup(plan, index, "single");
  const secret = randomScalar(group.q, rng);
  return [finishedShare(plan.group, index, secret), { index, public_key: publicKey(group, secret, rng) }];
}

/** The trustees document to archive. Throws `trustee_message_invalid` when the messages do not make a valid one. */
export function assembleTrustees(
  plan: CeremonyPlan,
  certificates: readonly unknown[],
  dealings: readonly unknown[],
  verificationKeys: readonly unknown[],
): Uint8Array {
  ensure(verificationKeys.length === plan.names.length, CODE, "a verification key is missing");
  const keys = verificationKeys.map((message, i) =>
    verificationKeyJson(checkVerificationKey(plan, i + 1, certificates, dealings, message)),
  );
  const blocks: Json = isSingle(plan)
    ? keys.map((key) => ["Single", key])
    : [["Pedersen", pedersenJson(plan, certificates, dealings, keys)]];
  const raw = encode(blocks);
  parseTrustees(groupByName(plan.group), raw);
  return raw;
}

function pedersenJson(
  plan: CeremonyPlan,
  certificates: readonly unknown[],
  dealings: readonly unknown[],
  keys: readonly Json[],
): Json {
  const opened = checkCertificates(plan, certificates);
  const dealt = checkDealings(plan, opened, dealings);
  return {
    threshold: plan.threshold,
    certs: opened.map(({ certificate }) => signedJson(certificate)),
    coefexps: dealt.map(({ signedCoefexps }) => signedJson(signedCoefexps)),
    signatures: dealt.map(({ signature }) => proofJson(signature)),
    verification_keys: keys,
  };
}

/** SHA-256 (hex) of a round's messages, ordered by index, keys sorted at every level. */
export function ceremonyFingerprint(messages: readonly unknown[]): string {
  const index = (message: unknown): number => {
    const found = typeof message === "object" && message !== null && "index" in message ? message.index : undefined;
    return MESSAGES.count(found);
  };
  const ordered = [...messages].sort((a, b) => index(a) - index(b));
  return sha256Hex(utf8(JSON.stringify(sortedKeys(ordered))));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]));
}

function openRoundOne(
  plan: CeremonyPlan,
  group: Group,
  share: PrivateShare,
  certificates: readonly unknown[],
): OpenedCertificate[] {
  const opened = checkCertificates(plan, certificates);
  const { signing, box } = workingSecrets(share);
  const own = opened[share.index - 1];
  const unchanged = own !== undefined && isOwnCertificate(group, own, signing, box);
  ensure(unchanged, CODE, "my own certificate was replaced by another");
  return opened;
}

function workingSecrets({ signing, box }: PrivateShare): { readonly signing: bigint; readonly box: string } {
  if (signing === null || box === null) throw new RangeError("this share is finished or of the n-of-n form");
  return { signing, box };
}

function evaluate(coefficients: readonly bigint[], place: number, q: bigint): bigint {
  return coefficients.reduceRight((sum, number) => modulo(sum * BigInt(place) + number, q), 0n);
}

function publicKey(group: Group, secret: bigint, rng: Rng): { readonly pok: ProofJson; readonly public_key: string } {
  const text = group.powG(secret).text;
  return { pok: proofJson(proveKnowledge(group, secret, `pok|${group.name}|${text}|`, rng)), public_key: text };
}
