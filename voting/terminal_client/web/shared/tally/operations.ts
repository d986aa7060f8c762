/**
 * Everything a page may ask of the tally protocol, as plain messages: numbers mod q are decimal
 * strings, so that requests and answers can be cloned between threads and kept in storage. The
 * worker runs these; so do tests, without a worker.
 */
import { makeBallot, trackerOf } from "./ballot";
import { equalBytes } from "./bytes";
import {
  assembleTrustees,
  ceremonyFingerprint,
  dealShares,
  finishShare,
  startShare,
  startSingle,
} from "./ceremony";
import {
  checkCertificate,
  checkDealing,
  checkVerificationKey,
  type CeremonyPlan,
  type CertificateMessage,
  type DealingMessage,
  type VerificationKeyMessage,
} from "./ceremony_messages";
import { makeCredential } from "./credential";
import { parseElection, type Election, type Question } from "./election";
import { TallyError } from "./errors";
import { groupByName } from "./group";
import { shareFromJson, shareToJson, type PrivateShare } from "./private_share";
import { systemRng } from "./random";
import { checkReceipt, type Receipt } from "./receipt";
import { checkSetup, rebuildBoard, type SetupDocuments } from "./rebuild";
import { partialDecrypt } from "./result";
import { sealShare, unsealShare, type SealStrength } from "./sealing";
import { ready } from "./sodium";
import { verifyArchive, type CheckStatus } from "./verify";

/** `number` and `key` name the verifier's check; 0 and "ballots" while a board is rebuilt. */
export interface TallyProgress {
  readonly number: number;
  readonly key: string;
  readonly status: CheckStatus;
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: TallyProgress) => void;

/** A credential whose private half is a decimal string. */
export interface StoredCredential {
  readonly private: string;
  readonly public: string;
}

export interface ElectionSummary {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly publicKey: string;
  readonly question: Question;
  readonly hash: string;
}

interface Scrutineer<M> {
  /** The private share's JSON: to be sealed, never to be sent. */
  readonly share: string;
  readonly message: M;
}

function summary(election: Election): ElectionSummary {
  const { uuid, name, description, publicKey, question, hash } = election;
  return { uuid, name, description, group: election.group.name, publicKey, question, hash };
}

function scrutineer<M>([share, message]: [PrivateShare, M]): Scrutineer<M> {
  return { share: shareToJson(share), message };
}

/** The election parsed last: its tables serve the ballot that follows. */
let latest: Election | undefined;

function electionOf(raw: Uint8Array): Election {
  if (latest !== undefined && equalBytes(latest.raw, raw)) return latest;
  const election = parseElection(raw);
  latest = election;
  return election;
}

/** The sums that this thread has rebuilt from whole boards: no other ciphertext is ever decrypted. */
const rebuilt = new Map<string, { readonly election: Election; readonly encryptedTally: Uint8Array }>();

export const operations = {
  makeCredential: (request: { readonly group: string }): StoredCredential => {
    const credential = makeCredential(groupByName(request.group), systemRng);
    return { private: credential.private.toString(), public: credential.public };
  },

  /** Parses the election and builds its tables while the delegate is still choosing. */
  prepareElection: (request: { readonly election: Uint8Array }): ElectionSummary => {
    const election = electionOf(request.election);
    election.key.table.pow(1n);
    return summary(election);
  },

  makeBallot: (request: {
    readonly election: Uint8Array;
    readonly credential: StoredCredential;
    readonly choices: readonly number[];
  }): { readonly raw: Uint8Array; readonly tracker: string } => {
    const credential = { private: BigInt(request.credential.private), public: request.credential.public };
    const raw = makeBallot(electionOf(request.election), credential, request.choices, systemRng);
    return { raw, tracker: trackerOf(raw) };
  },

  checkReceipt: (request: { readonly receipt: unknown }): Receipt => checkReceipt(request.receipt),

  /** The fingerprint that console and screen must show, and whether `credential` may vote. */
  checkSetup: (
    request: SetupDocuments & { readonly credential?: string },
  ): ElectionSummary & { readonly fingerprint: string; readonly registered: boolean } => {
    const { election, credentials, fingerprint } = checkSetup(request);
    const registered = request.credential !== undefined && credentials.has(request.credential);
    return { ...summary(election), fingerprint, registered };
  },

  /** Rebuilds a board with all its ballots; only afterwards can this thread decrypt its sum. */
  verifyBoard: async (
    request: SetupDocuments & { readonly ballots: readonly Uint8Array[] },
    onProgress: OnProgress,
  ) => {
    const board = await rebuildBoard(request, request.ballots, (done, total) => {
      onProgress({ number: 0, key: "ballots", status: done === total ? "passed" : "running", done, total });
    });
    const { fingerprint, nBallots, height, head, closedHead, encryptedTally } = board;
    rebuilt.set(fingerprint, { election: board.election, encryptedTally });
    return { election: summary(board.election), fingerprint, nBallots, height, head, closedHead, encryptedTally };
  },

  /** Throws `decryption_invalid` unless `verifyBoard` has rebuilt this poll in this thread. */
  partialDecrypt: (request: { readonly fingerprint: string; readonly share: string }): Uint8Array => {
    const board = rebuilt.get(request.fingerprint);
    if (board === undefined) throw new TallyError("decryption_invalid", "the board has not been rebuilt here");
    return partialDecrypt(board.election, shareFromJson(request.share), board.encryptedTally, systemRng);
  },

  verifyArchive: async (
    request: { readonly data: Uint8Array; readonly receipts?: readonly unknown[] },
    onProgress: OnProgress,
  ) => {
    const record = await verifyArchive(request.data, request.receipts, ({ check, status, done, total }) => {
      onProgress({ number: check.number, key: check.key, status, done, total });
    });
    const { election, trustees, ...rest } = record;
    return { ...rest, election: summary(election), scrutineers: trustees.size, threshold: trustees.threshold };
  },

  startShare: (request: { readonly plan: CeremonyPlan; readonly index: number }): Scrutineer<CertificateMessage> =>
    scrutineer(startShare(request.plan, request.index, systemRng)),

  dealShares: (request: {
    readonly plan: CeremonyPlan;
    readonly share: string;
    readonly certificates: readonly unknown[];
  }): Scrutineer<DealingMessage> =>
    scrutineer(dealShares(request.plan, shareFromJson(request.share), request.certificates, systemRng)),

  finishShare: (request: {
    readonly plan: CeremonyPlan;
    readonly share: string;
    readonly certificates: readonly unknown[];
    readonly dealings: readonly unknown[];
  }): Scrutineer<VerificationKeyMessage> => {
    const { plan, certificates, dealings } = request;
    return scrutineer(finishShare(plan, shareFromJson(request.share), certificates, dealings, systemRng));
  },

  startSingle: (request: { readonly plan: CeremonyPlan; readonly index: number }): Scrutineer<VerificationKeyMessage> =>
    scrutineer(startSingle(request.plan, request.index, systemRng)),

  checkCertificate: (request: { readonly plan: CeremonyPlan; readonly index: number; readonly message: unknown }): null => {
    checkCertificate(request.plan, request.index, request.message);
    return null;
  },

  checkDealing: (request: {
    readonly plan: CeremonyPlan;
    readonly index: number;
    readonly certificates: readonly unknown[];
    readonly message: unknown;
  }): null => {
    checkDealing(request.plan, request.index, request.certificates, request.message);
    return null;
  },

  checkVerificationKey: (request: {
    readonly plan: CeremonyPlan;
    readonly index: number;
    readonly certificates: readonly unknown[];
    readonly dealings: readonly unknown[];
    readonly message: unknown;
  }): null => {
    const { plan, index, certificates, dealings, message } = request;
    checkVerificationKey(plan, index, certificates, dealings, message);
    return null;
  },

  assembleTrustees: (request: {
    readonly plan: CeremonyPlan;
    readonly certificates: readonly unknown[];
    readonly dealings: readonly unknown[];
    readonly verificationKeys: readonly unknown[];
  }): Uint8Array =>
    assembleTrustees(request.plan, request.certificates, request.dealings, request.verificationKeys),

  ceremonyFingerprint: (request: { readonly messages: readonly unknown[] }): string =>
    ceremonyFingerprint(request.messages),

  /** The backup file's text. */
  sealShare: (request: {
    readonly share: string;
    readonly passphrase: string;
    readonly label: string;
    readonly strength?: SealStrength;
  }): string =>
    sealShare(request.share, request.passphrase, request.label, request.strength ?? "moderate", systemRng),

  unsealShare: (request: { readonly file: string; readonly passphrase: string }): string =>
    unsealShare(request.file, request.passphrase),
};

type Operations = typeof operations;
export type OperationName = keyof Operations;
export type RequestOf<N extends OperationName> = Parameters<Operations[N]>[0];
export type ResponseOf<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;

/** Runs one operation in this thread. Throws TallyError for what is refused. */
export async function perform<N extends OperationName>(
  name: N,
  request: RequestOf<N>,
  onProgress: OnProgress = () => undefined,
): Promise<ResponseOf<N>> {
  await ready();
  const run = operations[name] as (request: RequestOf<N>, onProgress: OnProgress) => unknown;
  return (await run(request, onProgress)) as ResponseOf<N>;
}
