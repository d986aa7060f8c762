/**
 * Sum, partial decryptions and result (Belenios specification, "Encrypted tally", "Partial
 * decryptions", "Election result").
 */
import { ballotElements, ciphertextJson, readBallot } from "./ballot";
import type { Election } from "./election";
import { ensure } from "./errors";
import { equal, invertScalar, modulo, product, type Element, type Group } from "./group";
import { challenge } from "./hash";
import type { PrivateShare } from "./private_share";
import { encode, Reader } from "./json";
import { multiplyAll, proofJson, readProof, type Ciphertext, type Proof } from "./proofs";
import { randomScalar, type Rng } from "./random";
import type { TrusteeBlock, Trustees } from "./trustees";

const TALLY = new Reader("tally_invalid");
const DECRYPTION = new Reader("decryption_invalid");

/** The encrypted_tally document: the product of the ballots' ciphertexts. Throws what reading a ballot throws. */
export function sumBallots(election: Election, ballots: Iterable<Uint8Array>): Uint8Array {
  const sum = new RunningSum(election);
  for (const raw of ballots) sum.add(ballotElements(election.group, readBallot(election, raw)).choices);
  return sum.encode();
}

/** The sum of ballots that have been read already. */
export class RunningSum {
  readonly #group: Group;
  #total: Ciphertext[];

  constructor({ group, question }: Election) {
    this.#group = group;
    this.#total = question.answers.map(() => multiplyAll(group, []));
  }

  add(choices: readonly Ciphertext[]): void {
    this.#total = this.#total.map((total, i) => multiplyAll(this.#group, [total, ...choices.slice(i, i + 1)]));
  }

  encode(): Uint8Array {
    return encode([this.#total.map(ciphertextJson)]);
  }
}

/** The ciphertexts of an encrypted_tally document. Throws `tally_invalid` or `not_in_group`. */
export function readEncryptedTally({ group, question }: Election, raw: Uint8Array): Ciphertext[] {
  const rows = TALLY.list(TALLY.document(raw));
  ensure(rows.length === 1, "tally_invalid", "one question is expected");
  const tally = TALLY.listOf(rows[0], (item) => {
    const fields = TALLY.record(item, ["alpha", "beta"]);
    return { alpha: group.parse(TALLY.text(fields["alpha"])), beta: group.parse(TALLY.text(fields["beta"])) };
  });
  ensure(tally.length === question.answers.length, "tally_invalid", "one ciphertext per answer is expected");
  return tally;
}

/** One scrutineer's decryption factors and proofs. Throws `share_invalid` for an unfinished share or another group's. */
export function partialDecrypt(
  election: Election,
  share: PrivateShare,
  encryptedTally: Uint8Array,
  rng: Rng,
): Uint8Array {
  const { group } = election;
  const secret = share.decryption;
  ensure(secret !== null && share.group === group.name, "share_invalid", "this share cannot open this poll");
  const publicKey = group.powG(secret);
  const tally = readEncryptedTally(election, encryptedTally);
  const proofs = tally.map(({ alpha }) => {
    const w = randomScalar(group.q, rng);
    const c = decryptionChallenge(election, publicKey, group.powG(w), group.pow(alpha, w));
    return proofJson({ challenge: c, response: modulo(w - secret * c, group.q) });
  });
  const factors = tally.map(({ alpha }) => group.pow(alpha, secret).text);
  return encode({ decryption_factors: [factors], decryption_proofs: [proofs] });
}

function decryptionChallenge(election: Election, key: Element, a: Element, b: Element): bigint {
  return challenge(election.group, `decrypt|${election.hash}|${key.text}|`, [a, b]);
}

/** The factors of `owner`'s decryption, after its proofs have been checked. Throws `decryption_invalid`. */
export function checkPartialDecryption(
  election: Election,
  trustees: Trustees,
  owner: number,
  encryptedTally: Uint8Array,
  raw: Uint8Array,
): Element[] {
  const key = trustees.verificationKey(owner);
  ensure(key !== undefined, "decryption_invalid", `there is no scrutineer ${owner}`);
  const tally = readEncryptedTally(election, encryptedTally);
  const { factors, proofs } = readDecryption(election.group, raw, tally.length);
  tally.forEach(({ alpha }, i) => {
    const [factor, proof] = [factors[i], proofs[i]];
    ensure(factor !== undefined && proof !== undefined, "decryption_invalid", "an entry is missing");
    const { group } = election;
    const a = group.mul(group.powG(proof.response), group.pow(key, proof.challenge));
    const b = group.mul(group.pow(alpha, proof.response), group.pow(factor, proof.challenge));
    const holds = decryptionChallenge(election, key, a, b) === proof.challenge;
    ensure(holds, "decryption_invalid", `the proof of scrutineer ${owner} for answer ${i + 1} does not hold`);
  });
  return factors;
}

function readDecryption(group: Group, raw: Uint8Array, size: number): { factors: Element[]; proofs: Proof[] } {
  const fields = DECRYPTION.record(DECRYPTION.document(raw), ["decryption_factors", "decryption_proofs"]);
  const only = (value: unknown): unknown => {
    const rows = DECRYPTION.list(value);
    return rows.length === 1 ? rows[0] : DECRYPTION.fail("one question is expected");
  };
  const factors = DECRYPTION.listOf(only(fields["decryption_factors"]), (text) => group.parse(DECRYPTION.text(text)));
  const proofs = DECRYPTION.listOf(only(fields["decryption_proofs"]), (item) => readProof(DECRYPTION, item, group.q));
  const complete = factors.length === size && proofs.length === size;
  ensure(complete, "decryption_invalid", "one factor and one proof per answer are expected");
  return { factors, proofs };
}

/** The owners whose decryptions open the tally: the first `threshold` of every block. Throws `decryptions_missing`. */
export function sufficientOwners(trustees: Trustees, owners: ReadonlySet<number>): Map<TrusteeBlock, number[]> {
  const chosen = new Map<TrusteeBlock, number[]>();
  trustees.blocks.forEach((block, i) => {
    const present = block.keys.map((_, j) => block.firstOwner + j).filter((owner) => owners.has(owner));
    const enough = present.length >= block.threshold;
    ensure(enough, "decryptions_missing", `block ${i + 1} has ${present.length} of ${block.threshold} decryptions`);
    chosen.set(block, present.slice(0, block.threshold));
  });
  return chosen;
}

/**
 * The result document and the votes per answer. `decryptions`: owner to document; each is checked.
 * Throws `decryption_invalid`, `decryptions_missing`, or `result_invalid` when no count up to `ballots` fits.
 */
export function computeResult(
  election: Election,
  trustees: Trustees,
  encryptedTally: Uint8Array,
  ballots: number,
  decryptions: ReadonlyMap<number, Uint8Array>,
): { readonly raw: Uint8Array; readonly counts: readonly number[] } {
  const factors = new Map<number, Element[]>();
  for (const [owner, raw] of decryptions) {
    factors.set(owner, checkPartialDecryption(election, trustees, owner, encryptedTally, raw));
  }
  return combineFactors(election, trustees, encryptedTally, ballots, factors);
}

/** `computeResult` for factors whose proofs have been checked already. */
export function combineFactors(
  election: Election,
  trustees: Trustees,
  encryptedTally: Uint8Array,
  ballots: number,
  factors: ReadonlyMap<number, readonly Element[]>,
): { readonly raw: Uint8Array; readonly counts: readonly number[] } {
  const { group } = election;
  const chosen = sufficientOwners(trustees, new Set(factors.keys()));
  const counts = readEncryptedTally(election, encryptedTally).map(({ beta }, i) => {
    const parts = [...chosen].flatMap(([block, owners]) => {
      const indexes = owners.map((owner) => owner - block.firstOwner + 1);
      return owners.map((owner, at) => {
        const factor = factors.get(owner)?.[i] ?? group.identity;
        return block.kind === "Single" ? factor : group.pow(factor, lagrange(group.q, indexes, indexes[at] ?? 0));
      });
    });
    return smallLogarithm(group, group.mul(beta, group.invert(product(group, parts))), ballots);
  });
  return { raw: encode({ result: [counts] }), counts };
}

/** The Lagrange coefficient of `index` at zero: prod k/(k - index) over the other indexes. */
export function lagrange(q: bigint, indexes: readonly number[], index: number): bigint {
  return indexes
    .filter((k) => k !== index)
    .reduce((all, k) => modulo(all * BigInt(k) * invertScalar(BigInt(k - index), q), q), 1n);
}

function smallLogarithm(group: Group, element: Element, limit: number): number {
  let power = group.identity;
  for (let n = 0; n <= limit; n++) {
    if (equal(power, element)) return n;
    power = group.mul(power, group.generator);
  }
  ensure(false, "result_invalid", "a count is not between 0 and the number of ballots");
  throw new RangeError("unreachable");
}
