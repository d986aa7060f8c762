/** Checks 1 to 7: the file, the chain, the grammar, the spelling, and the frozen setup. */
import { readArchive, readEvents, readGrammar } from "../board/archive";
import { known, type Audit } from "./audit";
import { ballotForm } from "../ballots/ballot";
import { fromUtf8 } from "../bytes";
import { readListed, requireSorted } from "../ballots/credential";
import { parseElection } from "../board/election";
import { ensure } from "../errors";
import * as forms from "../forms";
import { grammarOf, RECORDED } from "../board/grammar";
import { NO_TRUSTEES, readVoters } from "../ballots/by_name";
import { parseTrustees } from "../trustees/document";

/** 1 */
export function checkFormat(audit: Audit): void {
  audit.archive = readArchive(audit.data);
}

/** 2 */
export function checkChain(audit: Audit): void {
  audit.events = readEvents(known(audit.archive));
}

/** 3 */
export function checkGrammar(audit: Audit): void {
  audit.documents = readGrammar(known(audit.archive), known(audit.events));
}

/** 4: compact JSON, exact fields in order, no field twice, whole numbers; for every document. */
export function checkForms(audit: Audit): void {
  const documents = known(audit.documents);
  const recorded = grammarOf(documents.election) === RECORDED;
  forms.readForm(known(audit.archive).header, forms.HEADER_FORM);
  for (const event of known(audit.events)) forms.readForm(event.raw, forms.EVENT_FORM);
  forms.readForm(documents.setup, forms.SETUP_FORM);
  forms.readForm(documents.election, recorded ? forms.RECORDED_ELECTION_FORM : forms.SECRET_ELECTION_FORM);
  forms.readForm(documents.trustees, forms.TRUSTEES_FORM);
  forms.readForm(documents.credentials, recorded ? forms.VOTERS_FORM : forms.CREDENTIALS_FORM);
  for (const { raw } of documents.ballots) forms.readForm(raw, ballotForm({ recorded }));
  if (documents.encryptedTally !== null) forms.readForm(documents.encryptedTally, forms.ENCRYPTED_TALLY_FORM);
  if (documents.sizedTally !== null) forms.readForm(documents.sizedTally, forms.SIZED_TALLY_FORM);
  for (const { owned, raw } of documents.shuffles) {
    forms.readForm(owned, forms.OWNED_SHUFFLE_FORM);
    forms.readForm(raw, forms.SHUFFLE_FORM);
  }
  for (const { owned, raw } of documents.decryptions) {
    forms.readForm(owned, forms.OWNED_FORM);
    forms.readForm(raw, forms.DECRYPTION_FORM);
  }
  forms.readForm(documents.result, forms.RESULT_FORM);
}

/** 5 */
export function checkElection(audit: Audit): void {
  audit.election = parseElection(known(audit.documents).election);
}

/** 6: in a recorded poll there are no keys. */
export function checkTrustees(audit: Audit): void {
  const { group, publicKey, recorded, strict } = known(audit.election);
  const { trustees: raw } = known(audit.documents);
  if (recorded) {
    ensure(isNoTrustees(raw), "trustees_invalid", "a recorded poll cannot have scrutineers' keys");
    return;
  }
  const trustees = parseTrustees(group, raw, !strict);
  if (!trustees.bound) audit.lacking.push("bound_keys");
  const same = trustees.publicKey === publicKey;
  ensure(same, "trustees_invalid", "the scrutineers' keys do not make the public key of the poll");
  audit.trustees = trustees;
}

export function isNoTrustees(raw: Uint8Array): boolean {
  return raw.length === NO_TRUSTEES.length && fromUtf8(raw) === NO_TRUSTEES;
}

/** 7: in a recorded poll each credential stands with one delegate. */
export function checkCredentials(audit: Audit): void {
  const { group, recorded } = known(audit.election);
  const { credentials } = known(audit.documents);
  if (recorded) {
    audit.voters = readVoters(group, credentials);
    audit.credentials = new Set(audit.voters.map(({ credential }) => credential));
    return;
  }
  const listed = readListed(group, credentials);
  audit.law("credentials_sorted", () => requireSorted(listed));
  audit.credentials = new Set(listed);
}
