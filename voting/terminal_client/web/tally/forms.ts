/**
 * The forms of all archived documents: which keys in which order, which kinds of values. Used by
 * the check that everything in an archive is written in the one canonical way; the readers of the
 * single documents check meaning.
 */
import { Reader } from "./json";

/**
 * A text, a natural number, an array of one form, fields in order ("?" at the end: optional), tagged pairs, an
 * array of exactly these parts, or any of several forms.
 */
export type Form = "string" | "int" | readonly [Form] | FieldForms | TaggedForms | TupleForm | OneOfForm;

interface FieldForms {
  readonly fields: Readonly<Record<string, Form>>;
}

interface TaggedForms {
  readonly cases: Readonly<Record<string, Form>>;
}

interface TupleForm {
  readonly parts: readonly Form[];
}

interface OneOfForm {
  readonly forms: readonly Form[];
}

const READER = new Reader();

/** The value of a canonical document of this form. The reader decides which refusals a breach brings. */
export function readForm(raw: Uint8Array, form: Form, reader = READER): unknown {
  const value = reader.document(raw);
  checkForm(value, form, reader);
  return value;
}

/** Throws the reader's refusal unless the value has the form. */
export function checkForm(value: unknown, form: Form, reader = READER): void {
  if (form === "string") reader.text(value);
  else if (form === "int") reader.count(value);
  else if ("fields" in form) checkFields(value, form.fields, reader);
  else if ("cases" in form) checkTagged(value, form.cases, reader);
  else if ("parts" in form) checkParts(value, form.parts, reader);
  else if ("forms" in form) checkOneOf(value, form.forms, reader);
  else for (const item of reader.list(value)) checkForm(item, form[0], reader);
}

function checkFields(value: unknown, fields: Readonly<Record<string, Form>>, reader: Reader): void {
  const record = reader.record(value, Object.keys(fields));
  for (const [key, form] of Object.entries(fields)) {
    const name = key.endsWith("?") ? key.slice(0, -1) : key;
    if (name in record) checkForm(record[name], form, reader);
  }
}

function checkTagged(value: unknown, cases: Readonly<Record<string, Form>>, reader: Reader): void {
  const [tag, content, ...rest] = reader.list(value);
  const form = typeof tag === "string" && Object.hasOwn(cases, tag) ? cases[tag] : undefined;
  if (form === undefined || rest.length > 0) reader.fail("an unknown tag");
  else checkForm(content, form, reader);
}

function checkParts(value: unknown, parts: readonly Form[], reader: Reader): void {
  const list = reader.list(value);
  if (list.length !== parts.length) reader.fail(`an array of ${parts.length} parts is expected`);
  parts.forEach((part, i) => {
    checkForm(list[i], part, reader);
  });
}

function checkOneOf(value: unknown, forms: readonly Form[], reader: Reader): void {
  let refusal: unknown;
  for (const form of forms) {
    try {
      checkForm(value, form, reader);
      return;
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

const of = (fields: Readonly<Record<string, Form>>): FieldForms => ({ fields });

const PROOF = of({ challenge: "string", response: "string" });
const CIPHERTEXT = of({ alpha: "string", beta: "string" });
const SIGNED = of({ message: "string", signature: PROOF });
const TRUSTEE_KEY = of({ pok: PROOF, public_key: "string", "signature?": PROOF, "name?": "string" });
const SUM_ANSWER = of({ choices: [CIPHERTEXT], individual_proofs: [[PROOF]], overall_proof: [PROOF] });
const MIXED_ANSWER = of({ choices: CIPHERTEXT, proof: PROOF });
const QUESTION = of({ answers: ["string"], min: "int", max: "int", question: "string" });
const RANKS = of({ use: "string", places: "int" });
const WRITE_INS = of({
  use: "string",
  candidates: ["string"],
  roster: ["string"],
  write_ins: "int",
  text_bytes: "int",
});
const MIXED_QUESTION = of({
  type: "string",
  value: of({ answers: ["string"], question: "string" }),
  "extra?": { forms: [RANKS, WRITE_INS] },
});
const QUESTIONS: Form = [{ forms: [QUESTION, MIXED_QUESTION] }];

export const HEADER_FORM = of({ version: "int", timestamp: "string" });
export const EVENT_FORM = of({ "parent?": "string", height: "int", type: "string", "payload?": "string" });
export const SETUP_FORM = of({ election: "string", trustees: "string", credentials: "string" });
export const CREDENTIALS_FORM: Form = ["string"];
export const VOTERS_FORM: Form = [of({ credential: "string", delegate: "string", name: "string" })];
export const SIZED_TALLY_FORM = of({ num_tallied: "int", total_weight: "int", encrypted_tally: "string" });
export const ENCRYPTED_TALLY_FORM: Form = [[CIPHERTEXT]];
export const OWNED_FORM = of({ owner: "int", payload: "string" });
export const OWNED_SHUFFLE_FORM = of({ owner: "int", payload: "string", "signature?": PROOF });
export const CLOSED_BOARD_FORM = of({ owner: "int", closed_head: "string", ballots: "int", signature: PROOF });
export const DECRYPTION_FORM = of({
  decryption_factors: [["string"]],
  decryption_proofs: [[PROOF]],
  "statement_proofs?": [[PROOF]],
});
export const RESULT_FORM = of({ result: [{ forms: [["int"], [["int"]]] }] });

const TEXT_PAIR: Form = { parts: ["string", "string"] };
const SHUFFLE_PROOF: Form = {
  parts: [
    { parts: ["string", "string", "string", TEXT_PAIR, ["string"]] },
    { parts: ["string", "string", "string", "string", ["string"], ["string"]] },
    ["string"],
    ["string"],
  ],
};
export const SHUFFLE_FORM = of({ ciphertexts: [[CIPHERTEXT]], proofs: [SHUFFLE_PROOF] });

export const SECRET_ELECTION_FORM = of({
  version: "int",
  description: "string",
  name: "string",
  group: "string",
  public_key: "string",
  questions: QUESTIONS,
  uuid: "string",
  "administrator?": "string",
  "credential_authority?": "string",
});

export const RECORDED_ELECTION_FORM = of({
  version: "int",
  secrecy: "string",
  description: "string",
  name: "string",
  group: "string",
  questions: QUESTIONS,
  uuid: "string",
});

export const ELECTION_FORM: Form = { forms: [SECRET_ELECTION_FORM, RECORDED_ELECTION_FORM] };

const BALLOT = {
  election_uuid: "string",
  election_hash: "string",
  credential: "string",
  answers: [{ forms: [SUM_ANSWER, MIXED_ANSWER] }],
  signature: of({ hash: "string", proof: PROOF }),
} as const;

export const BALLOT_FORM = of(BALLOT);
export const RECORDED_BALLOT_FORM = of({ ...BALLOT, answers: [["int"]] });

export const TRUSTEES_FORM: Form = [
  {
    cases: {
      Single: TRUSTEE_KEY,
      Pedersen: of({
        threshold: "int",
        certs: [SIGNED],
        coefexps: [SIGNED],
        "signatures?": [PROOF],
        verification_keys: [TRUSTEE_KEY],
      }),
    },
  },
];
