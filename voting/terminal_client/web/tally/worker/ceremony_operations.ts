/** The scrutineers' operations while a key is made, as plain messages (see `operations.ts`). */
import {
  assembleTrustees,
  ceremonyFingerprint,
  dealShares,
  finishShare,
  startShare,
  startSingle,
} from "../trustees/ceremony";
import {
  checkCertificate,
  checkDealing,
  checkVerificationKey,
  type CeremonyPlan,
  type CertificateMessage,
  type DealingMessage,
  type VerificationKeyMessage,
} from "../trustees/messages";
import { shareFromJson, shareToJson, type PrivateShare } from "../trustees/private_share";
import { groupByName } from "../groups/choice";
import { parseTrustees } from "../trustees/document";
import { systemRng } from "../groups/random";
import { sealShare, unsealShare, type SealStrength } from "../trustees/sealing";

interface Scrutineer<M> {
  /** The private share's JSON: to be sealed, never to be sent. */
  readonly share: string;
  readonly message: M;
}

function scrutineer<M>([share, message]: [PrivateShare, M]): Scrutineer<M> {
  return { share: shareToJson(share), message };
}

export const ceremonyOperations = {
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

  /** What ballots are encrypted to under this document, once all of it is checked. */
  electionKey: (request: { readonly group: string; readonly trustees: Uint8Array }): string =>
    parseTrustees(groupByName(request.group), request.trustees).publicKey,

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
