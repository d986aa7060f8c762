/** The receipt: checked by this terminal, kept for the delegate; then the credential has done its work. */
import { ref, shallowRef, watch } from "vue";

import { showRefusal } from "@/shared/refusal";
import type { Receipt } from "@/shared/wire.gen";
import type { Desk, Running } from "./desk";

export function useReceiving(desk: Desk) {
  const { keeping, crypto } = desk;
  const receipts = shallowRef(keeping.receipts());
  /** Tracker of the receipt that this terminal has checked. */
  const checked = ref<string | null>(null);

  async function receive({ poll, uuid }: Running, receipt: Receipt): Promise<void> {
    await crypto.checkReceipt(receipt, poll, keeping.of(uuid).pending?.tracker ?? null);
    keeping.addReceipt({ poll: poll.id, title: poll.title, receipt });
    keeping.forget(uuid);
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
  return { receipts, checked };
}
