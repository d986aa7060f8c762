import type { SameKeys } from "../shape";
import type zh from "../zh/screen";

export default {
  title: "Hall screen",
  door: "Hall screen: agenda, progress and results",
  login: {
    heading: "Open the hall screen",
    code: "Screen code",
    hint: "Enter the screen's code, or open the link on the code sheet.",
    submit: "Open",
    waiting: "Opening…",
  },
  quorum: {
    reached: "reached",
    lacking: "not reached",
  },
  gathering: {
    title: "Sign-in",
    quorum: "Quorum: {n}",
    observers: "Observers {present} / {due}",
  },
  item: {
    number: "Item {n} of {of}",
    next: "Next: {title}",
  },
  voting: {
    ready: "Ready",
    cast: "Voted",
    present: "of {n} present",
    issued: "of {n} ballots",
    wait: "Please see that your seat is ready",
    timeLeft: "Time left",
    untilClosed: "Until the chair closes",
    lastPress: "You may vote again until the end; the last one counts",
    papers: "{n} of them on paper",
  },
  byHand: {
    hands: "Show of hands",
    handsOrPaper: "Show of hands or paper",
    paper: "Vote on paper",
    prepare: "Please get ready; the chair will open the vote",
    handsHow: "When the chair asks: first hands up for, then against, then abstaining.",
    handsOrPaperHow: "Raise your hand when the chair asks; fill in a paper if you were given one.",
    paperHow: "Fill in your paper and put it into the box; do not sign it.",
    paperNamedHow: "Fill in and sign your paper, and put it into the box.",
    counted: "Counted here by a scrutineer, checked by another",
    present: "Delegates present",
  },
  counting: {
    agreed: "Scrutineers' terminals that signed this very ballot box: {have} of {need}",
    aloud: "The closed head was compared aloud",
    closed: "Voting ended",
    sealed: "Ballots verified and summed",
    sealedSingly: "Ballots verified",
    shuffled: "Scrutineers shuffle the ballots in turn",
    decrypted: "Scrutineers decrypt together",
    named: "Ballots counted name by name",
    entered: "A scrutineer counts and enters",
    enteredPapers: "Papers counted by a scrutineer ({n})",
    checked: "Another scrutineer checks",
    confirmed: "Chief scrutineer confirms",
    announced: "The chair announces",
    released: "{have} / {need}",
  },
  result: {
    page: "Page {n} of {of} ({from} to {to} of {all})",
    go: "Show page {n}",
  },
  annulled: {
    title: "This poll was annulled",
  },
} satisfies SameKeys<typeof zh>;
