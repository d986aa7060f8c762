/** Receipts: checked by this terminal, kept for the delegate; after the last one the credential has done its work. */
import { type Ref, ref, watch } from "vue";

import { showRefusal } from "@/live/refusal";
import type { Receipt } from "@/live/wire.gen";
import type { Desk, Running } from "./desk";

export function useReceiving(desk: Desk) {
  const { keeping, crypto, receipts } = desk;
  /** Tracker of the receipt that this terminal has checked. */
  const checked = ref<string | null>(null);

  async function receive({ poll, uuid }: Running, receipt: Receipt): Promise<void> {
    const { pending } = keeping.of(uuid);
    const expected = keeping.knows(receipt.tracker) ? receipt.tracker : (pending?.tracker ?? null);
    await crypto.checkReceipt(receipt, poll, expected, desk.pinned.value);
    keeping.addReceipt({ poll: poll.id, title: poll.title, receipt });
    if (keeping.of(uuid).pending?.tracker === receipt.tracker) keeping.setPending(uuid, null);
    checked.value = receipt.tracker;
    receipts.value = keeping.receipts();
    desk.reload(uuid);
  }

  watch(
    () => desk.running.value?.mine.receipt?.tracker,
    () => {
      const now = desk.running.value;
      if (!now?.mine.receipt) return;
      void receive(now, now.mine.receipt).catch((error: unknown) => showRefusal(error, desk.show));
    },
    { immediate: true },
  );
  useForgetting(desk, checked);
  return { receipts, checked };
}

/** The credential goes when its last receipt has been checked: no other ballot is on its way, and none is possible. */
function useForgetting(desk: Desk, checked: Ref<string | null>): void {
  const spent = (): string | null => {
    const now = desk.running.value;
    if (!now?.mine.receipt || now.mine.receipt.tracker !== checked.value || now.mine.stored) return null;
    const over = !now.poll.last_press_counts || now.poll.state !== "open";
    return over && !desk.kept.value?.pending ? now.uuid : null;
  };
  watch(spent, (uuid) => {
    if (uuid === null) return;
    desk.keeping.forget(uuid);
    desk.reload(uuid);
  }, { immediate: true });
}
