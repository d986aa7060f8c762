/**
 * Partial decryptions and result (Belenios specification, "Partial decryptions", "Election result").
 * Nobody may decrypt a ciphertext that the terminal has not rebuilt from the board itself.
 */
import { onlyQuestion, type Election } from "./election";
import { readTally, type Columns } from "./encrypted_tally";
import { ensure, TallyError, type TallyCode } from "../errors";
import { checkForm, DECRYPTION_FORM, readForm, RESULT_FORM } from "../forms";
import { divide, equal, invertScalar, modulo, product, type Element, type Group } from "../groups/interface";
import { challenge } from "../groups/hash";
import { encode, Reader } from "../json";
import { decryptionIn, type PrivateShare } from "../trustees/private_share";
import { proofJson, readProof, type Proof, type ProofJson } from "../groups/proofs";
import { isMixed, type AnyQuestion } from "../ballots/questions";
import { randomScalar, type Rng } from "../groups/random";
import type { TrusteeBlock, Trustees } from "../trustees/document";

export { sumBallots } from "./encrypted_tally";

const DECRYPTION = new Reader("decryption_invalid");

/** The votes for each answer of a homomorphic question. */
export type Counts = readonly number[];
/** The numbers of each paper of a mixed question, in the order in which the shuffles left them. */
export type Papers = readonly (readonly number[])[];
/** What came out, question by question. */
export type Result = readonly (Counts | Papers)[];

/** A decryption's factors: one for each ciphertext of each question. */
export type Factors = readonly (readonly Element[])[];

/**
 * One scrutineer's decryption factors with two proofs of each: the published one, and one of the whole statement.
 * `encryptedTally`: the sum; with mixed questions, what the shuffles left. Throws `share_invalid` for an unfinished
 * share or another group's.
 */
export function partialDecrypt(
  election: Election,
  share: PrivateShare,
  encryptedTally: Uint8Array,
  rng: Rng,
): Uint8Array {
  const { group } = election;
  const secret = decryptionIn(group, share);
  const publicKey = group.powG(secret);
  const opened = readTally(election, encryptedTally).map((column) =>
    column.map(({ alpha }) => ({ alpha, factor: group.pow(alpha, secret) })),
  );
  const proofs = (prefix: PrefixOf): ProofJson[][] =>
    opened.map((column) =>
      column.map(({ alpha, factor }) => {
        const w = randomScalar(group.q, rng);
        const c = challenge(group, prefix(election, publicKey, alpha, factor), [group.powG(w), group.pow(alpha, w)]);
        return proofJson({ challenge: c, response: modulo(w - secret * c, group.q) });
      }),
    );
  const factors = opened.map((column) => column.map(({ factor }) => factor.text));
  return encode({
    decryption_factors: factors,
    decryption_proofs: proofs(publishedPrefix),
    statement_proofs: proofs(statementPrefix),
  });
}

type PrefixOf = (election: Election, key: Element, alpha: Element, factor: Element) => string;

/** Of the proof that the published format prescribes. */
function publishedPrefix({ hash }: Election, key: Element): string {
  return `decrypt|${hash}|${key.text}|`;
}

/** Of ours, which names the whole statement: that `factor` is `alpha` to the secret of `key`. */
function statementPrefix({ hash }: Election, key: Element, alpha: Element, factor: Element): string {
  return `decrypt-statement|${hash}|${key.text}|${alpha.text},${factor.text}|`;
}

/** What a partial decryption gave that was checked. */
interface CheckedDecryption {
  readonly factors: Factors;
  /** Whether the whole statement is proven of each. */
  readonly stated: boolean;
}

/**
 * The factors of `owner`'s decryption, after its proofs have been checked; in an election that claims our format 2
 * the whole statements must be proven. Throws `decryption_invalid`.
 */
export function checkPartialDecryption(
  election: Election,
  trustees: Trustees,
  owner: number,
  encryptedTally: Uint8Array,
  raw: Uint8Array,
): CheckedDecryption {
  const key = trustees.verificationKey(owner);
  ensure(key !== undefined, "decryption_invalid", `there is no scrutineer ${owner}`);
  const columns = readTally(election, encryptedTally);
  const { factors, proofs, statements } = readDecryption(election.group, raw, columns);
  const stated = statements !== null;
  ensure(stated || !election.strict, "decryption_invalid", `scrutineer ${owner} does not prove the whole statement`);
  columns.forEach((column, q) => {
    column.forEach(({ alpha }, i) => {
      const factor = factors[q]?.[i];
      const proven = (proof: Proof | undefined, prefix: PrefixOf): boolean =>
        factor !== undefined && proof !== undefined && factorHolds(election, key, alpha, factor, proof, prefix);
      const holds = proven(proofs[q]?.[i], publishedPrefix) && (!stated || proven(statements[q]?.[i], statementPrefix));
      ensure(holds, "decryption_invalid", `the proof of scrutineer ${owner} for part ${i + 1} of question ${q + 1} does not hold`);
    });
  });
  return { factors, stated };
}

function factorHolds(
  election: Election,
  key: Element,
  alpha: Element,
  factor: Element,
  proof: Proof,
  prefix: PrefixOf,
): boolean {
  const { group } = election;
  const a = group.mul(group.powG(proof.response), group.pow(key, proof.challenge));
  const b = group.mul(group.pow(alpha, proof.response), group.pow(factor, proof.challenge));
  return challenge(group, prefix(election, key, alpha, factor), [a, b]) === proof.challenge;
}

interface DecryptionJson {
  readonly decryption_factors: readonly (readonly string[])[];
  readonly decryption_proofs: readonly (readonly unknown[])[];
  readonly statement_proofs?: readonly (readonly unknown[])[];
}

type Proofs = readonly (readonly Proof[])[];

function readDecryption(
  group: Group,
  raw: Uint8Array,
  columns: Columns,
): { factors: Factors; proofs: Proofs; statements: Proofs | null } {
  const value = DECRYPTION.document(raw);
  checkForm(value, DECRYPTION_FORM, DECRYPTION);
  const json = value as DecryptionJson;
  const { decryption_factors, decryption_proofs, statement_proofs } = json;
  const complete = [decryption_factors, decryption_proofs, statement_proofs ?? decryption_proofs].every(
    (lists) => lists.length === columns.length && lists.every((list, q) => list.length === columns[q]?.length),
  );
  ensure(complete, "decryption_invalid", "one factor and one proof per ciphertext are expected");
  const read = (lists: readonly (readonly unknown[])[]): Proofs =>
    lists.map((list) => list.map((item) => readProof(DECRYPTION, item, group.q)));
  return {
    factors: decryption_factors.map((list) => list.map((text) => group.parse(text))),
    proofs: read(decryption_proofs),
    statements: statement_proofs === undefined ? null : read(statement_proofs),
  };
}

/** Throws `decryption_invalid` unless whoever is more than enough agrees with the first ones that suffice. */
function checkAgreement(
  group: Group,
  chosen: ReadonlyMap<TrusteeBlock, readonly number[]>,
  factors: ReadonlyMap<number, Element>,
): void {
  for (const [block, owners] of chosen) {
    const shares = owners.map((owner) => ({ at: owner - block.firstOwner + 1, factor: factors.get(owner) ?? group.identity }));
    for (const [j] of block.keys.entries()) {
      const [owner, factor] = [block.firstOwner + j, factors.get(block.firstOwner + j)];
      if (factor === undefined || owners.includes(owner)) continue;
      const agrees = equal(interpolate(group, shares, j + 1), factor);
      ensure(agrees, "decryption_invalid", `the decryption of scrutineer ${owner} contradicts those of the others`);
    }
  }
}

interface Share {
  /** The scrutineer's place in the block, from 1. */
  readonly at: number;
  readonly factor: Element;
}

/** In the exponent, the value at `x` of the polynomial that has these values at their places; 0 is the secret. */
function interpolate(group: Group, shares: readonly Share[], x: number): Element {
  const places = shares.map(({ at }) => at);
  return product(group, shares.map(({ at, factor }) => group.pow(factor, lagrange(group.q, places, at, x))));
}

/** The owners who suffice, by default to open the tally: the first `threshold` of every block. Throws `code`. */
export function sufficientOwners(
  trustees: Trustees,
  owners: ReadonlySet<number>,
  code: TallyCode = "decryptions_missing",
  what = "decryptions",
): Map<TrusteeBlock, number[]> {
  const chosen = new Map<TrusteeBlock, number[]>();
  trustees.blocks.forEach((block, i) => {
    const present = block.keys.map((_, j) => block.firstOwner + j).filter((owner) => owners.has(owner));
    const enough = present.length >= block.threshold;
    ensure(enough, code, `block ${i + 1} has ${present.length} of ${block.threshold} ${what}`);
    chosen.set(block, present.slice(0, block.threshold));
  });
  return chosen;
}

/** What was computed: the document, what it says, and the counts of an election with one homomorphic question (else none). */
interface ComputedResult {
  readonly raw: Uint8Array;
  readonly result: Result;
  readonly counts: Counts;
}

/**
 * `ballots`: how many count. `decryptions`: owner to document; each is checked. Throws
 * `decryption_invalid`, `decryptions_missing`, or `result_invalid` when no count up to `ballots` fits.
 */
export function computeResult(
  election: Election,
  trustees: Trustees,
  encryptedTally: Uint8Array,
  ballots: number,
  decryptions: ReadonlyMap<number, Uint8Array>,
): ComputedResult {
  const factors = new Map<number, Factors>();
  for (const [owner, raw] of decryptions) {
    factors.set(owner, checkPartialDecryption(election, trustees, owner, encryptedTally, raw).factors);
  }
  return combineFactors(election, trustees, encryptedTally, ballots, factors);
}

/** `computeResult` for factors whose proofs have been checked already. */
export function combineFactors(
  election: Election,
  trustees: Trustees,
  encryptedTally: Uint8Array,
  ballots: number,
  factors: ReadonlyMap<number, Factors>,
): ComputedResult {
  const { group } = election;
  const chosen = sufficientOwners(trustees, new Set(factors.keys()));
  const result = readTally(election, encryptedTally).map((column, q) => {
    const opened = column.map(({ beta }, i) => {
      const given = [...factors].flatMap(([owner, of]) => (of[q]?.[i] ? [[owner, of[q][i]] as const] : []));
      checkAgreement(group, chosen, new Map(given));
      return divide(group, beta, combined(group, chosen, (owner) => factors.get(owner)?.[q]?.[i]));
    });
    return read(group, election.questions[q], opened, ballots);
  });
  return { raw: encode({ result }), result, counts: onlyCounts(election, result) };
}

function combined(
  group: Group,
  chosen: ReadonlyMap<TrusteeBlock, readonly number[]>,
  factorOf: (owner: number) => Element | undefined,
): Element {
  const parts = [...chosen].map(([block, owners]) =>
    interpolate(group, owners.map((owner) => ({ at: owner - block.firstOwner + 1, factor: factorOf(owner) ?? group.identity })), 0),
  );
  return product(group, parts);
}

function read(group: Group, question: AnyQuestion | undefined, opened: readonly Element[], ballots: number): Counts | Papers {
  if (question === undefined || !isMixed(question)) return smallLogarithms(group, opened, ballots);
  return opened.map((element) => group.extract(element, question.answers.length));
}

/** The counts of an election with one homomorphic question; none for any other. */
export function onlyCounts({ questions }: Election, [first]: Result): Counts {
  if (onlyQuestion(questions) === null || first === undefined) return [];
  return first.filter((votes) => typeof votes === "number");
}

/** What a result document says. Throws a form's refusal or `result_invalid`. */
export function readResult({ questions }: Election, raw: Uint8Array): Result {
  const { result } = readForm(raw, RESULT_FORM) as { readonly result: Result };
  const fits = result.length === questions.length && questions.every((question, i) => shaped(question, result[i] ?? []));
  ensure(fits, "result_invalid", "the result does not have the shape of the questions");
  return result;
}

function shaped(question: AnyQuestion, value: Counts | Papers): boolean {
  const size = question.answers.length;
  if (isMixed(question)) return value.every((paper) => typeof paper !== "number" && paper.length === size);
  return value.length === size && value.every((votes) => typeof votes === "number");
}

/** The Lagrange coefficient of `index` at `x`: prod (k - x)/(k - index) over the other indexes. */
function lagrange(q: bigint, indexes: readonly number[], index: number, x = 0): bigint {
  return indexes
    .filter((k) => k !== index)
    .reduce((all, k) => modulo(all * BigInt(k - x) * invertScalar(BigInt(k - index), q), q), 1n);
}

function smallLogarithms(group: Group, elements: readonly Element[], limit: number): number[] {
  const found = new Map(elements.map(({ text }) => [text, -1]));
  let missing = found.size;
  let power = group.identity;
  for (let n = 0; n <= limit && missing > 0; n++) {
    if (found.has(power.text)) {
      found.set(power.text, n);
      missing -= 1;
    }
    power = group.mul(power, group.generator);
  }
  if (missing > 0) throw new TallyError("result_invalid", "a count is not between 0 and the number of ballots");
  return elements.map(({ text }) => found.get(text) ?? -1);
}
