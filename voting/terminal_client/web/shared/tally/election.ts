/**
 * The election document: one poll, one homomorphic question (Belenios specification, "Elections").
 * Its hash covers the archived bytes; the document is never written again from its fields.
 */
import { bytesToNumber } from "./bytes";
import { ensure } from "./errors";
import { groupByName, isIdentity, type Group } from "./group";
import { sha256Base64 } from "./hash";
import { encode, Reader } from "./json";
import { electionKey, type ElectionKey } from "./proofs";
import type { Rng } from "./random";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const UUID = new RegExp(`^[${BASE58}]{14,64}$`);
const UUID_LENGTH = 14;
const READER = new Reader();
const KEYS = [
  "version",
  "description",
  "name",
  "group",
  "public_key",
  "questions",
  "uuid",
  "administrator?",
  "credential_authority?",
];

/** Most answers of one question; keeps ballots below `MAX_BALLOT_BYTES`. */
export const MAX_ANSWERS = 200;

/** At least `min` and at most `max` of the answers are chosen. */
export interface Question {
  readonly text: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
}

export interface Election {
  readonly raw: Uint8Array;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: Group;
  readonly publicKey: string;
  readonly question: Question;
  /** Unpadded base64 SHA-256 of `raw`: the specification's phi. */
  readonly hash: string;
  readonly key: ElectionKey;
}

export interface ElectionFields {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly question: Question;
  readonly group: Group;
  readonly publicKey: string;
}

/** A fresh identifier of 14 Base58 characters. */
export function makeUuid(rng: Rng): string {
  let number = bytesToNumber(rng(32));
  let uuid = "";
  while (uuid.length < UUID_LENGTH) {
    uuid += BASE58.charAt(Number(number % 58n));
    number /= 58n;
  }
  return uuid;
}

/** The document's bytes. Throws the refusal that `parseElection` would bring. */
export function makeElection(fields: ElectionFields): Uint8Array {
  const { answers, min, max, text } = fields.question;
  const raw = encode({
    version: 1,
    description: fields.description,
    name: fields.name,
    group: fields.group.name,
    public_key: fields.publicKey,
    questions: [{ answers: [...answers], min, max, question: text }],
    uuid: fields.uuid,
  });
  parseElection(raw);
  return raw;
}

/** Throws `document_malformed`, `document_not_canonical`, `group_unknown`, `not_in_group` or `election_invalid`. */
export function parseElection(raw: Uint8Array): Election {
  const fields = READER.record(READER.document(raw), KEYS);
  ensure(fields["version"] === 1, "election_invalid", "only version 1 is known");
  const group = groupByName(READER.text(fields["group"]));
  const uuid = READER.text(fields["uuid"]);
  ensure(UUID.test(uuid), "election_invalid", "the uuid is not Base58 of 14 characters or more");
  const questions = READER.list(fields["questions"]);
  ensure(questions.length === 1, "election_invalid", "exactly one question is expected");
  for (const optional of ["administrator", "credential_authority"]) READER.text(fields[optional] ?? "");
  const publicKey = READER.text(fields["public_key"]);
  const element = group.parse(publicKey);
  ensure(!isIdentity(group, element), "election_invalid", "the public key is the identity");
  return {
    raw,
    uuid,
    name: READER.text(fields["name"]),
    description: READER.text(fields["description"]),
    group,
    publicKey,
    question: readQuestion(questions[0]),
    hash: sha256Base64(raw),
    key: electionKey(group, element),
  };
}

function readQuestion(value: unknown): Question {
  const fields = READER.record(value, ["answers", "min", "max", "question"]);
  const answers = READER.listOf(fields["answers"], (answer) => READER.text(answer));
  const [min, max] = [READER.count(fields["min"]), READER.count(fields["max"])];
  const sized = answers.length >= 1 && answers.length <= MAX_ANSWERS;
  ensure(sized, "election_invalid", `a question has 1 to ${MAX_ANSWERS} answers`);
  const ordered = min <= max && max <= answers.length;
  ensure(ordered, "election_invalid", "0 <= min <= max <= number of answers is expected");
  return { text: READER.text(fields["question"]), answers, min, max };
}

