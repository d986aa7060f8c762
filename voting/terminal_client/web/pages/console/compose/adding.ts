/** Puts a composed poll on the agenda, so that pressing again after a lost answer never adds it twice. */
import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { Hall, PollDraft } from "@/live/wire.gen";
import { freeId, isHeld } from "./form";

/**
 * Adds the poll and returns its identifier. One that the sitting holds already is done; where another console took
 * the identifier for another poll, the next free one is tried once. Raises Refusal.
 */
export async function addPoll(send: Send, item: string, draft: PollDraft, hall: () => Hall): Promise<string> {
  try {
    await send("plan_poll", { item, draft });
    return draft.id;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "poll_id_taken") throw error;
    const there = hall().polls[draft.id];
    if (isHeld(there, draft)) return draft.id;
    if (!there || draft.follows) throw error;
  }
  const next = { ...draft, id: freeId(hall()) };
  await send("plan_poll", { item, draft: next });
  return next.id;
}
