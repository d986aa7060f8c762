import type { SameKeys } from "../shape";
import type zh from "../zh/seat";

export default {
  title: "Delegate's seat",
  door: "Delegates and observers: sign in, agenda, vote, results",
  leave: "Log out",
  leaving: {
    title: "Log out here?",
    text: "You will need your personal code to use this device again. Your sign-in and ballots are not affected.",
  },
  connecting: "Connecting to the hall's server…",
  observer: "Observers may follow the agenda and the results; they do not vote.",
  signIn: {
    title: "Please sign in",
    hint: "Enter the personal code on your card, or scan its QR code.",
    code: "Personal code",
    go: "Continue",
    scan: "Scan the QR code with the camera",
    scanning: "Hold the QR code in front of the camera.",
    noCamera: "This device has no usable camera, or the connection is not encrypted, so scanning is off. Please type the code.",
  },
  confirm: {
    question: "Please check: you are",
    number: "Number",
    delegation: "Delegation",
    post: "Post",
    seat: "Seat",
    yes: "Yes, sign in",
    no: "Not me",
    serverKey: "Please compare: the receipt key on your badge and on the hall screen.",
    hall: "{present} of {due} delegates have signed in.",
  },
  agenda: {
    title: "Agenda of this sitting",
    now: "Now",
    signedIn: "You are signed in",
    welcome: "The agenda has not begun. When the chair calls an item it will appear here.",
    wait: "When voting begins, the ballot appears on this page by itself.",
    result: "Result",
    receipts: "My receipts",
  },
  poll: {
    options: "The options",
    voices: "The choices",
  },
  prepare: {
    title: "Preparing this seat for the vote",
    text: "This device is making and registering a credential for this poll only.",
  },
  prepareIdle: {
    title: "This seat is not ready yet",
    text: "Press the key to make and register a credential for this poll only.",
    key: "Prepare this seat",
  },
  prepareElsewhere: {
    title: "You prepared at another terminal",
    text: "To vote here, prepare this seat instead; the other terminal can then no longer cast your ballot.",
    key: "Prepare this seat instead",
  },
  ready: {
    title: "This seat is ready",
    text: "Please wait for the chair to open the vote; the ballot will appear by itself.",
  },
  again: {
    hint: "Until voting ends you can vote again; the last ballot counts.",
    key: "Vote again (the last one counts)",
    now: "Voting again.",
    until: "Your last ballot ({tracker}) stands until this one is verified.",
    keep: "Keep my last ballot",
    rejected: "The new ballot did not pass verification and does not count. Your last ballot stands; you may try again.",
    replaced: "replaced by a later ballot",
  },
  on_paper: {
    title: "You are voting on paper",
    text: "The staff have given you a paper ballot. Fill it in and put it into the box. This seat takes no ballot from you any more, so nothing is counted twice.",
  },
  by_handSoon: {
    title: "This poll is counted by hand",
    text: "There is nothing to press. Please wait for the chair to open the vote and to say whether by show of hands or on paper.",
  },
  by_handHands: {
    title: "Raise your hand, or fill in the paper, as the chair asks",
    text: "This poll does not use the terminals; scrutineers count in the hall. There is nothing to press.",
  },
  by_handPaper: {
    title: "Please fill in the paper ballot and put it into the box",
    text: "This poll does not use the terminals; scrutineers count in the hall. There is nothing to press.",
  },
  by_handCounting: {
    title: "Voting has ended; counting by hand",
    text: "Scrutineers count, another one checks, the chief scrutineer confirms, and the chair announces the result.",
  },
  excluded: {
    title: "You are not on the list of this poll",
    text: "Your seat was not ready when voting began, and the list is fixed at that moment. You can take part in the next poll.",
  },
  excludedElsewhere: {
    title: "Please vote at your other terminal",
    text: "Your credential for this poll is on the terminal where you prepared, so you cannot vote here.",
  },
  checking: {
    title: "Checking the question",
    text: "This device checks that question, rules, the scrutineers' key and your credential match the published fingerprint.",
  },
  missing: {
    title: "The server does not have your ballot",
    text: "This device keeps a receipt, and the server's record is without its ballot: {polls}. Please raise your hand, tell a scrutineer at once, and keep this device.",
  },
  lost: {
    title: "Voting is stopped at this seat",
    text: "This device keeps a receipt of this poll, and the server's record is without that ballot. Please do not vote again; raise your hand, tell a scrutineer, and show the receipt.",
  },
  blocked: {
    title: "You cannot vote at this seat",
    text: "What this device received does not match what was published. Please raise your hand and tell a scrutineer.",
  },
  observe: {
    title: "Delegates are voting",
    text: "Observers do not vote. The result appears here once it is announced.",
  },
  counting: {
    title: "Voting has ended; counting",
    text: "The scrutineers check the ballots and decrypt the sum together; the chair announces the result.",
    notVoted: "You did not vote in this poll.",
    onPaper: "You voted on paper in this poll.",
  },
  countingShuffled: {
    title: "Voting has ended; counting",
    text: "The scrutineers shuffle the ballots one after the other, decrypt them together and count each; the chair announces the result.",
  },
  countingShut: {
    title: "Voting has ended; the box stays shut",
    text: "Fewer ballots came in than the rules ask for: so that nobody’s vote is told, nobody decrypts them. The chair will annul the poll and put it again.",
  },
  countingRecorded: {
    title: "Voting has ended; counting",
    text: "This is a vote by name: ballots are counted one by one; the chief scrutineer confirms, the chair announces the result.",
  },
  annulled: {
    title: "This poll was annulled",
    text: "Ballots cast do not count. Please wait for the chair's explanation.",
    because: "Reason: {reason}",
  },
  cast: {
    label: "Progress of your ballot",
    encrypting: "Encrypt",
    sending: "Deliver",
    verifying: "Verify",
    receipt: "Receipt",
    encryptingNow: "Encrypting your ballot",
    encryptingText: "One moment; this usually takes less than a second.",
    signing: "Sign",
    signingNow: "Signing your ballot",
    signingText: "One moment; this usually takes less than a second.",
    sendingNow: "Delivering your ballot",
    sendingText: "If the connection is lost, the ballot is kept here and delivered again; it is never counted twice.",
    verifyingNow: "Stored safely; verifying",
    verifyingText: "The server holds your ballot for good. The receipt appears once it is verified; nothing more to do.",
  },
  receipt: {
    title: "Receipt",
    done: "Your ballot is cast",
    text: "It was verified and is in the ballot box. Note the six words of the receipt; you can check it later.",
    tracker: "Receipt, in six words",
    meaning: "Number {height} in the ballot box. The receipt does not show your choice.",
    download: "Download the receipt",
    checked: "signature checked on this device",
    yours: "Your receipt:",
  },
} satisfies SameKeys<typeof zh>;
