/**
 * Ballots: made by the voter's terminal, read by everyone (Belenios specification, "Homomorphic
 * answers", "Signatures", "Ballots"). `checkBallot` and the numbered checks of the verifier use
 * the same steps.
 */
import { ensure } from "./errors";
import type { SigningCredential } from "./credential";
import type { Election } from "./election";
import { modulo, type Element, type Group } from "./group";
import { sha256Base64 } from "./hash";
import { encode, Reader, type Json } from "./json";
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
} from "./proofs";
import { randomScalar, type Rng } from "./random";

/** Bytes; a ballot of 200 answers in the larger group fits. */
export const MAX_BALLOT_BYTES = 2 ** 19;

const READER = new Reader("ballot_malformed", "ballot_not_canonical");

/** A ballot whose shape is known to be right and whose cryptography is not. */
export interface Ballot {
  readonly raw: Uint8Array;
  readonly credential: string;
  readonly tracker: string;
  readonly choices: readonly { readonly alpha: string; readonly beta: string }[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly signedHash: string;
  readonly signature: Proof;
}

/** The elements of a ballot after the membership check. */
export interface BallotElements {
  readonly credential: Element;
  readonly choices: readonly Ciphertext[];
}

/** The ballot's name: unpadded base64 SHA-256 of all its bytes. */
export function trackerOf(raw: Uint8Array): string {
  return sha256Base64(raw);
}

/** `choices`: 0 or 1 per answer. Throws RangeError when they are not, or breach the question's min or max. */
export function makeBallot(
  election: Election,
  credential: SigningCredential,
  choices: readonly number[],
  rng: Rng,
): Uint8Array {
  const body = {
    election_uuid: election.uuid,
    election_hash: election.hash,
    credential: credential.public,
    answers: [makeAnswer(election, credential.public, checkedChoices(election, choices), rng)],
  };
  const hash = sha256Base64(encode(body));
  const proof = proveKnowledge(election.group, credential.private, `sig|${hash}|`, rng);
  return encode({ ...body, signature: { hash, proof: proofJson(proof) } });
}

function checkedChoices({ question }: Election, choices: readonly number[]): readonly number[] {
  const chosen = choices.reduce((sum, choice) => sum + choice, 0);
  if (choices.length !== question.answers.length) throw new RangeError("one choice per answer is expected");
  if (choices.some((choice) => choice !== 0 && choice !== 1)) throw new RangeError("a choice is 0 or 1");
  if (chosen < question.min || chosen > question.max) {
    throw new RangeError(`${chosen} chosen where ${question.min} to ${question.max} are allowed`);
  }
  return choices;
}

function makeAnswer(election: Election, credential: string, choices: readonly number[], rng: Rng): Json {
  const { key, question, group } = election;
  const plain = choices.map((m) => ({ m, r: randomScalar(group.q, rng) }));
  const encrypted = plain.map((secret) => ({ secret, ciphertext: encrypt(key, secret) }));
  const ciphertexts = encrypted.map(({ ciphertext }) => ciphertext);
  const statement = `${election.hash}|${credential}`;
  const individual = encrypted.map(({ secret, ciphertext }) =>
    proveInterval(key, statement, ciphertext, secret, { min: 0, max: 1 }, rng),
  );
  const sum = { r: modulo(plain.reduce((r, secret) => r + secret.r, 0n), group.q), m: plain.reduce((m, secret) => m + secret.m, 0) };
  const overall = proveInterval(key, overallStatement(statement, ciphertexts), multiplyAll(group, ciphertexts), sum, question, rng);
  return {
    choices: ciphertexts.map(ciphertextJson),
    individual_proofs: individual.map((proofs) => proofs.map(proofJson)),
    overall_proof: overall.map(proofJson),
  };
}

export function ciphertextJson({ alpha, beta }: Ciphertext): Json {
  return { alpha: alpha.text, beta: beta.text };
}

function overallStatement(statement: string, ciphertexts: readonly Ciphertext[]): string {
  const texts = ciphertexts.flatMap(({ alpha, beta }) => [alpha.text, beta.text]);
  return `${statement}|${texts.join(",")}`;
}

/**
 * Size, canonical form, election and shape; no group operation. Throws `ballot_too_large`,
 * `ballot_not_canonical`, `ballot_malformed` or `ballot_wrong_election`.
 */
export function readBallot(election: Election, raw: Uint8Array): Ballot {
  ensure(raw.length <= MAX_BALLOT_BYTES, "ballot_too_large", `more than ${MAX_BALLOT_BYTES} bytes`);
  const keys = ["election_uuid", "election_hash", "credential", "answers", "signature"];
  const fields = READER.record(READER.document(raw), keys);
  const here = fields["election_uuid"] === election.uuid && fields["election_hash"] === election.hash;
  ensure(here, "ballot_wrong_election", "the ballot was made for another election");
  const answers = READER.list(fields["answers"]);
  ensure(answers.length === 1, "ballot_malformed", "exactly one answer is expected");
  const signature = READER.record(fields["signature"], ["hash", "proof"]);
  return {
    raw,
    credential: READER.text(fields["credential"]),
    tracker: trackerOf(raw),
    ...readAnswer(election, answers[0]),
    signedHash: READER.text(signature["hash"]),
    signature: readProof(READER, signature["proof"], election.group.q),
  };
}

function readAnswer(
  { group, question }: Election,
  value: unknown,
): Pick<Ballot, "choices" | "individualProofs" | "overallProof"> {
  const fields = READER.record(value, ["choices", "individual_proofs", "overall_proof"]);
  const proofs = (list: unknown, length: number): Proof[] =>
    sized(READER.listOf(list, (proof) => readProof(READER, proof, group.q)), length);
  const size = question.answers.length;
  return {
    choices: sized(READER.listOf(fields["choices"], readChoice), size),
    individualProofs: sized(READER.listOf(fields["individual_proofs"], (list) => proofs(list, 2)), size),
    overallProof: proofs(fields["overall_proof"], question.max - question.min + 1),
  };
}

function readChoice(value: unknown): { alpha: string; beta: string } {
  const fields = READER.record(value, ["alpha", "beta"]);
  return { alpha: READER.text(fields["alpha"]), beta: READER.text(fields["beta"]) };
}

function sized<T>(list: T[], length: number): T[] {
  return list.length === length ? list : READER.fail(`${list.length} entries where ${length} are expected`);
}

/** The ballot's elements, each checked for membership. Throws `not_in_group`. */
export function ballotElements(group: Group, ballot: Ballot): BallotElements {
  return {
    credential: group.parse(ballot.credential),
    choices: ballot.choices.map(({ alpha, beta }) => ({ alpha: group.parse(alpha), beta: group.parse(beta) })),
  };
}

/** Throws `signature_invalid`. */
export function checkSignature(election: Election, ballot: Ballot, { credential }: BallotElements): void {
  ensure(ballot.signedHash === unsignedHash(ballot), "signature_invalid", "the signed hash is not the ballot's");
  checkKnowledge(election.group, credential, ballot.signature, `sig|${ballot.signedHash}|`, "signature_invalid");
}

/** The hash of the ballot without its last member; the bytes are known to be canonical. */
function unsignedHash({ raw, signedHash, signature }: Ballot): string {
  const tail = encode({ hash: signedHash, proof: proofJson(signature) });
  const member = `,"signature":`.length;
  const body = raw.slice(0, raw.length - 1 - tail.length - member);
  const closed = new Uint8Array(body.length + 1);
  closed.set(body);
  closed[body.length] = "}".charCodeAt(0);
  return sha256Base64(closed);
}

/** Throws `proof_invalid`. */
export function checkProofs(election: Election, ballot: Ballot, { choices }: BallotElements): void {
  const { key, group, question } = election;
  const statement = `${election.hash}|${ballot.credential}`;
  choices.forEach((ciphertext, i) => checkInterval(key, statement, ciphertext, ballot.individualProofs[i] ?? [], 0));
  const sum = multiplyAll(group, choices);
  checkInterval(key, overallStatement(statement, choices), sum, ballot.overallProof, question.min);
}

/** Everything. Throws what `readBallot` throws, `credential_unknown`, `not_in_group`, `signature_invalid`, `proof_invalid`. */
export function checkBallot(election: Election, credentials: ReadonlySet<string>, raw: Uint8Array): Ballot {
  const ballot = readBallot(election, raw);
  ensure(credentials.has(ballot.credential), "credential_unknown", "the credential is not in the roster");
  const elements = ballotElements(election.group, ballot);
  checkSignature(election, ballot, elements);
  checkProofs(election, ballot, elements);
  return ballot;
}
