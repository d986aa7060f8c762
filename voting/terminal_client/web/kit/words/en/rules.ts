import kinds from "@words/en/kinds.json";
import terms from "@words/en/terms.json";

import { articleWords, wordOf } from "../forms";
import type { SameKeys } from "../shape";
import type zh from "../zh/rules";

export default {
  heading: "Rules of this poll",
  open: "Rules of this poll",
  hint: "These rules are frozen with the poll; its fingerprint holds them.",
  others: "Further rules that the sitting adopted ({n})",
  ballot: "Ballot: {rule}.",
  writeInsListed: "Other persons: at most {n} may be added, from the published list of {all}.",
  writeInsText: "Other persons: at most {n} may be added by name.",
  medium: {
    electronic: "Cast at the terminals.",
    by_hand: "Not at the terminals: a scrutineer counts by hand, another one checks.",
    mixed: "Cast at the terminals; delegates whose terminal failed vote on paper, in one count.",
  },
  title: "Rules adopted: {title}.",
  titleDefault: "Rules adopted: none of its own; the law and the usual practice, as the system states them.",
  body: "Whose rules: those of {body}.",
  bodyNone: "The rules do not say what kind of meeting they are for.",
  deviates: terms.deviates + ".",
  deviatesNone: "The rules name no article of the law that they deviate from.",
  quorum: "Quorum: the {members} present must be {part}, that is {n}.",
  majority: "To pass or be elected: votes from {part} are needed, that is {n}.",
  majorityOpen: "To pass or be elected: votes from {part} are needed.",
  participation: "Taking part: {part} must cast a vote, or {missed}.",
  missed: {
    void: "the vote is void and may be held again",
    not_passed: "it is not passed",
  },
  participationNone: "Taking part: no number is asked for.",
  over: {
    valid: "A ballot for more than there are seats: valid.",
    void: "A ballot for more than there are seats: void as a whole.",
  },
  over_approval: {
    valid: "A ballot “for” more projects than there are seats, each answered by itself: valid.",
    void: "A ballot “for” more projects than there are seats, each answered by itself: void as a whole.",
  },
  under: {
    valid: "A ballot for fewer than there are seats: valid.",
    void: "A ballot for fewer than there are seats: void as a whole.",
  },
  returned_at_most: {
    issued: "More ballots returned than issued: the poll is void and is run again.",
    present: "More ballots returned than delegates present: the poll is void and is run again.",
  },
  press: {
    first: "One ballot each; it cannot be changed once it is cast.",
    last: "Until voting ends a delegate may vote again; the last ballot counts.",
  },
  write_in_after: {
    against: "Other persons: only who is against a candidate may write one, and no more names than that; otherwise the ballot is void.",
    any: "Other persons: any ballot may add names.",
  },
  least_secret: "Secret polls: with fewer than {n} voters at the terminals none is opened, and fewer than {n} ballots are not decrypted.",
  least_secretNone: "Secret polls: no least number of ballots is asked for.",
  candidates:
    "Candidates beyond the seats: for a chief post at most {chief_more_at_most}, or none; for deputies {deputy_more_at_least} to {deputy_more_at_most}; for members {member_more_at_least} to {member_more_at_most} of the seats; for delegates to the congress above {delegate_more_at_least} to {delegate_more_at_most} of them.",
  majority_floor: {
    true: "Projects must reach that number first; then those with most votes are chosen.",
    false: "Projects with most votes are chosen, whether they reach that number or not.",
  },
  rank_needs_majority: {
    true: "Rankings: as many valid ones are needed as that number, or nobody is chosen.",
    false: "Rankings: the valid ones need not reach that number.",
  },
  run_off_needs_majority: {
    true: "In a run-off of projects, too, that number is needed.",
    false: "In a run-off of projects those with more votes are chosen, whether they reach that number or not.",
  },
  run_off_of_persons_needs_majority: {
    true: "In a run-off of an election, too, that number is needed.",
    false: "In a run-off of an election those with more votes are elected, whether they reach that number or not.",
  },
  tie: {
    run_off: "Where a tie leaves open who is chosen: another vote among the tied only. The system never decides it.",
  },
  shortfall: "Fewer elected than there are seats: the sitting decides on the presidium’s proposal ({choices}).",
  shortfall_of_projects: "Fewer projects chosen than there are places: the sitting decides on the presidium’s proposal ({choices}).",
  secrecy: {
    motion: "Motions: {rule}. ",
    choice: "Choices of projects: {rule}. ",
    election: "Elections: {rule}. ",
    evaluation: "Evaluations: {rule}. ",
  },
  secrecyRule: {
    secret: "secret",
    recorded: "by name",
    either: "secret or by name, decided for each poll",
  },
  secrecyHere: {
    secret: "This poll is secret.",
    recorded: "This poll is by name: what each delegate chose is public once the result is announced.",
  },
  results: {
    delayed: "The hall sees the result when the chair has announced it.",
    immediate: "The hall sees the result as soon as it is counted.",
  },
  votes: {
    all: "Votes: those of all are published.",
    elected: "Votes: only those of who is chosen or tied are published; the record holds all.",
  },
  show_not_pressed: {
    true: "How many did not press is shown.",
    false: "How many did not press is not shown.",
  },
  percentage_of: "Percentages are of those {of}; they decide nothing.",
  levels: {
    3: "Evaluations have three levels: satisfied, basically satisfied, dissatisfied.",
    4: "Evaluations have four levels: satisfied, basically satisfied, dissatisfied, don't know.",
  },
  evaluation: "Verdict: the first level that, with the better ones, has {part}, that is {n}; otherwise dissatisfied.",
  evaluationOpen: "Verdict: the first level that, with the better ones, has {part}; otherwise dissatisfied.",
  show_of_hands: "When devices fail, a show of hands may decide: {kinds}.",
  show_of_handsNone: "When devices fail, nothing is decided by show of hands.",
  paper: "Paper ballots may be used for: {kinds}.",
  paperNone: "No paper ballots.",
  mixed: {
    failed_terminals: "A delegate whose terminal fails may vote on paper, in one count with the others.",
    never: "A delegate whose terminal fails gets no paper ballot.",
  },
  kind: wordOf(kinds, "name"),
  base: terms.bases,
  members: terms.members,
  bodies: terms.bodies,
  article: articleWords(terms.articles),
  fraction: {
    fifth: "a fifth",
    tenth: "a tenth",
    half: "half",
    third: "a third",
    two_thirds: "two thirds",
    three_quarters: "three quarters",
  },
  part: {
    more: "more than {share} of {base}",
    least: "at least {share} of {base}",
  },
} satisfies SameKeys<typeof zh>;
