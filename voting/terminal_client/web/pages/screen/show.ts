/** What the hall screen shows now: a pure function of its view. */
import type { ItemView, PollView, ScreenView } from "@/live/wire.gen";

export type Show =
  | { kind: "gathering" }
  | { kind: "item"; item: ItemView; number: number }
  | { kind: "voting"; poll: PollView }
  | { kind: "byHand"; poll: PollView }
  | { kind: "counting"; poll: PollView }
  | { kind: "result"; poll: PollView }
  | { kind: "annulled"; poll: PollView };

/** Gathering, then the called item, then whatever poll the sitting is occupied with. */
export function showOf({ hall }: ScreenView): Show {
  const poll = hall.focus === null ? undefined : hall.polls[hall.focus];
  if (poll && poll.state !== "planned") return showOfPoll(poll);
  const number = hall.agenda.findIndex((one) => one.id === hall.current_item);
  const item = hall.agenda[number];
  return item ? { kind: "item", item, number: number + 1 } : { kind: "gathering" };
}

function showOfPoll(poll: PollView): Show {
  switch (poll.state) {
    case "closed":
    case "sealed":
    case "counted":
    case "confirmed":
      return { kind: "counting", poll };
    case "announced":
      return { kind: "result", poll };
    case "annulled":
      return { kind: "annulled", poll };
    default:
      return { kind: poll.medium === "by_hand" ? "byHand" : "voting", poll };
  }
}
