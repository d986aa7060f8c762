/** Which of checks 21 and 22 does not hold, and what the page says of it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { beforeAll, expect, it, vi } from "vitest";
import { effectScope } from "vue";

import { ready } from "@/tally/groups/sodium";
import type { TallyClient } from "@/tally/worker/client";
import { perform } from "@/tally/worker/operations";
import { firstRecordFault } from "@/pages/verifier/record_checks";
import { useVerifier } from "@/pages/verifier/useVerifier";
import type { Verified } from "@/pages/verifier/verified";

vi.setConfig({ testTimeout: 60_000 });

const ARCHIVE = resolve(import.meta.dirname, "../../../../../../tests/fuzz/corpus/archive/recorded.bel");
let record: Verified;

/** The same record under another description. */
const stating = (before: string | RegExp, after: string): Verified => {
  const description = record.election.description.replace(before, after);
  if (description === record.election.description) throw new Error(`${String(before)} is not stated`);
  return { ...record, election: { ...record.election, description } };
};

beforeAll(async () => {
  await ready();
  record = await perform("verifyArchive", { data: new Uint8Array(readFileSync(ARCHIVE)) });
});

it("finds nothing in an honest record", () => {
  expect(firstRecordFault(record)).toBeNull();
});

it("names what does not hold as the command line does", () => {
  const faults = [
    stating(/$/, " "),
    stating('{"format":2,', '{"terms":{"counted":"last"},"format":2,'),
    stating(/"server_key":"../, '"server_key":"'),
    stating(/"roster_sha256":"../, '"roster_sha256":"zz'),
    stating(/"credentials_sha256":"[0-9a-f]+"/, `"credentials_sha256":"${"0".repeat(64)}"`),
    { ...record, election: { ...record.election, name: "另一标题" } },
    stating(/"present":\d+/, '"present":1'),
    stating(/"in_office":\d+/, '"in_office":1'),
    stating(/"statutory_seats":\d+/, '"statutory_seats":1'),
  ].map(firstRecordFault);
  expect(faults.map((fault) => `${String(fault?.key)}: ${String(fault?.detail)}`)).toEqual([
    "description: the description is not written as it must be",
    "description: the terms are not those of the rules",
    "description: a key or a hash is not 64 hexadecimal digits",
    "description: a key or a hash is not 64 hexadecimal digits",
    "description: the list of credentials is another than the one that is stated",
    "description: the election bears another title than the poll",
    "roster: 2 credentials, 1 present, 3 in office, 4 seats by law: each may be at most the next",
    "roster: 2 credentials, 2 present, 1 in office, 4 seats by law: each may be at most the next",
    "roster: 2 credentials, 2 present, 3 in office, 1 seats by law: each may be at most the next",
  ]);
});

it("shows the detail beside the check that failed, and forgets it with the file", async () => {
  let given = stating(/"present":\d+/, '"present":1');
  const client: TallyClient = { call: (() => Promise.resolve(given)) as TallyClient["call"], close: () => undefined };
  const page = effectScope().run(() => useVerifier(() => client));
  if (page === undefined) throw new Error("no scope");
  const file = { name: "a.bel", size: 1, arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) };
  await page.take([file]);
  expect(page.states.value.find(({ status }) => status === "failed")?.number).toBe(22);
  expect(page.detail.value).toMatch(/^2 credentials, 1 present/);
  given = record;
  await page.take([file]);
  expect(page.detail.value).toBe("");
});
