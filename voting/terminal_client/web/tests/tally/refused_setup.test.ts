/** Every law of the documents with which a poll is opened, each broken by itself. */
import { beforeAll, describe, expect, test } from "vitest";

import { encodeVoters, NO_TRUSTEES, readVoters } from "../../tally/ballots/by_name";
import { makeCredential, readCredentials } from "../../tally/ballots/credential";
import { readQuestion } from "../../tally/ballots/questions";
import { makeRecordedElection, makeUuid, parseElection } from "../../tally/board/election";
import { checkSetup, OpenBoard, rebuildBoard, type SetupDocuments } from "../../tally/board/rebuild";
import { fromUtf8, utf8 } from "../../tally/bytes";
import type { Group } from "../../tally/groups/interface";
import { groupByName } from "../../tally/groups/choice";
import { systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { ANSWERS, holdCeremony, openPoll, plan, STRICT, type Poll } from "./samples";

const MOTION = { text: "示例议案", answers: ANSWERS, min: 0, max: 1 };
let group: Group;
let poll: Poll;
let recorded: SetupDocuments;

beforeAll(async () => {
  await ready();
  group = groupByName("Ed25519");
  poll = openPoll(holdCeremony(plan("Ed25519", 3, 2)), 2);
  const fields = { uuid: makeUuid(systemRng), name: "示例", description: STRICT, group, questions: [MOTION] };
  recorded = { election: makeRecordedElection(fields), trustees: utf8(NO_TRUSTEES), credentials: encodeVoters(voters(2)) };
});

const voters = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    credential: makeCredential(group, systemRng).public,
    delegate: `00${i + 1}`,
    name: `示例代表00${i + 1}`,
  }));
const changed = (raw: Uint8Array, more: object): Uint8Array =>
  utf8(JSON.stringify({ ...(JSON.parse(fromUtf8(raw)) as object), ...more }));

describe("the election", () => {
  test.each([
    ["only version 1", { version: 2 }],
    ["the uuid is not Base58", { uuid: "0".repeat(14) }],
    ["an election has 1 to 100 questions", { questions: [] }],
  ])("is refused as: %s", (says, more) => {
    expect(() => parseElection(changed(poll.documents.election, more))).toThrow(says);
  });

  test("is secret or recorded, and nothing else", () => {
    expect(() => parseElection(changed(recorded.election, { secrecy: "open" }))).toThrow("unknown degree of secrecy");
  });

  test("has a key of which somebody can hold the other half", () => {
    const trivial = changed(poll.documents.election, { public_key: group.identity.text });
    expect(() => parseElection(trivial)).toThrow("the public key is the identity");
  });
});

describe("a question", () => {
  const summed = { answers: ANSWERS, min: 0, max: 1, question: "示例" };
  const mixed = { type: "NonHomomorphic", value: { answers: ANSWERS, question: "示例" } };

  test("is read as it was written", () => {
    expect(readQuestion(summed)).toMatchObject({ text: "示例", max: 1 });
    expect(readQuestion(mixed)).toMatchObject({ mixed: true, use: null });
  });

  test.each([
    ["0 <= min <= max", { ...summed, min: 2 }],
    ["0 <= min <= max", { ...summed, max: 4 }],
    ["a question has 1 to 200 answers", { ...summed, answers: [], max: 0 }],
    ["a question has 1 to 200 answers", { ...summed, answers: Array.from({ length: 201 }, String) }],
    ["a question has 1 to 200 answers", { ...mixed, value: { ...mixed.value, answers: [] } }],
    ["a question is of an unknown type", { ...mixed, type: "Lists" }],
    ["a mixed question has an unknown use", { ...mixed, extra: { use: "guess", places: 3 } }],
    ["a mixed question has an unknown use", { ...mixed, extra: { use: "rank" } }],
    ["a mixed question has an unknown use", { ...mixed, extra: { use: "write_in", candidates: ["示例"] } }],
    ["what the numbers mean does not fit their number", { ...mixed, extra: { use: "rank", places: 4 } }],
  ])("is refused as: %s", (says, question) => {
    expect(() => readQuestion(question)).toThrow(says);
  });
});

describe("who may vote", () => {
  const two = (): string[] => [makeCredential(group, systemRng).public, makeCredential(group, systemRng).public].sort();
  const list = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

  test("stands in one order, each once, and none is trivial", () => {
    const sorted = two();
    expect([...readCredentials(group, list(sorted))]).toEqual(sorted);
    expect(() => readCredentials(group, list([...sorted].reverse()))).toThrow("not sorted");
    expect(() => readCredentials(group, list([sorted[0], sorted[0]]))).toThrow("occurs twice");
    expect(() => readCredentials(group, list([group.identity.text]))).toThrow("the identity is no credential");
  });

  test("by name, stands in one order, each delegate once and in one spelling", () => {
    const [one, other] = JSON.parse(fromUtf8(encodeVoters(voters(2)))) as [object, object & { delegate: string }];
    expect(readVoters(group, list([one, other]))).toHaveLength(2);
    expect(() => readVoters(group, list([other, one]))).toThrow("not sorted or a credential occurs twice");
    expect(() => readVoters(group, list([one, one]))).toThrow("not sorted or a credential occurs twice");
    expect(() => readVoters(group, list([{ ...one, delegate: other.delegate }, other]))).toThrow("a delegate occurs twice");
    expect(() => readVoters(group, list([{ ...one, delegate: "00 1" }]))).toThrow("not in its one spelling");
    expect(() => readVoters(group, list([{ ...one, name: " 示例" }]))).toThrow("not in its one spelling");
  });
});

describe("a terminal", () => {
  test("opens no poll whose key others made", () => {
    const { trustees } = holdCeremony(plan("Ed25519", 3, 2));
    expect(() => checkSetup({ ...poll.documents, trustees })).toThrow("do not make the public key of the poll");
  });

  test("takes no scrutineers' keys where votes are recorded by name", () => {
    expect(checkSetup(recorded).voters).toHaveLength(2);
    const { trustees } = poll.ceremony;
    expect(() => checkSetup({ ...recorded, trustees })).toThrow("a recorded poll cannot have scrutineers' keys");
  });

  test("decrypts nothing in a recorded poll, and shuffles nothing that is summed", async () => {
    const rebuilt = await rebuildBoard(recorded, []);
    expect(() => new OpenBoard(rebuilt)).toThrow("nothing is encrypted in a recorded poll");
    const summed = new OpenBoard(await rebuildBoard(poll.documents, []));
    const shuffle = { owned: utf8("{}"), raw: utf8("{}") };
    expect(() => { summed.takeShuffles([shuffle], { index: 1, made: [] }); }).toThrow("no question of this poll is mixed");
  });
});
