import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { beforeAll, describe, expect, it, vi } from "vitest";

import { namedMarks } from "@/poll/kinds/named";
import { perform } from "@/tally/worker/operations";
import { ready } from "@/tally/groups/sodium";
import { joinedCount, statesUntil } from "@/pages/verifier/count_checks";
import { faultOf, readCount } from "@/pages/verifier/count_reading";
import { readSmallFiles } from "@/pages/verifier/files";
import { freshStates, verdictOf } from "@/pages/verifier/lines";
import { least, majorityIn, pollOf, quorumIn } from "@/pages/verifier/poll";
import { readRecord } from "@/pages/verifier/record";
import { readFrozenPoll, readStatement } from "@/pages/verifier/statement";
import type { Verified } from "@/pages/verifier/verified";
import { ELECTION, frozen, namedElection, shuffledRanking } from "../../fixtures/records";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(resolve(import.meta.dirname, "../../fixtures/records", name)));
const text = (name: string): string => new TextDecoder().decode(file(name));
const verified = (data: Uint8Array): Promise<Verified> => perform("verifyArchive", { data });
const read = (record: Verified) => readRecord(readStatement(record.election.description), record);
const stated = (name: string) => perform("checkCountStatement", { text: text(name) });

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
    const other = JSON.stringify({ poll: { ...ELECTION, seats: 1 }, in_office: 9 });
    const alien = { ...record, election: { ...record.election, description: other.replace("示例候选人丙", "示例候选人戊") } };
    expect(read(alien)).toBeNull();
    expect(read({ ...record, election: { ...record.election, description: "" } })).toBeNull();
  });
});

describe("a description of another format", () => {
  const inFormat = (record: Verified, format: unknown): Verified => {
    const description = JSON.stringify({ format, ...(JSON.parse(record.election.description) as object) });
    return { ...record, election: { ...record.election, description } };
  };

  it("is named, and nothing of it is read", async () => {
    const record = await verified(file("mixed.bel"));
    for (const [format, shown] of [[3, "3"], ["1", '"1"'], [null, "null"], ["x".repeat(99), `"${"x".repeat(19)}`]] as const) {
      const later = inFormat(record, format);
      expect(readStatement(later.election.description)).toMatchObject({ otherFormat: shown, poll: null, titles: "", inOffice: null });
      expect(read(later)).toBeNull();
    }
    expect(read(inFormat(record, 1))).toEqual(read(record));
    expect(readStatement(record.election.description)?.otherFormat).toBeNull();
  });

  it("is none that a signed count can belong to", async () => {
    const record = await verified(file("mixed.bel"));
    const statement = await stated("mixed.json");
    expect(faultOf(statement, record, []).fault).toBeNull();
    expect(faultOf(statement, inFormat(record, 3), []).fault).toBe("count_archive");
  });
});

describe("the frozen poll of a record", () => {
  it("is taken only with everything that a page shows of it", () => {
    expect(readFrozenPoll(JSON.parse(JSON.stringify(frozen({}))))?.title).toBe("2022年度民生实事项目排序票决");
    for (const wrong of [{}, null, 7, { ...frozen({}), kind: "lottery" }, { ...frozen({}), options: [] }, { ...frozen({}), ruleset: {} }]) {
      expect(readFrozenPoll(wrong)).toBeNull();
    }
  });

  it("asks for exact fractions, never rounded the wrong way", () => {
    expect([least("1/2", 251, true), least("1/2", 250, true), least("2/3", 251, false), least("2/3", 252, false)]).toEqual([
      126, 126, 168, 168,
    ]);
    expect([least("1/2", null, true), least("half", 251, true), least("1/0", 251, true)]).toEqual([null, null, null]);
    const bases = { in_office: 251, statutory_seats: 260, present: 200, returned: 0, valid: 0 };
    expect(majorityIn(frozen({ kind: "motion" }), bases)).toBe(126);
  });

  it("asks for the quorum of its own rules, not of two thirds", () => {
    const before = frozen({});
    const ours = { ...before, ruleset: { ...before.ruleset, quorum: { fraction: "3/4", base: "statutory_seats" as const } } };
    const bases = { in_office: 9, statutory_seats: 10, present: 8, returned: 8, valid: 8 };
    expect([quorumIn(ours, bases), pollOf(ours, bases, null).quorum, quorumIn(before, bases)]).toEqual([8, 8, 6]);
  });
});

describe("the signed count of a poll", () => {
  it("by hand stands alone, with the two persons who counted", async () => {
    const statement = await stated("hands.json");
    const { fault, read: found } = faultOf(statement, null, []);
    expect(fault).toBeNull();
    expect(found?.result.count).toMatchObject({ medium: "by_hand", by_hand: 3 });
    expect(statement.by_hand?.entered_by.index).not.toBe(statement.by_hand?.confirmed_by.index);
    expect(verdictOf(freshStates(), statesUntil(fault))).toEqual({ kind: "countPassed", beside: false });
  });

  it("that is mixed fits its archive, and its parts add up to what was announced", async () => {
    const record = await verified(file("mixed.bel"));
    const { fault, read: found } = faultOf(await stated("mixed.json"), record, []);
    expect(fault).toBeNull();
    expect(found && joinedCount(found.statement, found.poll)).toEqual(found?.statement.count);
  });

  it("says which check does not hold", async () => {
    const [record, mixed, hands] = [await verified(file("mixed.bel")), await stated("mixed.json"), await stated("hands.json")];
    const fault = (change: object, beside: Verified | null = record, receipts: unknown[] = []) =>
      faultOf({ ...mixed, ...change }, beside, receipts).fault;
    const { electronic, by_hand: entry, count } = mixed;
    if (electronic === null || entry === null) throw new Error("the sample is mixed");
    expect(fault({ poll: {} })).toBe("count_form");
    expect(fault({}, record, [{ server_key: "00" }])).toBe("count_signature");
    expect([fault({}, null), fault({ in_office: 4 }), fault({ archive_sha256: "0".repeat(64) })]).toEqual(Array(3).fill("count_archive"));
    expect(faultOf(hands, record, []).fault).toBe("count_archive");
    expect(fault({ electronic: { ...electronic, returned: electronic.returned + 1 } })).toBe("count_electronic");
    expect(fault({ by_hand: { ...entry, confirmed_by: entry.entered_by } })).toBe("count_by_hand");
    expect(fault({ by_hand: null })).toBe("count_by_hand");
    expect(fault({ count: { ...count, valid: count.valid + 1 } })).toBe("count_joined");
    expect(readCount({ ...mixed, poll: null })).toBeNull();
  });

  it("is refused when a byte of it was changed, or it is no count", async () => {
    const code = (changed: string) =>
      perform("checkCountStatement", { text: changed }).then(
        () => null,
        (error: { code?: string }) => error.code,
      );
    const good = text("hands.json");
    expect(await code(`${good}\n`)).toBeNull();
    expect(await code(good.replace('"returned":3', '"returned":2'))).toBe("signature_invalid");
    expect(await code(good.replace('{"version":1', '{"version":1,"version":1'))).toBe("document_not_canonical");
    expect(await code(good.replace('"outcome"', '"Outcome"'))).toBe("document_malformed");
    expect([await code("{}"), await code("")]).toEqual(["document_malformed", "document_malformed"]);
  });

  it("is told apart from receipts by what its file holds", async () => {
    const small = (name: string, content: string) => ({
      name,
      size: content.length,
      text: async () => content,
      arrayBuffer: async () => new ArrayBuffer(0),
    });
    const found = await readSmallFiles([small("count.json", text("hands.json")), small("receipt.json", '{"tracker":"x"}')]);
    expect([found.count?.name, found.receipts, found.problems]).toEqual(["count.json", [{ tracker: "x" }], []]);
    const two = await readSmallFiles([small("a.json", text("hands.json")), small("b.json", text("mixed.json"))]);
    expect(two.problems).toEqual([{ key: "several_counts", params: { name: "a.json" } }]);
  });
});
