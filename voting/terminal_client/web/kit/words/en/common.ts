import terms from "@words/en/terms.json";

import type { SameKeys } from "../shape";
import type zh from "../zh/common";

export default {
  productName: "Plenary voting",
  otherLanguage: "中文",
  clear: "Clear",
  backspace: "Back",
  back: "Go back",
  cancel: "Cancel",
  close: "Close",
  illustrative: "Example",
  ...terms.voices,
  fingerprint: "Fingerprint",
  key: "Ballot key",
  closedHead: "Closed head",
  recordMark: "Record, row {row}",
  rollback: {
    title: "The record went back: since {time} it goes on from row {row}.",
    marked: "Row {mark} had been stored before.",
    unmarked: "How far it had been stored before is not known.",
    times: "({n} in all) Please check your receipts.",
  },
  reconnecting: "Connection lost, reconnecting. Nothing you submitted is lost.",
  connection: {
    connecting: "Connecting",
    online: "Connected",
    offline: "Disconnected",
  },
  pollState: {
    planned: "Not yet called",
    prepared: "Being prepared",
    open: "Voting",
    closed: "Voting ended",
    sealed: "Counting",
    counted: "Counted",
    confirmed: "Count confirmed",
    announced: "Result announced",
    annulled: "Annulled",
  },
  rule: {
    choose: "Choose at most {k} of {n}",
    motion: "For, against or abstain",
    approve_each: "Answer each of {n}; at most {k} for; {seats} to be chosen",
    approve_each_free: "Answer each of {n}; {seats} to be chosen",
    election: "{n} candidates for {seats} seats; at most {k} for",
    election_free: "{n} candidates for {seats} seats",
    evaluation: "{n} subjects, one answer each",
    rank: "Put {n} in order",
  },
  recorded: "Vote by name",
  listComma: terms.list,
  attendance: {
    due: "Due",
    present: "Present",
    on_leave: "On leave",
    absent: "Absent",
    departed: "Left early",
    observers: "Observers",
    quorum: "Quorum",
  },
} satisfies SameKeys<typeof zh>;
