export default {
  title: "Hall screen",
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
  },
  counting: {
    closed: "Voting ended",
    sealed: "Ballots verified and summed",
    decrypted: "Scrutineers decrypt together",
    named: "Ballots counted name by name",
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
};
