/** Once a poll is closed the terminal compares the receipts that it keeps with the published board by itself. */
import { computed, watch, type ShallowRef } from "vue";

import { Refusal } from "@/live/refusal";
import type { PollView } from "@/live/wire.gen";
import type { KeptReceipt } from "../keeping";
import type { Desk } from "./desk";

/** Watches every poll of the sitting; adds to the desk's `astray` the receipts whose ballots are not on the closed board. */
export function useClosedBoards(desk: Pick<Desk, "hall" | "receipts" | "astray" | "crypto" | "fetchTrackers" | "later">): void {
  const { hall, receipts, astray, crypto, fetchTrackers, later } = desk;
  const done = new Set<string>();
  const ours = (poll: PollView): KeptReceipt[] =>
    receipts.value.filter(({ receipt }) => receipt.election_uuid === poll.election_uuid);
  const closed = computed(() => Object.values(hall.value?.polls ?? {}).filter((poll) => poll.closed_head !== null));

  async function compare(poll: PollView): Promise<void> {
    const kept = ours(poll);
    const name = [poll.closed_head, ...kept.map(({ receipt }) => receipt.tracker)].join();
    if (kept.length === 0 || done.has(name)) return;
    done.add(name);
    try {
      const { trackers } = await fetchTrackers(poll.id);
      await crypto.checkClosedBoard(poll, trackers, kept.map(({ receipt }) => receipt));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "verification_failed") report(astray, kept);
      else later(() => (done.delete(name), compare(poll)));
    }
  }

  watch([closed, receipts], () => closed.value.forEach((poll) => void compare(poll)), { immediate: true });
}

function report(astray: ShallowRef<readonly KeptReceipt[]>, kept: readonly KeptReceipt[]): void {
  const known = new Set(astray.value.map(({ receipt }) => receipt.tracker));
  astray.value = [...astray.value, ...kept.filter(({ receipt }) => !known.has(receipt.tracker))];
}
