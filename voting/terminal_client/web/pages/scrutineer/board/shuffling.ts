/** Where a shuffled poll stands for one scrutineer, and the shuffle itself, over and over until it counts or is not needed. */
import { Refusal } from "@/live/refusal";
import type { Send } from "@/live/page_session";
import type { TallyClient } from "@/tally/worker/client";
import type { PollView } from "@/live/wire.gen";

/** shuffle: it is this scrutineer's to do; wait: others are still needed; open: the ballots may be decrypted. */
export type Phase = "shuffle" | "wait" | "open";

/** How far the shuffles are, see Progress. */
interface Shuffles {
  readonly shuffles: readonly number[];
  readonly needed: number;
}

export function phaseOf({ shuffled }: Pick<PollView, "shuffled">, { shuffles, needed }: Shuffles, index: number): Phase {
  if (!shuffled || shuffles.length >= needed) return "open";
  return shuffles.includes(index) ? "wait" : "shuffle";
}

interface ShuffleContext {
  readonly poll: string;
  readonly fingerprint: string;
  /** This scrutineer's share, whose key signs the shuffle. */
  readonly share: string;
  readonly tally: TallyClient;
  readonly send: Send;
  /** Fetches the board and checks the shuffles on it; resolves with who made them. */
  readonly take: () => Promise<readonly number[]>;
  /** Called with the hash of each shuffle that was made, before it is sent. */
  readonly remember: (hash: string) => void;
  /** Whether these scrutineers' shuffles leave this one to be made. */
  readonly wanted: (shufflers: readonly number[]) => boolean;
  /** Another scrutineer was faster; it is done anew on what they left. */
  readonly onOvertaken: () => void;
}

const OVERTAKEN: readonly string[] = ["shuffle_overtaken", "shuffles_complete", "shuffle_repeated"];

/** Shuffles what the board holds now and posts it. Throws what sending and taking throw. */
export async function shuffleUntilTaken(context: ShuffleContext): Promise<void> {
  let shufflers = await context.take();
  while (context.wanted(shufflers)) {
    const refusal = await post(context, shufflers.length);
    const before = shufflers.length;
    shufflers = await context.take();
    if (refusal === null) return;
    if (context.wanted(shufflers) && shufflers.length === before) throw refusal;
    context.onOvertaken();
  }
}

/** The refusal that says that the board has moved on; null when the shuffle was taken. */
async function post(context: ShuffleContext, position: number): Promise<Refusal | null> {
  const { poll, fingerprint, share, tally, send, remember } = context;
  const { owned, raw, hash } = await tally.call("makeShuffle", { fingerprint, share });
  const [shuffle, signed] = [new TextDecoder().decode(raw), new TextDecoder().decode(owned)];
  remember(hash);
  try {
    await send("post_shuffle", { poll, position, shuffle, owned: signed });
    return null;
  } catch (error) {
    if (error instanceof Refusal && OVERTAKEN.includes(error.code)) return error;
    throw error;
  }
}
