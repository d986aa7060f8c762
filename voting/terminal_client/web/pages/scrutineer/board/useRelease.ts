/** Signing the closed board, waiting until enough others have, or the head was compared aloud, and then decrypting. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from "vue";

import { Refusal } from "@/live/refusal";
import { signaturesNeeded } from "@/tally/board/signatures";
import type { PollView } from "@/live/wire.gen";
import type { Attempts } from "../attempt";
import type { RebuiltHere } from "./board";
import type { BoardMeans, Doing } from "./means";
import { keepSignature, keptSignature } from "./closed_boards";

export interface ReleaseWork {
  /** Signed here, and others are waited for. */
  readonly waiting: ComputedRef<boolean>;
  /** How many have signed the closed board, and how many are needed. */
  readonly have: ComputedRef<number>;
  readonly need: ComputedRef<number>;
  release(share: string): Promise<boolean>;
  /** The scrutineer compared the closed head with the hall screen, aloud. */
  compare(): Promise<boolean>;
}

const OTHERS_WERE_ENOUGH: readonly string[] = ["poll_not_sealed", "decryptions_complete", "decryption_repeated"];

async function unlessOthersWereEnough(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal && OTHERS_WERE_ENOUGH.includes(error.code))) throw error;
  }
}

export function useRelease(
  { view, index, send, tally, cupboard }: BoardMeans,
  poll: () => PollView,
  rebuilt: Readonly<Ref<RebuiltHere | null>>,
  { attempt, busy }: Pick<Attempts<Doing>, "attempt" | "busy">,
): ReleaseWork {
  /** Known to this page only while others are waited for. */
  const share = shallowRef<string | null>(null);
  const compared = ref<string | null>(null);
  const boards = computed(() => view.value.closed_boards[poll().id] ?? {});
  const signed = computed(() => Object.values(boards.value));
  const need = computed(() => signaturesNeeded(view.value.scrutineers.length, view.value.threshold));
  const agreed = computed(() => signed.value.length >= need.value || compared.value !== null);

  async function sign(words: string): Promise<void> {
    const fingerprint = poll().fingerprint ?? "";
    const { uuid } = rebuiltHere();
    const kept = keptSignature(cupboard, uuid, index) ?? boards.value[index] ?? null;
    const raw = await tally.call("signClosedBoard", { fingerprint, share: words, kept });
    keepSignature(cupboard, uuid, index, raw);
    if (boards.value[index] === undefined) {
      await unlessOthersWereEnough(() => send("sign_closed_board", { poll: poll().id, signed: raw }));
    }
  }

  async function decrypt(words: string): Promise<void> {
    const agreement = { signed: signed.value, compared: compared.value };
    const raw = await tally.call("partialDecrypt", { fingerprint: poll().fingerprint ?? "", share: words, agreement });
    const decryption = new TextDecoder().decode(raw);
    await unlessOthersWereEnough(() => send("release_decryption", { poll: poll().id, decryption }));
  }

  function rebuiltHere(): RebuiltHere {
    if (rebuilt.value === null) throw new Refusal("verification_failed");
    return rebuilt.value;
  }

  async function finish(): Promise<boolean> {
    const words = share.value;
    if (words === null || !agreed.value || busy.value) return false;
    share.value = null;
    return attempt("release", () => decrypt(words));
  }
  watch([signed, compared, busy], () => void finish());

  return {
    waiting: computed(() => share.value !== null),
    have: computed(() => signed.value.length),
    need,
    release: async (words) => {
      if (!(await attempt("release", () => sign(words)))) return false;
      share.value = words;
      return agreed.value ? finish() : true;
    },
    compare: () =>
      attempt("compare", async () => {
        const { closedHead } = rebuiltHere();
        await send("compare_closed_head", { poll: poll().id, head: closedHead });
        compared.value = closedHead;
      }),
  };
}
