/** Every law of the scrutineers' documents and messages, each broken by itself. */
import { beforeAll, describe, expect, test } from "vitest";

import { fromUtf8, utf8 } from "../../tally/bytes";
import type { Group } from "../../tally/groups/interface";
import { proofJson, proveKnowledge } from "../../tally/groups/proofs";
import { groupByName } from "../../tally/groups/choice";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { Reader } from "../../tally/json";
import { sign, signedJson, signMessage } from "../../tally/ballots/signed";
import { openFromSender, sealForRecipient } from "../../tally/trustees/boxes";
import { assembleTrustees } from "../../tally/trustees/ceremony";
import { parseTrustees } from "../../tally/trustees/document";
import { checkCertificate, checkCertificates, checkDealing, checkDealings, type DealingMessage } from "../../tally/trustees/messages";
import { decryptionIn, shareFromJson, shareToJson, type PrivateShare } from "../../tally/trustees/private_share";
import {
  certificateMessage,
  checkThresholdKey,
  coefexpsMessage,
  combineCommitments,
  openCertificate,
  openCoefexps,
  openVerificationKey,
} from "../../tally/trustees/threshold";
import { refusal } from "./helpers";
import { holdCeremony, plan, type Ceremony } from "./samples";

const PLAN = plan("Ed25519", 3, 2);
const ALL = plan("Ed25519", 2, 2);
const READER = new Reader("trustees_invalid");
type Fields = Record<string, unknown> & Readonly<Record<"certs" | "coefexps" | "verification_keys", unknown[]>>;
let group: Group;
let held: Ceremony;
let single: Ceremony;

beforeAll(async () => {
  await ready();
  group = groupByName("Ed25519");
  held = holdCeremony(PLAN);
  single = holdCeremony(ALL);
});

const share = (): PrivateShare => {
  const [first] = held.shares;
  if (first === undefined) throw new Error("the ceremony made no share");
  return first;
};
const blocks = (of: Ceremony): [string, Fields][] => JSON.parse(fromUtf8(of.trustees)) as [string, Fields][];
const unsigned = (key: unknown): object => {
  const { pok, public_key } = key as Record<string, unknown>;
  return { pok, public_key };
};
const firstUnsigned = ({ verification_keys: [first, ...rest] }: Fields): object => ({
  verification_keys: [unsigned(first), ...rest],
});
const parsed = (value: unknown) => parseTrustees(group, utf8(JSON.stringify(value)));
/** The one Pedersen block with its content changed. */
const pedersen = (change: (fields: Fields) => object) => (): unknown => {
  const [[kind, fields]] = blocks(held) as [[string, Fields]];
  return parsed([[kind, { ...fields, ...change(fields) }]]);
};

describe("the scrutineers' keys", () => {
  test("are read as they were made", () => {
    expect(parsed(blocks(held))).toMatchObject({ size: 3, threshold: 2, bound: true });
    expect(parsed(blocks(single))).toMatchObject({ size: 2, threshold: 2, bound: true });
  });

  test("are somebody's, each scrutineer's their own, and not of too many", () => {
    const [one] = blocks(single);
    expect(() => parsed([])).toThrow("there is no scrutineer");
    expect(() => parsed([one, one])).toThrow("scrutineers have the same key");
    expect(() => parsed(Array.from({ length: 51 }, () => one))).toThrow("more than 50 scrutineers");
    expect(() => parsed([[...(one ?? []), 1]])).toThrow("a pair of kind and content");
  });

  test.each([
    ["the lists differ in length", ({ coefexps }: Fields) => ({ coefexps: coefexps.slice(1) })],
    ["the lists differ in length", ({ verification_keys }: Fields) => ({ verification_keys: verification_keys.slice(1) })],
    ["the lists differ in length", () => ({ signatures: [] })],
    ["the threshold is not between 1", () => ({ threshold: 0 })],
    ["the threshold is not between 1", () => ({ threshold: 4 })],
    ["not signed, or only some are", firstUnsigned],
  ])("are refused as: %s", (says, change) => {
    expect(pedersen(change)).toThrow(says);
  });

  test("are refused where one person signed for two", () => {
    const [signing, made] = [7n, [11n, 12n]];
    const signed = (message: string) => signedJson(signMessage(group, signing, message, systemRng));
    const keys = { verification: group.powG(signing), encryption: group.generator };
    const certs = [1, 2].map((index) => signed(certificateMessage({ group: "Ed25519", size: 2, threshold: 2, index }, keys)));
    const coefexps = made.map((number) => signed(coefexpsMessage([group.powG(number), group.powG(number)])));
    const proof = { challenge: "1", response: "1" };
    const verification_keys = made.map((number) => ({ pok: proof, public_key: group.powG(number).text }));
    const content = { threshold: 2, certs, coefexps, signatures: [proof, proof], verification_keys };
    expect(() => parsed([["Pedersen", content]])).toThrow("scrutineers signed with the same key");
  });

  test("are refused where nothing names their ceremony, but for the record of another program", () => {
    const [signing, secret] = [7n, 11n];
    const [verification, key] = [group.powG(signing), group.powG(secret)];
    const signed = (message: string) => signedJson(signMessage(group, signing, message, systemRng));
    const pok = proofJson(proveKnowledge(group, secret, `pok|Ed25519|${key.text}|`, systemRng));
    const content = {
      threshold: 1,
      certs: [signed(certificateMessage(null, { verification, encryption: group.generator }))],
      coefexps: [signed(coefexpsMessage([key]))],
      verification_keys: [{ pok, public_key: key.text }],
    };
    const raw = utf8(JSON.stringify([["Pedersen", content]]));
    expect(parseTrustees(group, raw, true)).toMatchObject({ publicKey: key.text, bound: false });
    expect(() => parseTrustees(group, raw)).toThrow("did not sign for which ceremony");
  });

  test("are of members of the group that have another half", () => {
    const key = { pok: { challenge: 0n, response: 0n }, publicKey: group.identity.text };
    expect(() => openVerificationKey(READER, group, key)).toThrow("key is the identity");
  });
});

test("a scrutineer's key is the one that the dealings give, though its owner proves and signs another", () => {
  const [signing, secret] = [7n, 11n];
  const publicKey = group.powG(secret).text;
  const pok = proveKnowledge(group, secret, `pok|Ed25519|${publicKey}|`, systemRng);
  const key = { pok, publicKey, signature: sign(group, signing, publicKey, systemRng) };
  const checked = (implied: bigint) => (): unknown =>
    checkThresholdKey(READER, group, group.powG(signing), group.powG(implied), key);
  expect(checked(11n)).not.toThrow();
  expect(checked(12n)).toThrow("not the one that the shares imply");
});

test("a dealer commits to as many coefficients as the threshold", () => {
  const row = [group.powG(3n), group.powG(4n)];
  const signed = signMessage(group, 7n, coefexpsMessage(row), systemRng);
  const opened = (threshold: number) => (): unknown => openCoefexps(READER, group, group.powG(7n), threshold, signed);
  expect(opened(2)).not.toThrow();
  expect(opened(1)).toThrow("1 coefficients are expected");
  expect(opened(3)).toThrow("3 coefficients are expected");
});

describe("commitments", () => {
  const of = (...rows: readonly (readonly bigint[])[]) => (): unknown =>
    combineCommitments(READER, group, rows.map((row) => row.map((number) => group.powG(number))));
  const minus = (number: bigint): bigint => group.q - number;

  test.each([
    ["a dealer committed to a coefficient of zero", [[0n, 2n], [3n, 4n]]],
    ["a dealer committed to a coefficient of zero", [[1n, 2n], [3n, 0n]]],
  ])("are refused as: %s", (says, rows) => {
    expect(of(...rows)).toThrow(says);
  });

  test("add up to a polynomial with a secret, and of the degree that was promised", () => {
    expect(of([1n, 2n], [3n, 4n])).not.toThrow();
    expect(of([1n, 2n], [minus(1n), 4n])).toThrow("the dealers' secrets cancel one another");
    expect(of([1n, 2n], [3n, minus(2n)])).toThrow("one of a lower degree");
  });
});

test("a certificate's key is one of which its owner knows a secret", () => {
  const context = { group: "Ed25519", size: 3, threshold: 2, index: 1 };
  const keys = { verification: group.identity, encryption: group.generator };
  const message = certificateMessage(context, keys);
  const signature = sign(group, 0n, message, systemRng);
  expect(() => openCertificate(READER, group, context, { message, signature })).toThrow("has a trivial key");
});

describe("messages of the ceremony", () => {
  test("are all there", () => {
    const { certificates, dealings } = held;
    const opened = checkCertificates(PLAN, certificates);
    expect(() => checkCertificates(PLAN, certificates.slice(1))).toThrow("a certificate is missing");
    expect(checkDealings(PLAN, opened, dealings)).toHaveLength(3);
    expect(() => checkDealings(PLAN, opened, dealings.slice(0, 2))).toThrow("a dealing is missing");
    expect(() => assembleTrustees(PLAN, certificates, dealings, held.keys.slice(1))).toThrow("a verification key is missing");
  });

  test("bear the number of the seat at which they are taken", () => {
    const [first] = held.certificates as object[];
    expect(() => checkCertificate(PLAN, 1, { ...first, index: 2 })).toThrow("another scrutineer's number");
    const [dealing] = held.dealings as object[];
    expect(() => checkDealing(PLAN, 1, held.certificates, { ...dealing, index: 2 })).toThrow("another scrutineer's number");
  });

  test("hold one box for each scrutineer", () => {
    const dealing = held.dealings[0] as DealingMessage;
    const checked = (shares: unknown) => (): unknown => checkDealing(PLAN, 1, held.certificates, { ...dealing, shares });
    expect(checked(dealing.shares)).not.toThrow();
    expect(checked(dealing.shares.slice(0, 2))).toThrow("one share for each scrutineer");
    for (const box of ["", "no base64!", "AAAA", "A".repeat(2000)]) {
      expect(checked(dealing.shares.map((one, i) => (i === 1 ? { ...one, box } : one)))).toThrow("a share is not a box");
    }
  });
});

describe("a share", () => {
  test("opens only the polls of its group, and only when it is finished", () => {
    expect(decryptionIn(group, share())).toBeTypeOf("bigint");
    const unfinished = { ...share(), decryption: null };
    expect(() => decryptionIn(group, unfinished)).toThrow("cannot open this poll");
    expect(() => decryptionIn(groupByName("BELENIOS-2048"), share())).toThrow("cannot open this poll");
  });

  test("is read in the one version that there is", () => {
    const kept = JSON.parse(shareToJson(share())) as object;
    expect(shareFromJson(JSON.stringify(kept))).toEqual(share());
    expect(() => shareFromJson(JSON.stringify({ ...kept, version: 2 }))).toThrow("only version 1");
  });

  test("travels to one recipient, and the box of a useless key is refused by name", () => {
    const [mine, yours] = ["11".repeat(32), "22".repeat(32)];
    expect(refusal(() => sealForRecipient(5n, "00".repeat(32), mine, systemRng))).toBe("share_invalid");
    expect(refusal(() => openFromSender("A".repeat(80), yours, mine, group.q))).toBe("share_invalid");
  });
});
