/**
 * Zero-knowledge proofs: knowledge of a discrete logarithm and membership in an interval
 * (Belenios specification, "Verification keys" and "Proofs of interval membership").
 */
import { ensure, type TallyCode } from "../errors";
import { modulo, type Element, type FixedBase, type Group } from "./interface";
import { challenge } from "./hash";
import type { Reader } from "../json";
import { randomScalar, type Rng } from "./random";

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** What the voter knows about a ciphertext: its randomness and its value. */
interface Plaintext {
  readonly r: bigint;
  readonly m: number;
}

export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
}

/** What every proof about one election needs: the group and its key, with tables for both. */
export interface ElectionKey {
  readonly group: Group;
  readonly element: Element;
  readonly table: FixedBase;
}

export function electionKey(group: Group, element: Element): ElectionKey {
  let table: FixedBase | undefined;
  const pow = (exponent: bigint): Element => (table ??= group.fixedBase(element)).pow(exponent);
  return { group, element, table: { pow } };
}

/** The published spelling: decimal strings. */
export type ProofJson = Readonly<Record<"challenge" | "response", string>>;

export function proofJson(proof: Proof): ProofJson {
  return { challenge: proof.challenge.toString(), response: proof.response.toString() };
}

export function readProof(reader: Reader, value: unknown, q: bigint): Proof {
  const fields = reader.record(value, ["challenge", "response"]);
  return { challenge: reader.scalar(fields["challenge"], q), response: reader.scalar(fields["response"], q) };
}

/** Proves knowledge of `secret` = log_g; `prefix` binds the proof to its purpose. */
export function proveKnowledge(group: Group, secret: bigint, prefix: string, rng: Rng): Proof {
  const w = randomScalar(group.q, rng);
  const c = challenge(group, prefix, [group.powG(w)]);
  return { challenge: c, response: modulo(w - secret * c, group.q) };
}

/** Throws `code` unless `proof` shows knowledge of the logarithm of `element`. */
export function checkKnowledge(
  group: Group,
  element: Element,
  proof: Proof,
  prefix: string,
  code: TallyCode,
): void {
  const commitment = group.mul(group.powG(proof.response), group.pow(element, proof.challenge));
  const holds = challenge(group, prefix, [commitment]) === proof.challenge;
  ensure(holds, code, `the proof "${prefix.slice(0, 12)}" does not hold`);
}

/** The ciphertext (g^r, y^r g^m) of m = 0 or 1. */
export function encrypt(key: ElectionKey, { r, m }: Plaintext): Ciphertext {
  const { group, table } = key;
  // Multiplied for 0 as well, so that the time does not tell the choice.
  const value = m === 0 ? group.identity : group.generator;
  return { alpha: group.powG(r), beta: group.mul(table.pow(r), value) };
}

export function multiply(group: Group, a: Ciphertext, b: Ciphertext): Ciphertext {
  return { alpha: group.mul(a.alpha, b.alpha), beta: group.mul(a.beta, b.beta) };
}

/** The product of ciphertexts; the pair of identities when there are none. */
export function multiplyAll(group: Group, ciphertexts: readonly Ciphertext[]): Ciphertext {
  const one = { alpha: group.identity, beta: group.identity };
  return ciphertexts.reduce((product, item) => multiply(group, product, item), one);
}

/**
 * Proves that `ciphertext` = (g^r, y^r g^m) for one of `min` <= m <= `max`.
 * `statement` is the string S of the specification. Throws RangeError when m is outside.
 */
export function proveInterval(
  key: ElectionKey,
  statement: string,
  ciphertext: Ciphertext,
  secret: Plaintext,
  bounds: { readonly min: number; readonly max: number },
  rng: Rng,
): Proof[] {
  const { q } = key.group;
  if (secret.m < bounds.min || secret.m > bounds.max) throw new RangeError("the value is outside the interval");
  const real = secret.m - bounds.min;
  // The true disjunct starts with challenge 0, so that its commitments are g^w and y^w.
  const proofs = Array.from({ length: bounds.max - bounds.min + 1 }, (_, j) => ({
    challenge: j === real ? 0n : randomScalar(q, rng),
    response: randomScalar(q, rng),
  }));
  const commitments = proofs.flatMap((proof, j) => knownCommitments(key, secret, proof, bounds.min + j));
  const total = intervalChallenge(key.group, statement, ciphertext, commitments);
  const w = proofs[real]?.response ?? 0n;
  const c = modulo(proofs.reduce((rest, proof) => rest - proof.challenge, total), q);
  proofs[real] = { challenge: c, response: modulo(w - secret.r * c, q) };
  return proofs;
}

/** The commitments of `intervalCommitments`, from fixed bases only because r and m are known. */
function knownCommitments(key: ElectionKey, { r, m }: Plaintext, proof: Proof, candidate: number): Element[] {
  const { group, table } = key;
  const exponent = modulo(proof.response + r * proof.challenge, group.q);
  const shift = group.powG(BigInt(m - candidate) * proof.challenge);
  return [group.powG(exponent), group.mul(table.pow(exponent), shift)];
}

/** Throws `proof_invalid` unless the value of `ciphertext` lies in min..min+proofs.length-1. */
export function checkInterval(
  key: ElectionKey,
  statement: string,
  ciphertext: Ciphertext,
  proofs: readonly Proof[],
  min: number,
): void {
  const commitments = intervalCommitments(key, ciphertext, proofs, min);
  const total = intervalChallenge(key.group, statement, ciphertext, commitments);
  const sum = modulo(proofs.reduce((all, proof) => all + proof.challenge, 0n), key.group.q);
  ensure(total === sum, "proof_invalid", "a proof of the allowed range does not hold");
}

/** A_j = g^response alpha^challenge and B_j = y^response (beta / g^m_j)^challenge. */
function intervalCommitments(
  key: ElectionKey,
  ciphertext: Ciphertext,
  proofs: readonly Proof[],
  min: number,
): Element[] {
  const { group, table } = key;
  const challenges = proofs.map((proof) => proof.challenge);
  const alphas = group.powers(ciphertext.alpha, challenges);
  const betas = group.powers(ciphertext.beta, challenges);
  return proofs.flatMap((proof, j) => {
    const a = group.mul(group.powG(proof.response), alphas[j] ?? group.identity);
    const shift = group.powG(-proof.challenge * BigInt(min + j));
    const b = group.mul(table.pow(proof.response), betas[j] ?? group.identity);
    return [a, group.mul(b, shift)];
  });
}

function intervalChallenge(
  group: Group,
  statement: string,
  { alpha, beta }: Ciphertext,
  commitments: readonly Element[],
): bigint {
  return challenge(group, `prove|${statement}|${alpha.text},${beta.text}|`, commitments);
}
