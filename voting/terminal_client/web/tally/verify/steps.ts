/** What each numbered check runs, and when it applies; `run.ts` runs them in order. */
import { known, type Audit, type Run } from "./audit";
import type { CheckKey } from "./checks";
import * as record from "./record";
import * as tally from "./tally";

/** One function per check; each throws TallyError when the record does not satisfy it. */
export const RUNS: Readonly<Record<CheckKey, Run>> = {
  archive_format: record.checkFormat,
  event_chain: record.checkChain,
  event_grammar: record.checkGrammar,
  canonical_json: record.checkForms,
  election: record.checkElection,
  trustees: record.checkTrustees,
  credentials: record.checkCredentials,
  ballot_form: tally.checkBallotForms,
  one_ballot_per_credential: tally.checkUnique,
  ballot_signature: tally.checkSignatures,
  ballot_proofs: tally.checkAllProofs,
  tally_size: tally.checkTallySize,
  encrypted_tally: tally.checkEncryptedTally,
  shuffles: tally.checkShuffles,
  enough_shuffles: tally.checkEnoughShuffles,
  partial_decryptions: tally.checkDecryptions,
  enough_decryptions: tally.checkEnoughDecryptions,
  result: tally.checkResult,
  result_bounds: tally.checkAllBounds,
  receipts: tally.checkReceipts,
};

const secret = (audit: Audit): boolean => !known(audit.election).recorded;
const mixed = (audit: Audit): boolean => known(audit.election).mixed.length > 0;

const given = (audit: Audit): boolean => audit.receipts.length > 0;

const ONLY_FOR: Readonly<Partial<Record<CheckKey, (audit: Audit) => boolean>>> = {
  tally_size: secret,
  encrypted_tally: secret,
  shuffles: mixed,
  enough_shuffles: mixed,
  partial_decryptions: secret,
  enough_decryptions: secret,
  receipts: given,
};

/** Whether the kind of poll leaves this check anything to do; asked when the checks before it have passed. */
export function applies(key: CheckKey, audit: Audit): boolean {
  return ONLY_FOR[key]?.(audit) ?? true;
}
