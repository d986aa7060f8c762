/**
 * The forms of all archived documents: which keys in which order, which kinds of values. Used by
 * the check that everything in an archive is written in the one canonical way; the readers of the
 * single documents check meaning.
 */
import { Reader } from "./json";

/** A text, a natural number, an array of one form, fields in order ("?" at the end: optional), or tagged pairs. */
export type Form = "string" | "int" | readonly [Form] | FieldForms | TaggedForms;

export interface FieldForms {
  readonly fields: Readonly<Record<string, Form>>;
}

export interface TaggedForms {
  readonly cases: Readonly<Record<string, Form>>;
}

const READER = new Reader();

/** The value of a canonical document of this form. Throws `document_malformed` or `document_not_canonical`. */
export function readForm(raw: Uint8Array, form: Form): unknown {
  const value = READER.document(raw);
  checkForm(value, form);
  return value;
}

function checkForm(value: unknown, form: Form): void {
  if (form === "string") READER.text(value);
  else if (form === "int") READER.count(value);
  else if ("fields" in form) checkFields(value, form.fields);
  else if ("cases" in form) checkTagged(value, form.cases);
  else for (const item of READER.list(value)) checkForm(item, form[0]);
}

function checkFields(value: unknown, fields: Readonly<Record<string, Form>>): void {
  const record = READER.record(value, Object.keys(fields));
  for (const [key, form] of Object.entries(fields)) {
    const name = key.endsWith("?") ? key.slice(0, -1) : key;
    if (name in record) checkForm(record[name], form);
  }
}

function checkTagged(value: unknown, cases: Readonly<Record<string, Form>>): void {
  const [tag, content, ...rest] = READER.list(value);
  const form = typeof tag === "string" && Object.hasOwn(cases, tag) ? cases[tag] : undefined;
  if (form === undefined || rest.length > 0) READER.fail("an unknown tag");
  else checkForm(content, form);
}

const of = (fields: Readonly<Record<string, Form>>): FieldForms => ({ fields });

const PROOF = of({ challenge: "string", response: "string" });
const CIPHERTEXT = of({ alpha: "string", beta: "string" });
const SIGNED = of({ message: "string", signature: PROOF });
const TRUSTEE_KEY = of({ pok: PROOF, public_key: "string", "signature?": PROOF, "name?": "string" });
const ANSWER = of({ choices: [CIPHERTEXT], individual_proofs: [[PROOF]], overall_proof: [PROOF] });
const QUESTION = of({ answers: ["string"], min: "int", max: "int", question: "string" });

export const HEADER_FORM = of({ version: "int", timestamp: "string" });
export const EVENT_FORM = of({ "parent?": "string", height: "int", type: "string", "payload?": "string" });
export const SETUP_FORM = of({ election: "string", trustees: "string", credentials: "string" });
export const CREDENTIALS_FORM: Form = ["string"];
export const SIZED_TALLY_FORM = of({ num_tallied: "int", total_weight: "int", encrypted_tally: "string" });
export const ENCRYPTED_TALLY_FORM: Form = [[CIPHERTEXT]];
export const OWNED_FORM = of({ owner: "int", payload: "string" });
export const DECRYPTION_FORM = of({ decryption_factors: [["string"]], decryption_proofs: [[PROOF]] });
export const RESULT_FORM = of({ result: [["int"]] });

export const ELECTION_FORM = of({
  version: "int",
  description: "string",
  name: "string",
  group: "string",
  public_key: "string",
  questions: [QUESTION],
  uuid: "string",
  "administrator?": "string",
  "credential_authority?": "string",
});

export const BALLOT_FORM = of({
  election_uuid: "string",
  election_hash: "string",
  credential: "string",
  answers: [ANSWER],
  signature: of({ hash: "string", proof: PROOF }),
});

export const TRUSTEES_FORM: Form = [
  {
    cases: {
      Single: TRUSTEE_KEY,
      Pedersen: of({
        threshold: "int",
        certs: [SIGNED],
        coefexps: [SIGNED],
        signatures: [PROOF],
        verification_keys: [TRUSTEE_KEY],
      }),
    },
  },
];
