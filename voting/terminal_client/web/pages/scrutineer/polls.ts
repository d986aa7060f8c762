/** What a scrutineer's page says and shows of each poll, by its kind and state. Pure. */
import type { PollView, Progress, ScrutineerView } from "@/live/wire.gen";
import { staysShut } from "@/poll/kinds/least_secret";
import { isCountedByHand } from "./by_hand/useHandCount";

const QUIET: readonly string[] = ["planned", "prepared", "open", "closed", "annulled"];
const SHUFFLED: readonly string[] = ["planned", "open"];

/** The catalogue's key of the text for a poll in which nothing is to be opened now; null while there is, or a count. */
export function quietText({ state, medium, secrecy, shuffled }: PollView): string | null {
  if (!QUIET.includes(state)) return null;
  if (state === "annulled") return "scrutineer.polls.annulled";
  if (medium === "by_hand") return `scrutineer.polls.byHand.${state}`;
  if (secrecy === "recorded") return `scrutineer.polls.recorded.${state}`;
  return shuffled && SHUFFLED.includes(state) ? `scrutineer.polls.shuffled.${state}` : `scrutineer.polls.${state}`;
}

/** Whether the poll waits for scrutineers, or has been counted and not announced. */
export function wantsAttention(poll: PollView, progress: Progress | undefined): boolean {
  if (staysShut(poll)) return false;
  return ["sealed", "counted", "confirmed"].includes(poll.state) || isCountedByHand(poll, progress);
}

/** Polls under way first, then the rest in the order of the agenda; before there is a key, those that need none. */
export function pollsOf({ hall, trustees }: Pick<ScrutineerView, "hall" | "trustees">): readonly PollView[] {
  const known = hall.agenda.flatMap((item) => item.polls).flatMap((id) => hall.polls[id] ?? []);
  const isActive = ({ state }: PollView): boolean => state !== "planned" && state !== "announced" && state !== "annulled";
  const needsNoKey = (poll: PollView): boolean => poll.medium === "by_hand" || poll.secrecy === "recorded";
  const shown = trustees !== null ? known : known.filter((poll) => needsNoKey(poll) && poll.state !== "planned");
  return [...shown.filter(isActive), ...shown.filter((poll) => !isActive(poll))];
}
