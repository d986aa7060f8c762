/** Papers of an election, judged one by one as voting/record/singly.py does. */
import { expect, it } from "vitest";

import { countOf } from "@/pages/verifier/counting";
import { ABSTAIN, AGAINST, FOR, NO_MARK } from "@/tally/ballots/singly";
import { RULES } from "../../fixtures/frozen";
import { electionWithNames } from "../../fixtures/kinds";

/** A poll for two of three candidates. */
function asking(after: "against" | "any" | undefined) {
  const poll = electionWithNames("counted", [], {
    seats: 2,
    rules: { ...RULES, ballots: { ...RULES.ballots, write_in_after: after } },
  });
  return { ...poll, options: poll.options.slice(0, 3) };
}

it.each([
  [[AGAINST, NO_MARK, NO_MARK], ["示例人甲"], true],
  [[ABSTAIN, ABSTAIN, ABSTAIN], ["示例人甲"], false],
  [[NO_MARK, NO_MARK, NO_MARK], ["示例人甲"], false],
  [[FOR, NO_MARK, NO_MARK], ["示例人甲"], false],
  [[AGAINST, FOR, NO_MARK], ["示例人乙", "示例人甲"], false],
  [[AGAINST, AGAINST, NO_MARK], ["示例人乙", "示例人甲"], true],
  [[ABSTAIN, FOR, NO_MARK], [], true],
])("a paper marked %j with the names %j counts where only who is against may write: %s", (marks, names, counts) => {
  const record = { nCredentials: 1, nBallots: 1, result: [], papers: [[{ kind: "marks" as const, marks, names }]] };
  const found = (after: "against" | "any" | undefined) => countOf(asking(after), record, 1).count;
  expect([found("against").void, found("against").write_ins]).toEqual(counts ? [0, names] : [1, []]);
  const free = marks.filter((mark) => mark === FOR).length + names.length <= 2;
  expect([found("any").void, found(undefined).void]).toEqual(free ? [0, 0] : [1, 1]);
});
