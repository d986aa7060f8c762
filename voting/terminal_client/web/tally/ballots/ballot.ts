/**
 * Ballots: made by the voter's terminal, read by everyone (Belenios specification, "Signatures",
 * "Ballots"). `checkBallot` and the numbered checks of the verifier use the same steps.
 */
import { checkAnswer, readAnswer, sealAnswer, type Answer } from "./answers";
import type { SigningCredential } from "./credential";
import type { Election } from "../board/election";
import { ensure } from "../errors";
import { BALLOT_FORM, checkForm, RECORDED_BALLOT_FORM, type Form } from "../forms";
import type { Element } from "../groups/interface";
import { sha256Base64 } from "../groups/hash";
import { encode, Reader } from "../json";
import { checkKnowledge, proofJson, proveKnowledge, readProof, type Ciphertext, type Proof } from "../groups/proofs";
import type { Rng } from "../groups/random";

/** Bytes; a ballot of 250 answers in the group BELENIOS-2048 fits. */
const MAX_BALLOT_BYTES = 2 ** 19;

const READER = new Reader("ballot_malformed", "ballot_not_canonical");

/** A ballot whose shape is known to be right and whose cryptography is not. */
export interface Ballot {
  readonly raw: Uint8Array;
  readonly credential: string;
  readonly tracker: string;
  /** One for each question. */
  readonly answers: readonly Answer[];
  readonly signedHash: string;
  readonly signature: Proof;
}

/** The elements of a ballot after the membership check: the ciphertexts of each answer. */
export interface BallotElements {
  readonly credential: Element;
  readonly answers: readonly (readonly Ciphertext[])[];
}

/** The ballot's name: unpadded base64 SHA-256 of all its bytes. */
export function trackerOf(raw: Uint8Array): string {
  return sha256Base64(raw);
}

/** The form of a ballot in this poll. */
export function ballotForm({ recorded }: Pick<Election, "recorded">): Form {
  return recorded ? RECORDED_BALLOT_FORM : BALLOT_FORM;
}

/**
 * Seals an answer to every question, in order, and signs the whole; in a recorded poll the answers stay
 * plain. Throws RangeError when an answer is missing or not allowed, or the ballot grows too large.
 */
export function fillBallot(
  election: Election,
  credential: SigningCredential,
  answers: readonly (readonly number[])[],
  rng: Rng,
): Uint8Array {
  const { questions } = election;
  if (answers.length !== questions.length) throw new RangeError("an answer to every question is expected");
  const sealed = questions.map((question, i) =>
    sealAnswer(election, credential.public, question, answers[i] ?? [], rng),
  );
  const body = {
    election_uuid: election.uuid,
    election_hash: election.hash,
    credential: credential.public,
    answers: sealed,
  };
  const hash = sha256Base64(encode(body));
  const proof = proveKnowledge(election.group, credential.private, `sig|${hash}|`, rng);
  const raw = encode({ ...body, signature: { hash, proof: proofJson(proof) } });
  if (raw.length > MAX_BALLOT_BYTES) throw new RangeError(`the ballot has more than ${MAX_BALLOT_BYTES} bytes`);
  return raw;
}

interface BallotJson {
  readonly election_uuid: string;
  readonly election_hash: string;
  readonly credential: string;
  readonly answers: readonly unknown[];
  readonly signature: { readonly hash: string; readonly proof: unknown };
}

/**
 * Size, canonical form, election and shape; no group operation. Throws `ballot_too_large`,
 * `ballot_not_canonical`, `ballot_malformed` or `ballot_wrong_election`.
 */
export function readBallot(election: Election, raw: Uint8Array): Ballot {
  ensure(raw.length <= MAX_BALLOT_BYTES, "ballot_too_large", `more than ${MAX_BALLOT_BYTES} bytes`);
  const value = READER.document(raw);
  checkForm(value, ballotForm(election), READER);
  const json = value as BallotJson;
  const here = json.election_uuid === election.uuid && json.election_hash === election.hash;
  ensure(here, "ballot_wrong_election", "the ballot was made for another election");
  const complete = json.answers.length === election.questions.length;
  ensure(complete, "ballot_malformed", "one answer to every question is expected");
  return {
    raw,
    credential: json.credential,
    tracker: trackerOf(raw),
    answers: election.questions.map((question, i) => readAnswer(READER, election, question, json.answers[i])),
    signedHash: json.signature.hash,
    signature: readProof(READER, json.signature.proof, election.group.q),
  };
}

/** The ballot's elements, each checked for membership. Throws `not_in_group`. */
export function ballotElements({ group }: Pick<Election, "group">, ballot: Ballot): BallotElements {
  return elements(ballot, (text) => group.parse(text));
}

/** The elements of a ballot whose membership this program has tested elsewhere. Throws `not_in_group`. */
export function testedElements({ group }: Pick<Election, "group">, ballot: Ballot): BallotElements {
  return elements(ballot, (text) => group.decode(text));
}

function elements(ballot: Ballot, read: (text: string) => Element): BallotElements {
  return {
    credential: read(ballot.credential),
    answers: ballot.answers.map(({ ciphertexts }) =>
      ciphertexts.map(({ alpha, beta }) => ({ alpha: read(alpha), beta: read(beta) })),
    ),
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
export function checkProofs(election: Election, ballot: Ballot, { answers }: BallotElements): void {
  election.questions.forEach((question, i) => {
    const answer = ballot.answers[i];
    if (answer !== undefined) checkAnswer(election, ballot.credential, question, answer, answers[i] ?? []);
  });
}

/** Everything. Throws what `readBallot` throws, `credential_unknown`, `not_in_group`, `signature_invalid`, `proof_invalid`. */
export function checkBallot(election: Election, credentials: ReadonlySet<string>, raw: Uint8Array): Ballot {
  const ballot = readBallot(election, raw);
  ensure(credentials.has(ballot.credential), "credential_unknown", "the credential is not in the roster");
  const elements = ballotElements(election, ballot);
  checkSignature(election, ballot, elements);
  checkProofs(election, ballot, elements);
  return ballot;
}
