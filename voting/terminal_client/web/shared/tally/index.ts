/**
 * The tally protocol for pages. Most pages need `createTallyClient` alone, which keeps the work in
 * a worker; the functions are here for small things and for tests. Await `ready()` before those.
 */
export { connect, createTallyClient, type TallyClient } from "./client";
export type { ElectionSummary, OnProgress, OperationName, RequestOf, ResponseOf, StoredCredential, TallyProgress } from "./operations";
export { checkBallot, fillBallot, makeBallot, MAX_BALLOT_BYTES, readBallot, trackerOf, type Ballot } from "./ballot";
export { Board, type BoardEntry } from "./board";
export { assembleTrustees, ceremonyFingerprint, dealShares, finishShare, startShare, startSingle } from "./ceremony";
export {
  checkCertificate,
  checkDealing,
  checkVerificationKey,
  type CeremonyPlan,
  type CertificateMessage,
  type DealingMessage,
  type VerificationKeyMessage,
} from "./ceremony_messages";
export { CHECKS, type Check, type CheckKey } from "./checks";
export { checkPublicCredential, encodeCredentials, makeCredential, readCredentials, type SigningCredential } from "./credential";
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
} from "./election";
export { CheckFailed, TALLY_CODES, TallyError, type TallyCode } from "./errors";
export type { Group } from "./group";
export { DEFAULT_GROUP, groupByName } from "./groups";
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
} from "./papers";
export { MAX_ARCHIVE_BYTES, MIN_PASSPHRASE_CHARACTERS } from "./limits";
export { isMixed } from "./questions";
export { shareFromJson, shareToJson, type PrivateShare } from "./private_share";
export { systemRng, type Rng } from "./random";
export type { ArchiveReport, ReadVote } from "./poll_operations";
export type { Reading, Readings } from "./readings";
export { checkReceipt, type Receipt } from "./receipt";
export { countRecorded, encodeVoters, namedVotes, readVoters, type NamedVote, type Voter } from "./recorded";
export { checkSetup, OpenBoard, rebuildBoard, type CheckedSetup, type RebuiltBoard, type SetupDocuments } from "./rebuild";
export { checkPartialDecryption, computeResult, partialDecrypt, readResult, sumBallots, type Counts, type Papers, type Result } from "./result";
export { SEAL_STRENGTHS, sealShare, unsealShare, type SealStrength } from "./sealing";
export { checkShuffle, makeShuffle, mixedTally } from "./shuffle";
export { ready } from "./sodium";
export { parseTrustees, type Trustees } from "./trustees";
export { verifyArchive, type CheckStatus, type VerifiedRecord, type VerifyProgress } from "./verify";
