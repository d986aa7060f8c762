import { beforeAll, expect, test } from "vitest";

import { checkPartialDecryption, combineFactors, partialDecrypt, sumBallots, type Factors } from "../../tally/board/result";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { parseTrustees } from "../../tally/trustees/document";
import { holdCeremony, openPoll, plan } from "./samples";

beforeAll(ready);

test.each([0, 1, 2, 3])("every decryption beyond the threshold must agree; wrong: %i", (wrong) => {
  const ceremony = holdCeremony(plan("Ed25519", 3, 2));
  const { election } = openPoll(ceremony, 1);
  const trustees = parseTrustees(election.group, ceremony.trustees);
  const tally = sumBallots(election, []);
  const factors = new Map<number, Factors>();
  for (const [i, share] of ceremony.shares.entries()) {
    const raw = partialDecrypt(election, share, tally, systemRng);
    const found = checkPartialDecryption(election, trustees, i + 1, tally, raw);
    expect(found.stated).toBe(true);
    const shifted = found.factors.map((row) => row.map((factor) => election.group.mul(factor, election.group.generator)));
    factors.set(i + 1, i + 1 === wrong ? shifted : found.factors);
  }
  const combine = () => combineFactors(election, trustees, tally, 0, factors).counts;
  if (wrong === 0) expect(combine()).toEqual([0, 0, 0]);
  else expect(combine).toThrow(/scrutineer 3 contradicts those of the others/);
});
