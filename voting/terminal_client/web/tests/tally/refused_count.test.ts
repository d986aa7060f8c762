/** Every law of a ballot, of receipts and of a count, each broken by itself. */
import { beforeAll, describe, expect, test } from "vitest";

import { readBallot } from "../../tally/ballots/ballot";
import { concat, fromUtf8, toHex, utf8 } from "../../tally/bytes";
import { parseElection } from "../../tally/board/election";
import { readTally } from "../../tally/board/encrypted_tally";
import { rebuildBoard } from "../../tally/board/rebuild";
import { checkReceipt, type Receipt } from "../../tally/board/receipt";
import { checkPartialDecryption, computeResult, partialDecrypt, readResult, sumBallots } from "../../tally/board/result";
import { systemRng } from "../../tally/groups/random";
import { libsodium, ready } from "../../tally/groups/sodium";
import { Reader } from "../../tally/json";
import { parseTrustees } from "../../tally/trustees/document";
import { Audit, type Step } from "../../tally/verify/audit";
import { checkAllBounds, checkDecryptions, checkReceipts } from "../../tally/verify/tally";
import { refusal } from "./helpers";
import { ballotFor, holdCeremony, openPoll, plan, STRICT, vote, type Poll } from "./samples";

type Json = Record<string, unknown>;
const OLDER = STRICT.replace('"format":2', '"format":1');
const step: Step = () => Promise.resolve();
let poll: Poll;
let older: Poll;

beforeAll(async () => {
  await ready();
  const ceremony = holdCeremony(plan("Ed25519", 2, 2));
  poll = openPoll(ceremony, 3);
  older = openPoll(ceremony, 3, undefined, OLDER);
});

const changed = (raw: Uint8Array, change: (value: Json) => unknown): Uint8Array =>
  utf8(JSON.stringify(change(JSON.parse(fromUtf8(raw)) as Json)));
const trusteesOf = ({ election, ceremony }: Poll) => parseTrustees(election.group, ceremony.trustees);
/** The decryption of one scrutineer, from 0. */
function decryption(of: Poll, tally: Uint8Array, scrutineer: number): Uint8Array {
  const share = of.ceremony.shares[scrutineer];
  if (share === undefined) throw new RangeError("no such scrutineer");
  return partialDecrypt(of.election, share, tally, systemRng);
}
const unstated = (raw: Uint8Array): Uint8Array => changed(raw, ({ statement_proofs: _, ...rest }) => rest);

describe("a ballot", () => {
  test("has so many bytes at most, and an answer to every question", () => {
    const ballot = ballotFor(poll, 0, 1);
    expect(readBallot(poll.election, ballot).answers).toHaveLength(1);
    expect(refusal(() => readBallot(poll.election, new Uint8Array(524_289)))).toBe("ballot_too_large");
    expect(refusal(() => readBallot(poll.election, new Uint8Array(524_288)))).not.toBe("ballot_too_large");
    for (const times of [0, 2]) {
      const other = changed(ballot, (value) => ({ ...value, answers: Array.from({ length: times }, () => value["answers"]).flat() }));
      expect(() => readBallot(poll.election, other)).toThrow("one answer to every question");
    }
  });

  test("stands once on a board that a terminal rebuilds", async () => {
    const ballot = ballotFor(poll, 0, 1);
    const again = ballotFor(poll, 0, 0);
    await expect(rebuildBoard(poll.documents, [ballot, again])).rejects.toThrow("height 2: its credential has voted before");
  });
});

describe("an encrypted sum", () => {
  const column = (value: unknown): unknown[] => (value as unknown[][])[0] ?? [];

  test("has one ciphertext for each answer of each question", () => {
    const tally = sumBallots(poll.election, []);
    expect(readTally(poll.election, tally)).toHaveLength(1);
    for (const lists of [(value: unknown) => [column(value), column(value)], () => []]) {
      expect(() => readTally(poll.election, changed(tally, lists))).toThrow("one list of ciphertexts per question");
    }
    for (const lists of [(value: unknown) => [column(value).slice(1)], (value: unknown) => [[...column(value), column(value)[0]]]]) {
      expect(() => readTally(poll.election, changed(tally, lists))).toThrow("one ciphertext per answer");
    }
  });
});

describe("a decryption", () => {
  test("proves its whole statement where the record claims our format", () => {
    const tally = sumBallots(poll.election, []);
    const raw = decryption(poll, tally, 0);
    expect(checkPartialDecryption(poll.election, trusteesOf(poll), 1, tally, raw).stated).toBe(true);
    const bare = () => checkPartialDecryption(poll.election, trusteesOf(poll), 1, tally, unstated(raw));
    expect(bare).toThrow("scrutineer 1 does not prove the whole statement");
    expect(() => checkPartialDecryption(poll.election, trusteesOf(poll), 3, tally, raw)).toThrow("no scrutineer 3");
  });

  test("proves it as all the others do where the record does not", async () => {
    const tally = sumBallots(older.election, []);
    const both = [0, 1].map((one) => decryption(older, tally, one));
    const audited = (raws: readonly Uint8Array[]): Audit => {
      const decryptions = raws.map((raw, i) => ({ owned: utf8(`{"owner":${i + 1}}`), raw }));
      return auditOf(older, { trustees: trusteesOf(older), tally, documents: { decryptions } });
    };
    const lacking = audited(both.map(unstated));
    await checkDecryptions(lacking, step);
    expect(lacking.lacking).toEqual(["statement_proofs"]);
    const [first = tally, second = tally] = both;
    await expect(checkDecryptions(audited([unstated(first), second]), step)).rejects.toThrow("some decryptions prove");
    await expect(checkDecryptions(audited([first, unstated(second)]), step)).rejects.toThrow("some decryptions prove");
  });
});

describe("a result", () => {
  test("counts no more than there are ballots", () => {
    const board = vote(poll, [0, 0]);
    const tally = sumBallots(poll.election, board.ballots);
    const raws = new Map([0, 1].map((one) => [one + 1, decryption(poll, tally, one)] as const));
    const counted = (ballots: number) => computeResult(poll.election, trusteesOf(poll), tally, ballots, raws).counts;
    expect(counted(2)).toEqual([2, 0, 0]);
    expect(() => counted(1)).toThrow("a count is not between 0 and the number of ballots");
  });

  test("has a count for each answer", () => {
    expect(readResult(poll.election, utf8('{"result":[[1,0,0]]}'))).toEqual([[1, 0, 0]]);
    for (const result of ["[[1,0]]", "[]", "[[1,0,0],[1,0,0]]", "[[[1,0,0]]]"]) {
      expect(() => readResult(poll.election, utf8(`{"result":${result}}`))).toThrow("the shape of the questions");
    }
  });

  const ranked = { text: "示例", answers: ["一", "二"], mixed: true, use: null } as const;
  test.each([
    [undefined, [1, 1, 0], true],
    [undefined, [2, 1, 0], false],
    [undefined, [3, 0, 0], false],
    [ranked, [[1, 2], [2, 1]], true],
    [ranked, [[1, 2]], false],
    [ranked, [[1, 2], [2, 1], [1, 2]], false],
  ])("of two ballots on %j is possible: %j", (question, found, possible) => {
    const of = openPoll(poll.ceremony, 2, question);
    const audit = auditOf(of, { result: [found], ballots: [0, 1].map((voter) => counted(of, voter)) });
    if (possible) expect(() => { checkAllBounds(audit); }).not.toThrow();
    else expect(() => { checkAllBounds(audit); }).toThrow(/votes are impossible with 2 ballots|more or fewer papers than ballots/);
  });
});

describe("receipts", () => {
  const server = () => libsodium().crypto_sign_keypair();
  /** Signed by the server of this seed. */
  function receipt(of: Poll, more: Json = {}, by = server()): Receipt {
    const zero = "0".repeat(64);
    const body = {
      version: 1, election_uuid: of.election.uuid, fingerprint: zero, tracker: "A".repeat(43), height: 1, board_head: zero,
      server_key: toHex(by.publicKey), ...more,
    };
    const message = concat(utf8("plenary-receipt|"), utf8(JSON.stringify(body)));
    return { ...body, signature: toHex(libsodium().crypto_sign_detached(message, by.privateKey)) } as Receipt;
  }

  test.each([
    ["only version 1 is known", { version: 2 }],
    ["the tracker is malformed", { tracker: "A".repeat(42) }],
  ])("are refused, signed as they are, as: %s", (says, more) => {
    expect(checkReceipt(receipt(poll))).toEqual(expect.objectContaining({ version: 1 }));
    expect(() => checkReceipt(receipt(poll, more))).toThrow(says);
  });

  test("bear a signature that holds", () => {
    const signed = receipt(poll);
    expect(() => checkReceipt({ ...signed, signature: signed.signature.slice(2) })).toThrow("the signature is malformed");
    expect(() => checkReceipt({ ...signed, height: 2 })).toThrow("the server's signature does not hold");
  });

  test("are those of one server, of this poll, and of ballots that stand where they say", async () => {
    const ballots = [0, 1].map((voter) => counted(older, voter));
    const placed = ballots.map(({ ballot: { raw } }, i) => ({ raw, height: i + 1, head: String(i + 1).repeat(64) }));
    const documents = { fingerprint: "0".repeat(64), ballots: placed };
    const promised = (i: number, by = keys, more: Json = {}): Receipt =>
      receipt(older, { tracker: ballots[i]?.ballot.tracker, height: i + 1, board_head: placed[i]?.head, ...more }, by);
    const keys = server();
    const checked = (...receipts: Receipt[]) => checkReceipts(auditOf(older, { ballots, documents }, receipts), step);
    await checked(promised(0), promised(1));
    await expect(checked(promised(0), promised(1, server()))).rejects.toThrow("signed by different servers");
    await expect(checked(promised(0, keys, { fingerprint: "1".repeat(64) }))).rejects.toThrow("receipt 1 is for another poll");
    await expect(checked(promised(0, keys, { election_uuid: poll.election.uuid }))).rejects.toThrow("for another poll");
    await expect(checked(promised(0, keys, { height: 2 }))).rejects.toThrow("does not stand at height 2");
    await expect(checked(promised(0, keys, { board_head: placed[1]?.head }))).rejects.toThrow("does not stand at height 1");
  });
});

test("what is no object is refused by name wherever fields are read", () => {
  for (const value of [null, undefined, 1, "{}", []]) {
    expect(() => new Reader("share_invalid").record(value, [])).toThrow("an object is expected");
  }
});

/** A ballot as the checks hold it; what is in it they have seen before. */
function counted(of: Poll, voter: number): Audit["ballots"][number] {
  const tracker = String(voter).repeat(43);
  const credential = of.credentials[voter]?.public ?? "";
  return { ballot: { raw: new Uint8Array(), tracker, credential } } as unknown as Audit["ballots"][number];
}

/** What the checks before this one have found out. */
function auditOf(of: Poll, known: object, receipts: readonly unknown[] = []): Audit {
  return Object.assign(new Audit(new Uint8Array(), receipts), { election: parseElection(of.documents.election), ...known });
}
