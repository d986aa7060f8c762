import { beforeAll, describe, expect, test, vi } from "vitest";

import { ceremonyFingerprint, dealShares, finishShare, startShare, startSingle } from "../../tally/trustees/ceremony";
import {
  checkCertificate,
  checkDealing,
  checkVerificationKey,
  type CertificateMessage,
  type DealingMessage,
} from "../../tally/trustees/messages";
import { groupByName } from "../../tally/groups/choice";
import { shareFromJson, shareToJson, type PrivateShare } from "../../tally/trustees/private_share";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { parseTrustees } from "../../tally/trustees/document";
import { refusal } from "./helpers";
import { holdCeremony, plan } from "./samples";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const INVALID = "trustee_message_invalid";
const PLAN = plan("Ed25519", 3, 2);

beforeAll(ready);

describe.each([
  ["Ed25519", 3, 2],
  ["Ed25519", 2, 2],
  ["BELENIOS-2048", 3, 2],
  ["BELENIOS-2048", 1, 1],
])("a ceremony in %s for %i scrutineers with threshold %i", (group, size, threshold) => {
  test("makes a trustees document in which every check holds", () => {
    const { trustees } = holdCeremony(plan(group, size, threshold));
    const parsed = parseTrustees(groupByName(group), trustees);
    expect([parsed.size, parsed.threshold]).toEqual([size, threshold]);
    expect(parsed.verificationKey(size)).toBeDefined();
    expect(parsed.verificationKey(size + 1)).toBeUndefined();
  });
});

describe("messages of the threshold form", () => {
  let shares: PrivateShare[];
  let certificates: CertificateMessage[];
  let dealt: PrivateShare[];
  let dealings: DealingMessage[];
  beforeAll(() => {
    const first = [1, 2, 3].map((index) => startShare(PLAN, index, systemRng));
    shares = first.map(([share]) => share);
    certificates = first.map(([, message]) => message);
    const second = shares.map((share) => dealShares(PLAN, share, certificates, systemRng));
    dealt = second.map(([share]) => share);
    dealings = second.map(([, message]) => message);
  });
  const one = (): PrivateShare => dealt[0] ?? shareFromJson("");

  test("may reach the other side with their keys in another order", () => {
    const [certificate] = certificates;
    const turned = Object.fromEntries(Object.entries(certificate ?? {}).reverse());
    checkCertificate(PLAN, 1, turned);
    expect(ceremonyFingerprint([turned])).toBe(ceremonyFingerprint([certificate]));
  });

  test("are refused from another seat, another plan, or with an exchanged box key", () => {
    const [first, second] = certificates;
    expect(refusal(() => checkCertificate(PLAN, 2, first))).toBe(INVALID);
    expect(refusal(() => checkCertificate(PLAN, 2, { ...first, index: 2 }))).toBe(INVALID);
    expect(refusal(() => checkCertificate(plan("Ed25519", 4, 2), 1, first))).toBe(INVALID);
    expect(refusal(() => checkCertificate(PLAN, 1, { ...first, box: second?.box }))).toBe(INVALID);
    expect(refusal(() => checkCertificate(PLAN, 1, { ...first, more: 1 }))).toBe(INVALID);
  });

  test("stop a scrutineer whose own certificate or dealing was replaced", () => {
    const [, intruder] = startShare(PLAN, 1, systemRng);
    const replaced = [intruder, ...certificates.slice(1)];
    expect(refusal(() => dealShares(PLAN, one(), replaced, systemRng))).toBe(INVALID);
    const other = { ...one(), coefficients: [11n, 12n] };
    expect(() => finishShare(PLAN, other, certificates, dealings, systemRng)).toThrow(/my own dealing/);
  });

  test("name the dealer whose share does not fit", () => {
    const [, other] = dealShares(PLAN, { ...(dealt[1] ?? one()), coefficients: [11n, 12n] }, certificates, systemRng);
    const mixed = dealings.map((dealing, i) => (i === 1 ? { ...dealing, shares: other.shares } : dealing));
    checkDealing(PLAN, 2, certificates, mixed[1]);
    expect(() => finishShare(PLAN, one(), certificates, mixed, systemRng)).toThrow(/scrutineer 2, share/);
  });

  test("refuse a polynomial that was chosen after the certificates", () => {
    const [, other] = dealShares(PLAN, { ...one(), coefficients: [11n, 12n] }, certificates, systemRng);
    expect(() => checkDealing(PLAN, 1, certificates, other)).toThrow(/certificate committed to/);
    const [certificate, ...rest] = certificates;
    const renamed = [{ ...certificate, commitment: "0".repeat(64) }, ...rest];
    expect(refusal(() => checkDealing(PLAN, 1, renamed, other))).toBe(INVALID);
  });

  test("bind a dealing to the certificates that its dealer saw", () => {
    const [, intruder] = startShare(PLAN, 3, systemRng);
    const others = [...certificates.slice(0, 2), intruder];
    expect(refusal(() => checkDealing(PLAN, 1, others, dealings[0]))).toBe(INVALID);
  });

  test("refuse a verification key that does not follow from the dealings", () => {
    const [, message] = finishShare(PLAN, one(), certificates, dealings, systemRng);
    checkVerificationKey(PLAN, 1, certificates, dealings, message);
    const stolen = { ...message, index: 2 };
    expect(refusal(() => checkVerificationKey(PLAN, 2, certificates, dealings, stolen))).toBe(INVALID);
  });

  test("are not asked of the other form", () => {
    expect(() => startSingle(PLAN, 1, systemRng)).toThrow(RangeError);
    expect(() => startShare(plan("Ed25519", 2, 2), 1, systemRng)).toThrow(RangeError);
    expect(() => startShare(PLAN, 4, systemRng)).toThrow(RangeError);
    for (const [size, threshold] of [[3, 1], [2, 1], [3, 0], [0, 0]] as const) {
      expect(() => startSingle(plan("Ed25519", size, threshold), 1, systemRng)).toThrow(/threshold/);
    }
  });
});

test("a private share survives storage", () => {
  const [share] = startShare(PLAN, 2, systemRng);
  expect(shareFromJson(shareToJson(share))).toEqual(share);
  expect(refusal(() => shareFromJson('{"version":1}'))).toBe("share_invalid");
});
