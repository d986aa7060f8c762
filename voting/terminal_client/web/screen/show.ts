/** What the hall screen shows now: a pure function of its view. */
import type { ItemView, PollView, ScreenView } from "@/shared/wire.gen";

export type Show =
  | { kind: "gathering" }
  | { kind: "item"; item: ItemView; number: number }
  | { kind: "voting"; poll: PollView }
  | { kind: "counting"; poll: PollView; step: number }
  | { kind: "result"; poll: PollView }
  | { kind: "annulled"; poll: PollView };

/** Steps of a count as the hall sees them; the number of those done. */
const COUNT_STEPS = { closed: 1, sealed: 2, counted: 3, confirmed: 4 } as const;

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
      return { kind: "counting", poll, step: COUNT_STEPS[poll.state] };
    case "announced":
      return { kind: "result", poll };
    case "annulled":
      return { kind: "annulled", poll };
    default:
      return { kind: "voting", poll };
  }
}
