import { describe, expect, it } from "vitest";

import { canBeHeld, countByHand, handHolds } from "@/pages/verifier/law/hand";
import type { HandEntry } from "@/tally/board/count_statement";
import { RULES } from "../../fixtures/frozen";
import { frozen } from "../../fixtures/records";

const strict = { ...RULES, ballots: { ...RULES.ballots, over_approval: "void" as const } };
const asked = (seats: number) => frozen({ kind: "approve_each", medium: "by_hand", ruleset: strict, seats });
const all = (votes: number) => Object.fromEntries(asked(0).options.map(({ id }) => [id, votes]));
const entry: HandEntry = {
  figures: {
    issued: 9, returned: 9, valid: 9, void: 0, votes: all(9), against: all(0), abstain: all(0), levels: {}, write_ins: [],
  },
  method: "paper",
  reason: "示例：纸质表决票",
  entered_at: 0,
  entered_by: { index: 1, name: "示例监票人甲" },
  confirmed_by: { index: 2, name: "示例监票人乙" },
};
const roster = { inOffice: 9, statutorySeats: 9, present: 9 };
const holds = (seats: number): boolean => handHolds(asked(seats), entry, countByHand(entry, asked(seats), 9), roster);

describe("options that are each decided by themselves, counted by hand", () => {
  it("may all have everybody's vote, which ballots for two of them could not give", () => {
    expect([holds(0), holds(2)]).toEqual([true, false]);
  });

  it("need no seats, as no other kind does without", () => {
    expect([canBeHeld(asked(0)), canBeHeld(asked(-1)), canBeHeld({ ...asked(0), kind: "election" })]).toEqual([true, false, false]);
  });
});
