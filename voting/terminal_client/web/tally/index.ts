/**
 * The tally protocol for pages. Most pages need `createTallyClient` alone, which keeps the work in
 * a worker; the functions are here for small things and for tests. Await `ready()` before those.
 */
export { connect, createTallyClient, type TallyClient } from "./worker/client";
export type { ElectionSummary, OnProgress, OperationName, RequestOf, ResponseOf, StoredCredential, TallyProgress } from "./worker/operations";
export { checkBallot, fillBallot, MAX_BALLOT_BYTES, readBallot, trackerOf, type Ballot } from "./ballots/ballot";
export { Board, type BoardEntry } from "./board/chain";
export { assembleTrustees, ceremonyFingerprint, dealShares, finishShare, startShare, startSingle } from "./trustees/ceremony";
export {
  checkCertificate,
  checkDealing,
  checkVerificationKey,
  type CeremonyPlan,
  type CertificateMessage,
  type DealingMessage,
  type VerificationKeyMessage,
} from "./trustees/messages";
export { CHECKS, type Check, type CheckKey } from "./verify/checks";
export { checkPublicCredential, encodeCredentials, makeCredential, readCredentials, type SigningCredential } from "./ballots/credential";
export {
  makeElection,
  makeRecordedElection,
  makeSecretElection,
  makeUuid,
  parseElection,
  type AnyQuestion,
  type Election,
  type MixedQuestion,
  type Question,
} from "./board/election";
export { CheckFailed, TALLY_CODES, TallyError, type TallyCode } from "./errors";
export type { Group } from "./groups/interface";
export { DEFAULT_GROUP, groupByName } from "./groups/choice";
export {
  paperLabels,
  paperSize,
  readPaper,
  readRanks,
  writePaper,
  type Paper,
  type Ranks,
  type Use,
  type WriteIns,
} from "./ballots/singly";
export { MAX_ARCHIVE_BYTES, MIN_PASSPHRASE_CHARACTERS } from "./limits";
export { isMixed } from "./ballots/questions";
export { shareFromJson, shareToJson, type PrivateShare } from "./trustees/private_share";
export { systemRng, type Rng } from "./groups/random";
export type { ArchiveReport, ReadVote } from "./worker/poll_operations";
export type { Reading, Readings } from "./board/readings";
export { checkReceipt, type Receipt } from "./board/receipt";
export { countRecorded, encodeVoters, namedVotes, readVoters, type NamedVote, type Voter } from "./ballots/by_name";
export { checkSetup, OpenBoard, rebuildBoard, type CheckedSetup, type RebuiltBoard, type SetupDocuments } from "./board/rebuild";
export { checkPartialDecryption, computeResult, partialDecrypt, readResult, sumBallots, type Counts, type Papers, type Result } from "./board/result";
export { SEAL_STRENGTHS, sealShare, unsealShare, type SealStrength } from "./trustees/sealing";
export { checkShuffle, makeShuffle, mixedTally } from "./board/shuffle";
export { ready } from "./groups/sodium";
export { parseTrustees, type Trustees } from "./trustees/document";
export { verifyArchive, type CheckStatus, type VerifiedRecord, type VerifyProgress } from "./verify/run";
