/** A ballot: marking it, the last look at it, and the head above it. */
export default {
  timeLeft: "Time left",
  vote: {
    secret: "Your choice is encrypted before it leaves this device; nobody can see what a single ballot says.",
    recordedTitle: "Vote by name.",
    recorded: "Your choice is not encrypted; it becomes public with your name when the result is announced.",
    unknownKind: "This seat cannot show a ballot of this kind. Please raise your hand and tell the staff.",
  },
  choose: {
    left: "{n} more possible",
    none: "All choices used",
    ticked: "{n} chosen",
    short: "Choose {n} more to vote",
    full: "At most {k} can be chosen. To change, first remove one.",
    undo: "Undo",
    review: "Review ballot",
  },
  marks: {
    left: "{n} more “for” possible",
    none: "No “for” left",
    open: "{n} not answered yet",
    complete: "All answered",
    full: "At most {k} can be “for”. To change, first take one back.",
    blank: "You answered nothing; this will be a blank ballot.",
    openFinal: "{n} are not answered and stay blank on your ballot.",
    unmarked: "not answered",
  },
  motion: {
    hint: "Press your choice, then confirm it once.",
  },
  review: {
    title: "Please check your ballot",
    count: "You chose {n} (at most {k}):",
    blank: "You chose nothing; this will be a blank ballot.",
    final: "It cannot be changed after you confirm. One ballot each.",
    change: "Change",
    confirm: "Cast ballot",
  },
};
