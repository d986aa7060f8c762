import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSSRApp, h, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { beforeAll, describe, expect, it } from "vitest";

import { i18n } from "@/kit/words";
import { perform } from "@/tally/worker/operations";
import { ready } from "@/tally/groups/sodium";
import CountPanel from "@/pages/verifier/CountPanel.vue";
import { readStated, type Stated } from "@/pages/verifier/count_checks";
import { readCount } from "@/pages/verifier/count_reading";
import ResultPanel from "@/pages/verifier/ResultPanel.vue";
import SittingPanel from "@/pages/verifier/sitting/SittingPanel.vue";
import type { Article, Ruleset } from "@/live/wire.gen";

const SAID = "采用的规则与选举法第三十一条第二款不一致";
const folder = resolve(import.meta.dirname, "../../fixtures/records");
const drawn = (part: Component, given: object): Promise<string> =>
  renderToString(createSSRApp({ render: () => h(part, given) }).use(i18n));

/** The sample count under changed rules; nothing here checks its signature. */
function counted(change: (rules: Ruleset) => object, more: object = {}): Stated {
  const found = readStated(readFileSync(resolve(folder, "hands.json"), "utf8"));
  if (found === null) throw new Error("no statement");
  return { ...found, ...more, poll: { ...found.poll, ruleset: { ...found.poll.ruleset, ...change(found.poll.ruleset) } } } as Stated;
}

const deviating = (deviates: Article[]) => counted(() => ({ deviates }));

beforeAll(ready);

describe("a record whose rules set an article aside", () => {
  it.each([[["选 31"], true], [[], false]] as [Article[], boolean][])("says so beside its count (%s)", async (deviates, said) => {
    const stated = readCount(deviating(deviates));
    expect((await drawn(CountPanel, { states: [], stated, beside: false })).includes(SAID)).toBe(said);
  });

  it("says so in the list of a sitting's polls", async () => {
    const stated = deviating(["选 31"]);
    const polls = [{ poll: stated.poll, state: "announced", annulled_because: "" }];
    const statement = { titles: stated.sitting, server_key: stated.server_key, roster_sha256: "00".repeat(32), polls };
    const found = new Map([[stated.poll.id, { stated, record: null }]]);
    expect(await drawn(SittingPanel, { statement, polls: found, trusted: true })).toContain(SAID);
  });

  it("says so beside its votes", async () => {
    const record = await perform("verifyArchive", { data: new Uint8Array(readFileSync(resolve(folder, "mixed.bel"))) });
    const changed = record.election.description.replace('"ruleset":{"title":"",', '"ruleset":{"title":"","deviates":["选 31"],');
    const given = { ...record, election: { ...record.election, description: changed } };
    expect(await drawn(ResultPanel, { record: given, stated: null })).toMatch(new RegExp(`data-testid="deviation"[^>]*>⚠ ${SAID}`));
    expect(await drawn(ResultPanel, { record, stated: null })).not.toContain('data-testid="deviation"');
  });
});

describe("a count that is void", () => {
  const everybody = { required: true, fraction: "1/1", strictly_more: true };
  const asking = (rules: Ruleset): object => ({ participation: { ...rules.participation, ...everybody } });
  const reasons = (stated: Stated): string[] => readCount(stated).result.reasons.map(({ code }) => code);

  it("says that too few took part, where that is why", () => {
    const { outcome, count } = counted(asking);
    const kind = { outcome: { ...outcome, kind: "void" as const } };
    expect(reasons(counted(asking, kind))).toEqual(["participation_void"]);
    expect(reasons(counted(asking, { ...kind, count: { ...count, returned: count.issued + 1 } }))).toEqual([]);
    expect(reasons(counted(asking))).toEqual([]);
  });
});
