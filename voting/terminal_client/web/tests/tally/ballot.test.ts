import { beforeAll, describe, expect, test, vi } from "vitest";

import { checkBallot, fillBallot, readBallot, trackerOf } from "../../tally/ballots/ballot";
import { fromUtf8, utf8 } from "../../tally/bytes";
import { makeCredential } from "../../tally/ballots/credential";
import { makeElection, makeUuid, parseElection, type Election } from "../../tally/board/election";
import type { Group } from "../../tally/groups/interface";
import { groupByName } from "../../tally/groups/choice";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { refusal } from "./helpers";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ANSWERS = ["示例候选人01", "示例候选人02", "示例候选人03", "示例候选人04"];

function sampleElection(group: Group, min = 0, max = 3): Election {
  const publicKey = makeCredential(group, systemRng).public;
  const question = { text: "选举示例", answers: ANSWERS, min, max };
  const raw = makeElection({ uuid: makeUuid(systemRng), name: "示例", description: "", question, group, publicKey });
  return parseElection(raw);
}

describe.each(["Ed25519", "BELENIOS-2048"])("a ballot in %s", (name) => {
  let election: Election;
  beforeAll(async () => {
    await ready();
    election = sampleElection(groupByName(name));
  });

  const cast = (choices: number[], of = election) => {
    const credential = makeCredential(of.group, systemRng);
    return { raw: fillBallot(of, credential, [choices], systemRng), roster: new Set([credential.public]) };
  };

  test.each([[[0, 0, 0, 0]], [[1, 0, 0, 0]], [[0, 1, 1, 1]]])("with the choices %j is accepted", (choices) => {
    const { raw, roster } = cast(choices);
    const ballot = checkBallot(election, roster, raw);
    expect(ballot.tracker).toBe(trackerOf(raw));
    expect(roster).toContain(ballot.credential);
  });

  test("must respect min and max", () => {
    expect(() => cast([1, 1, 1, 1])).toThrow(RangeError);
    expect(() => cast([2, 0, 0, 0])).toThrow(RangeError);
    expect(() => cast([1, 0, 0])).toThrow(RangeError);
    const one = sampleElection(election.group, 1, 1);
    expect(() => cast([0, 0, 0, 0], one)).toThrow(RangeError);
    const { raw, roster } = cast([0, 0, 1, 0], one);
    expect(checkBallot(one, roster, raw).answers).toMatchObject([{ kind: "sum", overallProof: [{}] }]);
  });

  test("of a stranger is refused", () => {
    const { raw } = cast([1, 0, 0, 0]);
    expect(refusal(() => checkBallot(election, new Set(), raw))).toBe("credential_unknown");
  });

  test("for another election is refused", () => {
    const { raw } = cast([1, 0, 0, 0]);
    expect(refusal(() => readBallot(sampleElection(election.group), raw))).toBe("ballot_wrong_election");
  });

  test("with a proof of another answer is refused", () => {
    const { raw, roster } = cast([1, 0, 0, 0]);
    const parsed = JSON.parse(fromUtf8(raw)) as { answers: { individual_proofs: unknown[] }[] };
    parsed.answers[0]?.individual_proofs.reverse();
    const tampered = utf8(JSON.stringify(parsed));
    expect(refusal(() => checkBallot(election, roster, tampered))).toBe("signature_invalid");
  });

  test("written with a space is not canonical", () => {
    const { raw } = cast([1, 0, 0, 0]);
    const spaced = utf8(fromUtf8(raw).replace(",", ", "));
    expect(refusal(() => readBallot(election, spaced))).toBe("ballot_not_canonical");
  });

  test("with an element outside the group is refused", () => {
    const { raw, roster } = cast([1, 0, 0, 0]);
    const parsed = JSON.parse(fromUtf8(raw)) as { answers: { choices: { alpha: string }[] }[] };
    const choice = parsed.answers[0]?.choices[0];
    if (choice) choice.alpha = name === "Ed25519" ? "00".repeat(31) + "02" : "3";
    const tampered = utf8(JSON.stringify(parsed));
    expect(refusal(() => checkBallot(election, roster, tampered))).toBe("not_in_group");
  });
});
