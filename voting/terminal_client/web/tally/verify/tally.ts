/** Checks 8 to 20: the ballots, the sum, the shuffles, the decryptions, the result and the receipts. */
import { known, type Audit, type Step } from "./audit";
import { readBallot, testedElements, type Ballot } from "../ballots/ballot";
import { equalBytes, fromUtf8 } from "../bytes";
import { addUp, encodeTally } from "../board/encrypted_tally";
import { ensure, TallyError, type TallyCode } from "../errors";
import { inspectAll, type Stage } from "../board/inspection";
import { encode } from "../json";
import { isMixed, type Question } from "../ballots/questions";
import { statedServerKey } from "../ballots/terms";
import { checkReceipt } from "../board/receipt";
import { addUpPlain } from "../ballots/by_name";
import { checkPartialDecryption, combineFactors, readResult, sufficientOwners, type Result } from "../board/result";
import { checkShuffle, mixedTally } from "../board/shuffle";
import { checkShuffleOwner, type ShuffleOwner } from "../board/shuffle_owner";

/** 8: this election, a listed credential, the question's shape, every element in the group. */
export async function checkBallotForms(audit: Audit, step: Step): Promise<void> {
  const [election, listed] = [known(audit.election), known(audit.credentials)];
  const placed = known(audit.documents).ballots;
  const ballots = placed.map(({ raw, height }) => located(height, () => readListed(audit, listed, raw)));
  await inspect(audit, "elements", ballots, step);
  audit.ballots = ballots.map((ballot) => ({ ballot, elements: testedElements(election, ballot) }));
}

function readListed(audit: Audit, listed: ReadonlySet<string>, raw: Uint8Array): Ballot {
  const ballot = readBallot(known(audit.election), raw);
  ensure(listed.has(ballot.credential), "credential_unknown", "its credential is not registered");
  return ballot;
}

/** Names the ballot in the refusal. */
function located<T>(height: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof TallyError ? new TallyError(error.code, `ballot at height ${height}: ${error.detail}`) : error;
  }
}

async function inspect(audit: Audit, stage: Stage, ballots: readonly Ballot[], step: Step): Promise<void> {
  await step(0, ballots.length);
  const fault = await inspectAll(known(audit.election), stage, ballots, audit.helpers, step);
  if (fault === null) return;
  const height = known(audit.documents).ballots[fault.index]?.height;
  throw new TallyError(fault.code, `ballot at height ${height}: ${fault.detail}`);
}

/** 9: where the terms let a later ballot replace an earlier one, no ballot stands twice; it could bring a choice back. */
export function checkUnique(audit: Audit): void {
  const { lastCounts } = known(audit.election).terms;
  const seen = new Set<string>();
  for (const { ballot } of audit.ballots) {
    const name = lastCounts ? ballot.tracker : ballot.credential;
    const what = lastCounts ? `the ballot ${name} stands twice` : `two ballots by the credential ${name}`;
    ensure(!seen.has(name), "tally_invalid", what);
    seen.add(name);
  }
}

/** 10 */
export function checkSignatures(audit: Audit, step: Step): Promise<void> {
  return inspect(audit, "signature", audit.ballots.map(({ ballot }) => ballot), step);
}

/** 11 */
export function checkAllProofs(audit: Audit, step: Step): Promise<void> {
  return inspect(audit, "proofs", audit.ballots.map(({ ballot }) => ballot), step);
}

/** 12 */
export function checkTallySize(audit: Audit): void {
  const sized = JSON.parse(fromUtf8(known(known(audit.documents).sizedTally))) as Record<string, unknown>;
  const count = audit.counted.length;
  const same = sized["num_tallied"] === count && sized["total_weight"] === count;
  ensure(same, "tally_invalid", `another number than ${count} ballots is said to be counted`);
}

/** 13 */
export function checkEncryptedTally(audit: Audit): void {
  const archived = known(known(audit.documents).encryptedTally);
  const same = equalBytes(encodeTally(addUp(known(audit.election), audit.counted)), archived);
  ensure(same, "tally_invalid", "the encrypted sum is not that of the ballots");
  audit.tally = archived;
}

/** 19: each is signed by an owner who exists and shuffles once, and proves to have kept what was there before. */
export async function checkShuffles(audit: Audit, step: Step): Promise<void> {
  const [election, trustees] = [known(audit.election), known(audit.trustees)];
  const { shuffles } = known(audit.documents);
  const owners: ShuffleOwner[] = [];
  for (const [i, shuffle] of shuffles.entries()) {
    await step(i, shuffles.length);
    const found = checkShuffleOwner(election, trustees, shuffle);
    ensure(!audit.shufflers.includes(found.owner), "shuffle_invalid", `scrutineer ${found.owner} shuffled twice`);
    checkShuffle(election, known(audit.tally), shuffle.raw);
    audit.tally = mixedTally(election, known(audit.tally), shuffle.raw);
    audit.shufflers.push(found.owner);
    owners.push(found);
  }
  const signed = owners.map((found) => found.signed);
  if (!allOrNone(signed, "shuffle_invalid", "some shuffles are signed and others are not")) audit.lacking.push("signed_shuffles");
}

/** Throws `code` when it is so of some and not of others; else whether it is so. */
function allOrNone(so: readonly boolean[], code: TallyCode, detail: string): boolean {
  const all = so.every(Boolean);
  ensure(all || !so.some(Boolean), code, detail);
  return all;
}

function ownerOf(owned: Uint8Array): number {
  return (JSON.parse(fromUtf8(owned)) as { readonly owner: number }).owner;
}

/** 20: as many scrutineers shuffled as are needed to decrypt. */
export function checkEnoughShuffles(audit: Audit): void {
  sufficientOwners(known(audit.trustees), new Set(audit.shufflers), "shuffles_missing", "shuffles");
}

/** 14: all of them or none prove the whole statement. */
export async function checkDecryptions(audit: Audit, step: Step): Promise<void> {
  const { decryptions } = known(audit.documents);
  const [election, trustees] = [known(audit.election), known(audit.trustees)];
  const proven: boolean[] = [];
  for (const [i, { owned, raw }] of decryptions.entries()) {
    await step(i, decryptions.length);
    const owner = ownerOf(owned);
    ensure(!audit.factors.has(owner), "decryption_invalid", `two decryptions by scrutineer ${owner}`);
    const { factors, stated } = checkPartialDecryption(election, trustees, owner, known(audit.tally), raw);
    audit.factors.set(owner, factors);
    proven.push(stated);
  }
  const all = allOrNone(proven, "decryption_invalid", "some decryptions prove their whole statement and others do not");
  if (!all) audit.lacking.push("statement_proofs");
}

/** 15 */
export function checkEnoughDecryptions(audit: Audit): void {
  sufficientOwners(known(audit.trustees), new Set(audit.factors.keys()));
}

/** 16: recomputed from the decryptions; in a recorded poll from the plain ballots. */
export function checkResult(audit: Audit): void {
  const election = known(audit.election);
  const archived = readResult(election, known(audit.documents).result);
  const found = election.recorded ? addUpPlain(election, audit.counted.map(({ ballot }) => ballot)) : decrypted(audit);
  const same = equalBytes(encode({ result: found }), encode({ result: archived }));
  ensure(same, "result_invalid", "the result is not what the decryptions give");
  audit.result = found;
}

function decrypted(audit: Audit): Result {
  const count = audit.counted.length;
  return combineFactors(known(audit.election), known(audit.trustees), known(audit.tally), count, audit.factors).result;
}

/** 17: no answer has more votes than ballots, the sums are within the bounds, one paper per ballot. */
export function checkAllBounds(audit: Audit): void {
  const ballots = audit.counted.length;
  known(audit.election).questions.forEach((question, i) => {
    const found = known(audit.result)[i] ?? [];
    if (!isMixed(question)) checkBounds(question, ballots, found.filter((votes) => typeof votes === "number"));
    else ensure(found.length === ballots, "result_invalid", "there are more or fewer papers than ballots");
  });
}

/** Throws `result_invalid` unless so many ballots can give these counts. */
function checkBounds({ min, max }: Question, ballots: number, counts: readonly number[]): void {
  const sum = counts.reduce((total, votes) => total + votes, 0);
  const possible = counts.every((votes) => votes <= ballots) && min * ballots <= sum && sum <= max * ballots;
  ensure(possible, "result_invalid", `${sum} votes are impossible with ${ballots} ballots`);
}

/** 18 */
export async function checkReceipts(audit: Audit, step: Step): Promise<void> {
  const documents = known(audit.documents);
  const heads = new Map(
    documents.ballots.map(({ height, head }, i) => [height, { head, tracker: audit.ballots[i]?.ballot.tracker }]),
  );
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
  const { strict, description } = known(audit.election);
  const stated = statedServerKey(description);
  const same = !strict || (stated !== null && keys.has(stated));
  ensure(same, "receipt_invalid", "the receipts are signed with another key than the record states");
}
