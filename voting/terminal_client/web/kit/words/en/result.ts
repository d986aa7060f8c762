import kinds from "@words/en/kinds.json";
import outcomes from "@words/en/outcomes.json";
import reasons from "@words/en/reasons.json";
import terms from "@words/en/terms.json";

import type { AfterShortfall, ReasonCode } from "@/live/wire.gen";
import { formsOf, wordOf, type Ending } from "../forms";
import type { SameKeys } from "../shape";
import type zh from "../zh/result";

export default {
  head: formsOf<Ending>(outcomes.head, kinds, terms.idle),
  line: formsOf<Ending>(outcomes.line, kinds, terms.idle),
  sentence: formsOf<Ending>(outcomes.sentence, kinds, terms.idle),
  next: formsOf(outcomes.next, kinds, terms.idle),
  reason: formsOf<ReasonCode>(reasons, kinds, terms.idle),
  after: formsOf<AfterShortfall>(terms.after, kinds, terms.idle),
  idle: formsOf({ label: terms.idle_label }, kinds, terms.idle),
  of: terms.of,
  level: terms.levels,
  decided: { passed: terms.marks.passed, not_passed: terms.marks.not_passed },
  alternatives: terms.alternatives,
  or: terms.or,
  nextLabel: "Next: ",
  quoted: "“{title}”",
  follows: terms.relations,
  medium: {
    by_hand: "Counted by hand",
    mixed: "With papers",
  },
  mediumNote: {
    by_hand: "All {n} votes were counted by a scrutineer and checked by another",
    mixed: "{all} returned, {n} of them on paper, counted by a scrutineer and checked by another",
  },
  rule: {
    byElection: "By-election: ",
    writeIns: "; other names may be added",
    rank: "; the {seats} with the lowest sums of ranks are chosen",
  },
  byElection: "By-election",
  formOfElection: {
    competitive: "More candidates than seats",
    equal: "As many candidates as seats",
  },
  figure: {
    entitled: "In office",
    issued: "Issued",
    returned: "Returned",
    byHand: "Of these on paper",
    valid: "Valid",
    void: "Void",
    majority: "Needed",
    half: "For a level",
    rankings: "Rankings needed",
  },
  column: {
    place: "Place",
    called: wordOf(kinds, "called"),
    votes: "Votes",
    sum: "Sum of ranks (low wins)",
    sumHead: "Ranks",
    verdict: "Verdict",
    needed: "{n} needed",
  },
  mark: { elected: wordOf(kinds, "verb"), tied: "Vote again" },
  writeIn: "written in",
  annulled: "Annulled: this count has no effect, and is published all the same.",
  named: {
    title: "Votes by name ({n})",
    added: "wrote in ",
    unreadable: "unreadable (void)",
    blank: "no choice",
  },
  levelHead: {
    satisfied: "Sat.",
    basically_satisfied: "Bas.",
    dissatisfied: "Dis.",
    dont_know: "D.k.",
  },
  why: {
    title: "Why",
    each: "Option by option ({n} lines)",
  },
} satisfies SameKeys<typeof zh>;
