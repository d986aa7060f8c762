import { beforeAll, describe, expect, it } from "vitest";

import { checkClosedBoard, requireAgreement, requireKept, signClosedBoard } from "@/tally/board/agreement";
import { signaturesNeeded } from "@/tally/board/signatures";
import { fromUtf8 } from "@/tally/bytes";
import { systemRng } from "@/tally/groups/random";
import { ready } from "@/tally/groups/sodium";
import { parseTrustees, type Trustees } from "@/tally/trustees/document";
import { holdCeremony, openPoll, plan, type Poll } from "./samples";

const CLOSED = { head: "ab".repeat(32), ballots: 5 };
const OTHER = { head: "cd".repeat(32), ballots: 5 };
let poll: Poll;
let trustees: Trustees;

beforeAll(async () => {
  await ready();
  const ceremony = holdCeremony(plan("Ed25519", 3, 2));
  poll = openPoll(ceremony, 2);
  trustees = parseTrustees(poll.election.group, ceremony.trustees);
});

const signed = (owner: number, closed = CLOSED): string => {
  const share = poll.ceremony.shares[owner - 1];
  if (share === undefined) throw new Error("no such scrutineer");
  return fromUtf8(signClosedBoard(poll.election, share, closed, systemRng));
};

describe("agreement on a closed board", () => {
  it("needs so many that two sets of signers share a threshold of scrutineers", () => {
    for (let of = 1; of <= 50; of += 1) {
      for (let threshold = 1; threshold <= of; threshold += 1) {
        const need = signaturesNeeded(of, threshold);
        expect(need).toBeLessThanOrEqual(of);
        expect(2 * need - of).toBeGreaterThanOrEqual(threshold);
        expect(2 * (need - 1) - of).toBeLessThan(threshold);
      }
    }
    expect([signaturesNeeded(3, 2), signaturesNeeded(3, 3), signaturesNeeded(5, 3)]).toEqual([3, 3, 4]);
  });

  it("names who signed which board, and holds for nothing else", () => {
    expect(checkClosedBoard(poll.election, trustees, signed(2))).toEqual({ owner: 2, ...CLOSED });
    const changes: [string, string][] = [['"owner":2', '"owner":3'], [CLOSED.head, OTHER.head], ['"ballots":5', '"ballots":4']];
    for (const [from, to] of changes) {
      const forged = signed(2).replace(from, to);
      expect(() => checkClosedBoard(poll.election, trustees, forged)).toThrow(/board_disputed/);
    }
    const nobody = signed(2).replace('"owner":2', '"owner":4');
    expect(() => checkClosedBoard(poll.election, trustees, nobody)).toThrow(/decryption_invalid/);
  });

  it("lets a board be decrypted with enough signatures, or compared aloud, and stops at any other board", () => {
    const agreed = (all: readonly string[], compared: string | null = null) => () =>
      requireAgreement(poll.election, trustees, CLOSED, { signed: all, compared });
    const all = [signed(1), signed(2), signed(3)];
    expect(agreed(all)).not.toThrow();
    expect(agreed(all.slice(1), CLOSED.head)).not.toThrow();
    expect(agreed(all.slice(1))).toThrow(/agreement_missing/);
    expect(agreed([signed(1), signed(1), signed(1)])).toThrow(/agreement_missing/);
    expect(agreed(all, OTHER.head)).toThrow(/board_disputed/);
    expect(agreed([signed(1), signed(2, OTHER)], CLOSED.head)).toThrow(/board_disputed/);
    expect(agreed([signed(1), signed(2, { ...CLOSED, ballots: 4 })], CLOSED.head)).toThrow(/board_disputed/);
  });

  it("takes for kept only one's own signature on this very board", () => {
    const kept = (text: string) => () => requireKept(poll.election, trustees, 1, CLOSED, text);
    expect(kept(signed(1))).not.toThrow();
    for (const other of [signed(2), signed(1, OTHER), signed(1, { ...CLOSED, ballots: 4 }), signed(2).replace('"owner":2', '"owner":1')]) {
      expect(kept(other)).toThrow(/board_disputed/);
    }
  });
});
