/**
 * The answer to one question as it stands in a ballot (Belenios specification, "Encrypted answers"):
 * the sum form for a homomorphic question, the mixed form for one that goes through shuffles, and
 * plain numbers for any question of a recorded poll.
 */
import type { Election } from "../board/election";
import { TallyError } from "../errors";
import { modulo } from "../groups/interface";
import type { Json, Reader } from "../json";
import {
  checkInterval,
  checkKnowledge,
  encrypt,
  multiplyAll,
  proofJson,
  proveInterval,
  proveKnowledge,
  readProof,
  type Ciphertext,
  type Proof,
} from "../groups/proofs";
import { checkChoices, isMixed, type AnyQuestion, type Question } from "./questions";
import { randomScalar, type Rng } from "../groups/random";

interface CiphertextJson {
  readonly alpha: string;
  readonly beta: string;
}

/** One ciphertext per answer, each proven to hold 0 or 1, and their sum proven to be within bounds. */
interface SumAnswer {
  readonly kind: "sum";
  readonly ciphertexts: readonly CiphertextJson[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
}

/** One ciphertext for all the numbers, with a proof that its maker knows what is inside. */
interface MixedAnswer {
  readonly kind: "mixed";
  readonly ciphertexts: readonly [CiphertextJson];
  readonly proof: Proof;
}

interface PlainAnswer {
  readonly kind: "plain";
  readonly ciphertexts: readonly [];
  readonly values: readonly number[];
}

export type Answer = SumAnswer | MixedAnswer | PlainAnswer;

export function ciphertextJson({ alpha, beta }: Ciphertext): { readonly alpha: string; readonly beta: string } {
  return { alpha: alpha.text, beta: beta.text };
}

/** The string S of the specification: what the answers of one ballot are bound to. */
function statementOf(election: Election, credential: string): string {
  return `${election.hash}|${credential}`;
}

function overallStatement(statement: string, ciphertexts: readonly Ciphertext[]): string {
  return `${statement}|${ciphertexts.map(spelled).join(",")}`;
}

function mixedPrefix(election: Election, statement: string, ciphertext: Ciphertext): string {
  return `raweg|${statement}|${election.publicKey},${spelled(ciphertext)}|`;
}

function spelled({ alpha, beta }: Ciphertext): string {
  return `${alpha.text},${beta.text}`;
}

/** The published answer. Throws RangeError when the question forbids the choices. */
export function sealAnswer(
  election: Election,
  credential: string,
  question: AnyQuestion,
  choices: readonly number[],
  rng: Rng,
): Json {
  checkChoices(question, choices);
  if (election.recorded) return [...choices];
  const statement = statementOf(election, credential);
  return isMixed(question)
    ? sealMixed(election, statement, choices, rng)
    : sealSum(election, statement, question, choices, rng);
}

function sealSum({ key, group }: Election, statement: string, question: Question, choices: readonly number[], rng: Rng): Json {
  const plain = choices.map((m) => ({ m, r: randomScalar(group.q, rng) }));
  const encrypted = plain.map((secret) => ({ secret, ciphertext: encrypt(key, secret) }));
  const ciphertexts = encrypted.map(({ ciphertext }) => ciphertext);
  const individual = encrypted.map(({ secret, ciphertext }) =>
    proveInterval(key, statement, ciphertext, secret, { min: 0, max: 1 }, rng),
  );
  const sum = {
    r: modulo(plain.reduce((r, secret) => r + secret.r, 0n), group.q),
    m: plain.reduce((m, secret) => m + secret.m, 0),
  };
  const overall = overallStatement(statement, ciphertexts);
  const proofs = proveInterval(key, overall, multiplyAll(group, ciphertexts), sum, question, rng);
  return {
    choices: ciphertexts.map(ciphertextJson),
    individual_proofs: individual.map((list) => list.map(proofJson)),
    overall_proof: proofs.map(proofJson),
  };
}

function sealMixed(election: Election, statement: string, values: readonly number[], rng: Rng): Json {
  const { key, group } = election;
  const r = randomScalar(group.q, rng);
  const ciphertext = { alpha: group.powG(r), beta: group.mul(key.table.pow(r), group.embed(values)) };
  const proof = proveKnowledge(group, r, mixedPrefix(election, statement, ciphertext), rng);
  return { choices: ciphertextJson(ciphertext), proof: proofJson(proof) };
}

interface AnswerJson {
  readonly choices: unknown;
  readonly individual_proofs?: readonly (readonly unknown[])[];
  readonly overall_proof?: readonly unknown[];
  readonly proof?: unknown;
}

/** An answer whose ballot has the right form; no group operation. The reader decides which refusals a breach brings. */
export function readAnswer(reader: Reader, election: Election, question: AnyQuestion, value: unknown): Answer {
  const size = question.answers.length;
  if (election.recorded) return { kind: "plain", ciphertexts: [], values: sized(reader, value as number[], size) };
  const json = value as AnswerJson;
  return isMixed(question) ? readMixed(reader, election, json) : readSum(reader, election, question, json);
}

function readMixed(reader: Reader, { group }: Election, { choices, proof }: AnswerJson): MixedAnswer {
  if (proof === undefined) reader.fail("a question that is mixed has an answer of another kind");
  return { kind: "mixed", ciphertexts: [choices as CiphertextJson], proof: readProof(reader, proof, group.q) };
}

function readSum(reader: Reader, { group }: Election, question: Question, json: AnswerJson): SumAnswer {
  const { individual_proofs: individual, overall_proof: overall } = json;
  if (individual === undefined || overall === undefined) return reader.fail("a question has an answer of another kind");
  const size = question.answers.length;
  const proofs = (list: readonly unknown[], length: number): Proof[] =>
    sized(reader, list, length).map((proof) => readProof(reader, proof, group.q));
  return {
    kind: "sum",
    ciphertexts: sized(reader, json.choices as CiphertextJson[], size),
    individualProofs: sized(reader, individual, size).map((list) => proofs(list, 2)),
    overallProof: proofs(overall, question.max - question.min + 1),
  };
}

function sized<T>(reader: Reader, list: readonly T[], length: number): readonly T[] {
  return list.length === length ? list : reader.fail(`${list.length} entries where ${length} are expected`);
}

/** Throws `proof_invalid` unless the answer is proven (or, when plain, seen) to be within the question's bounds. */
export function checkAnswer(
  election: Election,
  credential: string,
  question: AnyQuestion,
  answer: Answer,
  ciphertexts: readonly Ciphertext[],
): void {
  const statement = statementOf(election, credential);
  if (answer.kind === "plain") checkPlain(question, answer.values);
  else if (answer.kind === "mixed") checkMixed(election, statement, answer, ciphertexts);
  else if (!isMixed(question)) checkSum(election, statement, question, answer, ciphertexts);
}

function checkSum(
  { key, group }: Election,
  statement: string,
  question: Question,
  { individualProofs, overallProof }: SumAnswer,
  ciphertexts: readonly Ciphertext[],
): void {
  ciphertexts.forEach((ciphertext, i) => {
    checkInterval(key, statement, ciphertext, individualProofs[i] ?? [], 0);
  });
  const sum = multiplyAll(group, ciphertexts);
  checkInterval(key, overallStatement(statement, ciphertexts), sum, overallProof, question.min);
}

function checkMixed(election: Election, statement: string, { proof }: MixedAnswer, [ciphertext]: readonly Ciphertext[]): void {
  if (ciphertext === undefined) throw new RangeError("a mixed answer has one ciphertext");
  checkKnowledge(election.group, ciphertext.alpha, proof, mixedPrefix(election, statement, ciphertext), "proof_invalid");
}

function checkPlain(question: AnyQuestion, values: readonly number[]): void {
  try {
    checkChoices(question, values);
  } catch (error) {
    if (error instanceof RangeError) throw new TallyError("proof_invalid", `an answer is not allowed: ${error.message}`);
    throw error;
  }
}
