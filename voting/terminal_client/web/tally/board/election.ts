/**
 * The election document: the questions, the group and the scrutineers' key (Belenios specification,
 * "Elections"). Its hash covers the archived bytes; the document is never written again from its
 * fields. A recorded (named) poll has a form of its own: it says `"secrecy":"recorded"` and has no
 * public key, because nothing in it is encrypted.
 */
import { bytesToNumber } from "../bytes";
import { ensure } from "../errors";
import { ELECTION_FORM, readForm } from "../forms";
import { isIdentity, type Group } from "../groups/interface";
import { groupByName } from "../groups/choice";
import { sha256Base64 } from "../groups/hash";
import { encode } from "../json";
import { electionKey, type ElectionKey } from "../groups/proofs";
import { checkQuestions, isMixed, questionJson, readQuestion, type AnyQuestion, type Question } from "../ballots/questions";
import type { Rng } from "../groups/random";
import { claimsFormat2, readTerms, type Terms } from "../ballots/terms";

export { MAX_ANSWERS, type AnyQuestion, type MixedQuestion, type Question } from "../ballots/questions";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const UUID = new RegExp(`^[${BASE58}]{14,64}$`);
const UUID_LENGTH = 14;
const RECORDED = "recorded";

export interface Election {
  readonly raw: Uint8Array;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: Group;
  /** Empty in a recorded poll. */
  readonly publicKey: string;
  readonly questions: readonly AnyQuestion[];
  /** Unpadded base64 SHA-256 of `raw`: the specification's phi. */
  readonly hash: string;
  /** Which ballot of a credential counts. */
  readonly terms: Terms;
  /** Whether ballots are plain and named. */
  readonly recorded: boolean;
  /** Whether it claims our format 2: then the stricter laws are checks of its record. */
  readonly strict: boolean;
  /** The places of the questions that go through shuffles, from 0; none in a recorded poll. */
  readonly mixed: readonly number[];
  /** The question of an election that has one homomorphic question. Throws RangeError for any other. */
  readonly question: Question;
  /** Throws RangeError in a recorded poll. */
  readonly key: ElectionKey;
}

interface PollFields {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly questions: readonly AnyQuestion[];
  readonly group: Group;
}

export interface ElectionFields extends Omit<PollFields, "questions"> {
  readonly question: Question;
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

/** The document of an election with one homomorphic question. Throws the refusal that `parseElection` would bring. */
export function makeElection({ question, ...fields }: ElectionFields): Uint8Array {
  return makeSecretElection({ ...fields, questions: [question] });
}

/** The document of a secret poll with any questions. Throws the refusal that `parseElection` would bring. */
export function makeSecretElection(fields: PollFields & { readonly publicKey: string }): Uint8Array {
  return checked({
    version: 1,
    description: fields.description,
    name: fields.name,
    group: fields.group.name,
    public_key: fields.publicKey,
    questions: fields.questions.map(questionJson),
    uuid: fields.uuid,
  });
}

/** The document of a recorded (named) poll. Throws the refusal that `parseElection` would bring. */
export function makeRecordedElection(fields: PollFields): Uint8Array {
  return checked({
    version: 1,
    secrecy: RECORDED,
    description: fields.description,
    name: fields.name,
    group: fields.group.name,
    questions: fields.questions.map(questionJson),
    uuid: fields.uuid,
  });
}

function checked(value: Parameters<typeof encode>[0]): Uint8Array {
  const raw = encode(value);
  parseElection(raw);
  return raw;
}

interface ElectionJson {
  readonly version: number;
  readonly secrecy?: string;
  readonly description: string;
  readonly name: string;
  readonly group: string;
  readonly public_key?: string;
  readonly questions: readonly unknown[];
  readonly uuid: string;
}

/** Throws `document_malformed`, `document_not_canonical`, `group_unknown`, `not_in_group` or `election_invalid`. */
export function parseElection(raw: Uint8Array): Election {
  const json = readForm(raw, ELECTION_FORM) as ElectionJson;
  ensure(json.version === 1, "election_invalid", "only version 1 is known");
  ensure(UUID.test(json.uuid), "election_invalid", "the uuid is not Base58 of 14 to 64 characters");
  const known = json.secrecy === undefined || json.secrecy === RECORDED;
  ensure(known, "election_invalid", "an unknown degree of secrecy");
  const group = groupByName(json.group);
  const questions = json.questions.map(readQuestion);
  checkQuestions(questions, group, json.secrecy !== undefined);
  return new ParsedElection(raw, json, group, questions);
}

class ParsedElection implements Election {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly publicKey: string;
  readonly hash: string;
  readonly terms: Terms;
  readonly strict: boolean;
  readonly recorded: boolean;
  readonly mixed: readonly number[];
  readonly #key: ElectionKey | null;

  constructor(
    readonly raw: Uint8Array,
    json: ElectionJson,
    readonly group: Group,
    readonly questions: readonly AnyQuestion[],
  ) {
    this.uuid = json.uuid;
    this.name = json.name;
    this.description = json.description;
    this.publicKey = json.public_key ?? "";
    this.hash = sha256Base64(raw);
    this.terms = readTerms(json.description);
    this.strict = claimsFormat2(json.description);
    this.recorded = json.secrecy !== undefined;
    this.mixed = this.recorded ? [] : questions.flatMap((question, place) => (isMixed(question) ? [place] : []));
    this.#key = this.recorded ? null : readKey(group, this.publicKey);
  }

  get key(): ElectionKey {
    if (this.#key === null) throw new RangeError("a recorded poll has no key");
    return this.#key;
  }

  get question(): Question {
    const only = onlyQuestion(this.questions);
    if (only === null) throw new RangeError("this election does not have one homomorphic question");
    return only;
  }
}

/** The one homomorphic question there is; null when there are others. */
export function onlyQuestion([question, ...others]: readonly AnyQuestion[]): Question | null {
  return question === undefined || others.length > 0 || isMixed(question) ? null : question;
}

function readKey(group: Group, text: string): ElectionKey {
  const element = group.parse(text);
  ensure(!isIdentity(group, element), "election_invalid", "the public key is the identity");
  return electionKey(group, element);
}
