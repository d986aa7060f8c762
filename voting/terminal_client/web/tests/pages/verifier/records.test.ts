import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { beforeAll, describe, expect, it, vi } from "vitest";

import { namedMarks } from "@/poll/kinds/named";
import { perform } from "@/tally/worker/operations";
import { ready } from "@/tally/groups/sodium";
import { joinedCount, readStated, statesUntil, type Stated } from "@/pages/verifier/count_checks";
import { faultOf, readCount } from "@/pages/verifier/count_reading";
import { countFault, judge } from "@/pages/verifier/judging";
import { readSmallFiles } from "@/pages/verifier/files";
import { freshStates, verdictOf } from "@/pages/verifier/lines";
import { claims, reservationsOf } from "@/pages/verifier/record_checks";
import { least, majorityIn, pollOf, quorumIn } from "@/pages/verifier/poll";
import { countOf } from "@/pages/verifier/counting";
import { outcomeOf } from "@/pages/verifier/law/ruling";
import { optionsOf, readRecord } from "@/pages/verifier/record";
import { readFrozenPoll, readStatement, type FrozenPoll } from "@/pages/verifier/statement";
import type { Verified } from "@/pages/verifier/verified";
import { AGAINST, NO_MARK } from "@/tally/ballots/singly";
import { PLAIN_COUNT } from "../../fixtures/frozen";
import { BASES, describedBy, ELECTION, frozen, namedElection, shuffledRanking, USE } from "../../fixtures/records";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(resolve(import.meta.dirname, "../../fixtures/records", name)));
const text = (name: string): string => new TextDecoder().decode(file(name));
const verified = (data: Uint8Array): Promise<Verified> => perform("verifyArchive", { data });
const read = (record: Verified) => readRecord(readStatement(record.election.description), record);
function stated(name: string): Stated {
  const found = readStated(text(name));
  if (found === null) throw new Error(`${name} is no statement`);
  return found;
}

beforeAll(ready);

describe("a record whose ballots are read one by one", () => {
  it("gives an election's marks, the names written in, and the void papers", async () => {
    const found = read(await verified(namedElection()));
    expect(found?.count).toMatchObject({
      issued: 8,
      returned: 7,
      valid: 4,
      void: 3,
      votes: { o1: 3, o2: 2, o3: 1, 示例丁: 2 },
      against: { o1: 1, o2: 1, o3: 1 },
      abstain: { o1: 0, o2: 1, o3: 0 },
      write_ins: ["示例丁"],
    });
    expect(found?.unreadable).toBe(1);
    expect(found?.options.map(({ id, write_in }) => [id, write_in])).toEqual([["o1", false], ["o2", false], ["示例丁", true], ["o3", false]]);
  });

  it("names who voted how, a void paper among them", async () => {
    const found = read(await verified(namedElection()));
    const t = (key: string): string => `<${key}>`;
    const said = found?.named.map((vote) => namedMarks(found.poll, vote, t)) ?? [];
    expect(found?.named[1]?.marks).toEqual(["o1=for", "o2=against", "+示例丁"]);
    expect(said[1]).toContain("<result.named.added>示例丁");
    expect(said[6]).toBe("<result.named.unreadable>");
  });

  it("gives a ranking's sums of complete rankings, and how many shuffled", async () => {
    const record = await verified(shuffledRanking());
    const found = read(record);
    expect(found?.count.votes).toEqual({ o1: 5, o2: 8, o3: 12, o4: 15 });
    expect(found?.count).toMatchObject({ returned: 6, valid: 4, void: 2 });
    expect([found?.unreadable, record.shufflers, record.owners]).toEqual([1, [2, 3], [1, 3]]);
  });

  it("is not read by rules that do not belong to its questions", async () => {
    const record = await verified(namedElection());
    const other = describedBy(ELECTION).replace("示例候选人丙", "示例候选人戊");
    const alien = { ...record, election: { ...record.election, description: other } };
    expect(read(alien)).toBeNull();
    expect(read({ ...record, election: { ...record.election, description: "" } })).toBeNull();
  });

  it("leaves for names the room that the rules give them, whatever its questions say", async () => {
    const record = await verified(namedElection());
    const roomier = record.election.questions.map((question) => ({ ...question, use: { ...USE, textBytes: USE.textBytes + 1 } }));
    expect(read({ ...record, election: { ...record.election, questions: roomier } })).toBeNull();
  });

  it("lists added names by their characters' numbers, as every other program does", async () => {
    const record = await verified(namedElection());
    const [first = null] = record.papers;
    const papers = ["\u{20000}", "\u{ff21}"].map((name) => ({ kind: "marks" as const, marks: [AGAINST, NO_MARK, NO_MARK], names: [name] }));
    expect(first).not.toBeNull();
    const found = read({ ...record, papers: [papers], nBallots: 2 });
    expect(found?.count.write_ins).toEqual(["\u{ff21}", "\u{20000}"]);
  });

  it("takes a candidate's name for the same whatever blanks are written in it", async () => {
    const record = await verified(namedElection());
    const [甲, ...others] = ELECTION.options;
    const spaced = { ...ELECTION, options: [{ ...甲, title: "示例\u0085候选人甲" }, ...others] };
    const papers = [{ kind: "marks" as const, marks: [AGAINST, NO_MARK, NO_MARK], names: ["示例候选人甲"] }];
    expect(countOf(pollOf(spaced as FrozenPoll, BASES), { ...record, papers: [papers], nBallots: 1 }, 9).count.void).toBe(1);
  });
});

describe("a description", () => {
  const described = (record: Verified, description: string): Verified => ({ ...record, election: { ...record.election, description } });

  it("of another format or spelling is not read, and none that a signed count can belong to", async () => {
    const record = await verified(file("mixed.bel"));
    const good = record.election.description;
    const statement = stated("mixed.json");
    expect(faultOf(statement, record, [])).toBeNull();
    const wrong = [
      good.replace("{", '{"format":3,'),
      good.replace('"in_office":3', '"in_office":3.0'),
      good.replace('"in_office":3', '"in_office":9007199254740993'),
      good.replace('"in_office":3', '"in_office": 3'),
      good.replace('"in_office":3', '"in_office":3,"in_office":3'),
      good.replace('"in_office":3', '"note":"x","in_office":3'),
      good.replace('"in_office":3', `"note":${"[".repeat(100_000)}${"]".repeat(100_000)},"in_office":3`),
      good.replace("示", "\\u793a"),
      good.slice(0, -1),
    ];
    for (const text of wrong) {
      expect(text).not.toBe(good);
      expect(readStatement(text)).toBeNull();
      expect(faultOf(statement, described(record, text), [])).toBe("count_archive");
      expect(reservationsOf(described(record, text), false)).toEqual(["statement_proofs", "description", "roster", "rules_not_stated"]);
    }
  });

  it("of release 0.1.0 lacks what format 2 states, and the roster where it denies itself", async () => {
    const record = await verified(file("mixed.bel"));
    expect(claims(record)).toBe(false);
    expect(reservationsOf(record, true)).toEqual(["statement_proofs", "description"]);
    const crowded = described(record, record.election.description.replace('"present":3', '"present":1'));
    expect(reservationsOf(crowded, true)).toEqual(["statement_proofs", "description", "roster"]);
  });

  it("is told that fewer ballots were opened than its own rules ask for", async () => {
    const record = await verified(file("mixed.bel"));
    const ruled = (least: number): Verified =>
      described(record, record.election.description.replace('"press":"first"', `"press":"first","least_secret":${least}`));
    expect(reservationsOf(ruled(record.nBallots), true)).toEqual(["statement_proofs", "description"]);
    expect(reservationsOf(ruled(record.nBallots + 1), true)).toEqual(["statement_proofs", "description", "too_few_ballots"]);
  });
});

describe("the frozen poll of a record", () => {
  it("is taken only with everything that a page shows of it", () => {
    expect(readFrozenPoll(JSON.parse(JSON.stringify(frozen({}))))?.title).toBe("2022年度民生实事项目排序票决");
    for (const wrong of [{}, null, 7, { ...frozen({}), kind: "lottery" }, { ...frozen({}), ruleset: {} }]) {
      expect(readFrozenPoll(wrong)).toBeNull();
    }
  });

  it("asks for exact fractions, never rounded the wrong way", () => {
    expect([least("1/2", 251, true), least("1/2", 250, true), least("2/3", 251, false), least("2/3", 252, false)]).toEqual([
      126, 126, 168, 168,
    ]);
    expect(least("2/3", 9007199254740991, false)).toBe(6004799503160661);
    expect([least("1/2", null, true), least("half", 251, true), least("1/0", 251, true)]).toEqual([null, null, null]);
    const bases = { in_office: 251, statutory_seats: 260, present: 200, returned: 0, valid: 0 };
    expect(majorityIn(frozen({ kind: "motion" }), bases)).toBe(126);
  });

  it("asks for the quorum of its own rules, not of two thirds", () => {
    const before = frozen({});
    const ours = { ...before, ruleset: { ...before.ruleset, quorum: { fraction: "3/4", base: "statutory_seats" as const } } };
    const bases = { in_office: 9, statutory_seats: 10, present: 8, returned: 8, valid: 8 };
    expect([quorumIn(ours, bases), pollOf(ours, bases).quorum, quorumIn(before, bases)]).toEqual([8, 8, 6]);
  });
});

describe("options with names that every object answers to", () => {
  const options = ["constructor", "__proto__", "toString"].map((id) => ({ id, title: id, illustrative: false }));
  const poll = frozen({ kind: "evaluation", seats: 1, options });
  const levels = Object.fromEntries(options.map(({ id }) => [id, [5, 1, 0]]));
  const votes = Object.fromEntries(options.map(({ id }) => [id, 0]));
  const count = { ...PLAIN_COUNT, entitled: 9, issued: 8, returned: 6, valid: 6, void: 0, not_pressed: 2, votes, levels, write_ins: [] };

  it("are counted like any others", () => {
    const outcome = outcomeOf(poll, count, { inOffice: 9, statutorySeats: 9, present: 8 });
    expect(Object.entries(outcome?.verdicts ?? {})).toEqual(options.map(({ id }) => [id, "satisfied"]));
    expect(optionsOf(pollOf(poll, BASES), count, outcome).map((option) => [option.against, option.verdict])).toEqual(
      options.map(() => [0, "satisfied"]),
    );
  });

  it("are joined like any others", () => {
    const statement = stated("mixed.json");
    const hand = { ...statement.by_hand, figures: { ...statement.by_hand?.figures, against: { constructor: 1 }, abstain: {} } };
    const joined = joinedCount({ ...statement, by_hand: hand } as Stated);
    expect(joined?.against["constructor"]).toBe(1);
  });
});

describe("the signed count of a poll", () => {
  it("by hand stands alone, with the two persons who counted", async () => {
    const statement = stated("hands.json");
    const fault = faultOf(statement, null, []);
    expect(fault).toBeNull();
    expect(readCount(statement).result.count).toMatchObject({ medium: "by_hand", by_hand: 3 });
    expect(statement.by_hand?.entered_by.index).not.toBe(statement.by_hand?.confirmed_by.index);
    expect(verdictOf(freshStates(), statesUntil(fault))).toEqual({ kind: "countPassed", beside: false });
  });

  it("that is mixed fits its archive, and its parts add up to what was announced", async () => {
    const record = await verified(file("mixed.bel"));
    const statement = stated("mixed.json");
    expect(faultOf(statement, record, [])).toBeNull();
    expect(joinedCount(statement)).toEqual(statement.count);
  });

  it("says which check does not hold", async () => {
    const [record, mixed, hands] = [await verified(file("mixed.bel")), stated("mixed.json"), stated("hands.json")];
    const fault = (change: object, beside: Verified | null = record, receipts: unknown[] = []) =>
      faultOf({ ...mixed, ...change }, beside, receipts);
    const { electronic, by_hand: entry, count } = mixed;
    if (electronic === null || entry === null) throw new Error("the sample is mixed");
    expect(fault({}, record, [{ server_key: "00" }])).toBe("count_signature");
    expect([fault({}, null), fault({ in_office: 4 }), fault({ archive_sha256: "0".repeat(64) })]).toEqual(Array(3).fill("count_archive"));
    expect(faultOf(hands, record, [])).toBe("count_archive");
    expect(fault({ electronic: { ...electronic, returned: electronic.returned + 1 } })).toBe("count_electronic");
    expect(fault({ by_hand: { ...entry, confirmed_by: entry.entered_by } })).toBe("count_by_hand");
    expect(fault({ by_hand: null })).toBe("count_by_hand");
    expect(fault({ count: { ...count, valid: count.valid + 1 } })).toBe("count_joined");
    expect(fault({ outcome: { ...mixed.outcome, majority: mixed.outcome.majority + 1 } })).toBe("count_outcome");
  });

  it("is refused when a byte of it was changed, or it is no count", async () => {
    const fault = (changed: string) => countFault((name, request) => perform(name, request), changed, null, []);
    const good = text("hands.json");
    expect([await fault(good), await fault(`${good}\n`)]).toEqual([null, null]);
    expect(await fault(good.replace('"returned":3', '"returned":2'))).toBe("count_signature");
    for (const changed of [
      "{}",
      "",
      `\uFEFF${good}`,
      `${good}\n\n`,
      good.replace('{"version":1', '{"version":1,"version":1'),
      good.replace('"version":1', '"version":true'),
      good.replace('"outcome"', '"Outcome"'),
      good.replace('"returned":3', '"returned":3.0'),
      good.replace('"title":"赞成"', '"title":"同意"'),
    ]) {
      expect(changed).not.toBe(good);
      expect(await fault(changed)).toBe("count_form");
    }
  });

  it("is judged with its record in one call", async () => {
    const call: Parameters<typeof judge>[0] = (name, request) => perform(name, request);
    const judged = (count: string | null) => judge(call, { data: file("mixed.bel"), receipts: [], count });
    expect(await judged(text("mixed.json"))).toMatchObject({ failed: null, reservations: ["statement_proofs", "description"] });
    expect(await judged(null)).toMatchObject({ failed: null, reservations: ["statement_proofs", "description", "papers_beside"] });
    expect(await judged(text("hands.json"))).toMatchObject({ failed: "count_archive", reservations: [] });
    expect(await judge(call, { data: new Uint8Array(512), receipts: [], count: null })).toMatchObject({ failed: 1, reservations: [] });
    expect(await judge(call, { data: null, receipts: [], count: text("hands.json") })).toMatchObject({ failed: null, reservations: [] });
  });

  it("is told apart from receipts by what its file holds", async () => {
    const small = (name: string, content: string) => ({
      name,
      size: content.length,
      arrayBuffer: async () => new TextEncoder().encode(content).buffer as ArrayBuffer,
    });
    const found = await readSmallFiles([small("count.json", text("hands.json")), small("receipt.json", '{"tracker":"x"}')]);
    expect([found.count?.name, found.receipts, found.problems]).toEqual(["count.json", [{ tracker: "x" }], []]);
    const two = await readSmallFiles([small("a.json", text("hands.json")), small("b.json", text("mixed.json"))]);
    expect(two.problems).toEqual([{ key: "several_counts", params: { name: "a.json" } }]);
  });
});
