/** The eighteen checks; `verify.ts` runs them in order. */
import { readArchive, readEvents, readGrammar, type Archive, type ArchiveDocuments, type ArchiveEvent } from "./archive";
import { ballotElements, checkProofs, checkSignature, readBallot, type Ballot, type BallotElements } from "./ballot";
import { equalBytes, fromUtf8 } from "./bytes";
import type { CheckKey } from "./checks";
import { readCredentials } from "./credential";
import { parseElection, type Election } from "./election";
import { ensure, TallyError } from "./errors";
import * as forms from "./forms";
import type { Element } from "./group";
import { checkReceipt } from "./receipt";
import { checkPartialDecryption, combineFactors, RunningSum, sufficientOwners } from "./result";
import { parseTrustees, type Trustees } from "./trustees";

/** What the checks find out, in the order in which they do. */
export class Audit {
  archive: Archive | undefined;
  events: readonly ArchiveEvent[] | undefined;
  documents: ArchiveDocuments | undefined;
  election: Election | undefined;
  trustees: Trustees | undefined;
  credentials: ReadonlySet<string> | undefined;
  readonly ballots: { readonly ballot: Ballot; readonly elements: BallotElements }[] = [];
  readonly factors = new Map<number, Element[]>();
  counts: readonly number[] = [];

  constructor(
    readonly data: Uint8Array,
    readonly receipts: readonly unknown[],
  ) {}
}

export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the checks ran out of order");
  return value;
}

/** Reports progress and lets the event loop run. */
export type Step = (done: number, total: number) => Promise<void>;
type Run = (audit: Audit, step: Step) => void | Promise<void>;

/** One function per check; each throws TallyError when the record does not satisfy it. */
export const RUNS: Readonly<Record<CheckKey, Run>> = {
  archive_format: (audit) => void (audit.archive = readArchive(audit.data)),
  event_chain: (audit) => void (audit.events = readEvents(known(audit.archive))),
  event_grammar: (audit) => void (audit.documents = readGrammar(known(audit.archive), known(audit.events))),
  canonical_json: checkForms,
  election: (audit) => void (audit.election = parseElection(known(audit.documents).election)),
  trustees: checkTrustees,
  credentials: (audit) => {
    audit.credentials = readCredentials(known(audit.election).group, known(audit.documents).credentials);
  },
  ballot_form: readBallots,
  one_ballot_per_credential: checkUnique,
  ballot_signature: (audit, step) =>
    eachBallot(audit, step, (ballot, elements) => checkSignature(known(audit.election), ballot, elements)),
  ballot_proofs: (audit, step) =>
    eachBallot(audit, step, (ballot, elements) => checkProofs(known(audit.election), ballot, elements)),
  tally_size: checkTallySize,
  encrypted_tally: checkEncryptedTally,
  partial_decryptions: checkDecryptions,
  enough_decryptions: (audit) => void sufficientOwners(known(audit.trustees), new Set(audit.factors.keys())),
  result: checkResult,
  result_bounds: checkBounds,
  receipts: checkReceipts,
};

function checkForms(audit: Audit): void {
  const documents = known(audit.documents);
  forms.readForm(known(audit.archive).header, forms.HEADER_FORM);
  for (const event of known(audit.events)) forms.readForm(event.raw, forms.EVENT_FORM);
  forms.readForm(documents.setup, forms.SETUP_FORM);
  forms.readForm(documents.election, forms.ELECTION_FORM);
  forms.readForm(documents.trustees, forms.TRUSTEES_FORM);
  forms.readForm(documents.credentials, forms.CREDENTIALS_FORM);
  for (const { raw } of documents.ballots) forms.readForm(raw, forms.BALLOT_FORM);
  forms.readForm(documents.encryptedTally, forms.ENCRYPTED_TALLY_FORM);
  forms.readForm(documents.sizedTally, forms.SIZED_TALLY_FORM);
  for (const { owned, raw } of documents.decryptions) {
    forms.readForm(owned, forms.OWNED_FORM);
    forms.readForm(raw, forms.DECRYPTION_FORM);
  }
  forms.readForm(documents.result, forms.RESULT_FORM);
}

function checkTrustees(audit: Audit): void {
  const election = known(audit.election);
  const trustees = parseTrustees(election.group, known(audit.documents).trustees);
  const same = trustees.publicKey === election.publicKey;
  ensure(same, "trustees_invalid", "the scrutineers' keys do not make the public key of the poll");
  audit.trustees = trustees;
}

async function readBallots(audit: Audit, step: Step): Promise<void> {
  const [election, listed] = [known(audit.election), known(audit.credentials)];
  const { ballots } = known(audit.documents);
  for (const [i, { raw, height }] of ballots.entries()) {
    await step(i, ballots.length);
    located(height, () => {
      const ballot = readBallot(election, raw);
      ensure(listed.has(ballot.credential), "credential_unknown", "its credential is not registered");
      audit.ballots.push({ ballot, elements: ballotElements(election.group, ballot) });
    });
  }
}

async function eachBallot(
  audit: Audit,
  step: Step,
  check: (ballot: Ballot, elements: BallotElements) => void,
): Promise<void> {
  for (const [i, { ballot, elements }] of audit.ballots.entries()) {
    await step(i, audit.ballots.length);
    located(i + 1, () => {
      check(ballot, elements);
    });
  }
}

/** Names the ballot in the refusal. */
function located(height: number, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw error instanceof TallyError ? new TallyError(error.code, `ballot at height ${height}: ${error.detail}`) : error;
  }
}

function checkUnique(audit: Audit): void {
  const seen = new Set<string>();
  for (const { ballot } of audit.ballots) {
    ensure(!seen.has(ballot.credential), "archive_invalid", `two ballots by the credential ${ballot.credential}`);
    seen.add(ballot.credential);
  }
}

function checkTallySize(audit: Audit): void {
  const sized = JSON.parse(fromUtf8(known(audit.documents).sizedTally)) as Record<string, unknown>;
  const count = audit.ballots.length;
  const same = sized["num_tallied"] === count && sized["total_weight"] === count;
  ensure(same, "tally_invalid", `another number than ${count} ballots is said to be counted`);
}

function checkEncryptedTally(audit: Audit): void {
  const sum = new RunningSum(known(audit.election));
  for (const { elements } of audit.ballots) sum.add(elements.choices);
  const same = equalBytes(sum.encode(), known(audit.documents).encryptedTally);
  ensure(same, "tally_invalid", "the encrypted sum is not that of the ballots");
}

async function checkDecryptions(audit: Audit, step: Step): Promise<void> {
  const { decryptions, encryptedTally } = known(audit.documents);
  const [election, trustees] = [known(audit.election), known(audit.trustees)];
  for (const [i, { owned, raw }] of decryptions.entries()) {
    await step(i, decryptions.length);
    const { owner } = JSON.parse(fromUtf8(owned)) as { readonly owner: number };
    ensure(!audit.factors.has(owner), "decryption_invalid", `two decryptions by scrutineer ${owner}`);
    audit.factors.set(owner, checkPartialDecryption(election, trustees, owner, encryptedTally, raw));
  }
}

function checkResult(audit: Audit): void {
  const { encryptedTally, result } = known(audit.documents);
  const count = audit.ballots.length;
  const computed = combineFactors(known(audit.election), known(audit.trustees), encryptedTally, count, audit.factors);
  ensure(equalBytes(computed.raw, result), "result_invalid", "the result is not what the decryptions give");
  audit.counts = computed.counts;
}

function checkBounds(audit: Audit): void {
  const { min, max } = known(audit.election).question;
  const count = audit.ballots.length;
  const sum = audit.counts.reduce((total, votes) => total + votes, 0);
  const possible = audit.counts.every((votes) => votes <= count) && min * count <= sum && sum <= max * count;
  ensure(possible, "result_invalid", `${sum} votes are impossible with ${count} ballots`);
}

async function checkReceipts(audit: Audit, step: Step): Promise<void> {
  const documents = known(audit.documents);
  const heads = new Map(documents.ballots.map(({ height, head }, i) => [height, { head, tracker: audit.ballots[i]?.ballot.tracker }]));
  const keys = new Set<string>();
  for (const [i, value] of audit.receipts.entries()) {
    await step(i, audit.receipts.length);
    const receipt = checkReceipt(value);
    const here = heads.get(receipt.height);
    const poll = receipt.election_uuid === known(audit.election).uuid && receipt.fingerprint === documents.fingerprint;
    ensure(poll, "receipt_invalid", `receipt ${i + 1} is for another poll`);
    const stands = here?.tracker === receipt.tracker && here.head === receipt.board_head;
    ensure(stands, "receipt_invalid", `the ballot ${receipt.tracker} does not stand at height ${receipt.height}`);
    keys.add(receipt.server_key);
    ensure(keys.size === 1, "receipt_invalid", "the receipts are signed by different servers");
  }
}
