/** Asks what a draft would look like after each pause in typing; an answer that is no longer wanted is dropped. */
import { Refusal } from "@/live/refusal";
import type { PollDraft, PollView } from "@/live/wire.gen";

export const PAUSE_MS = 350;

/** waiting: the draft has changed since. */
export interface Preview {
  readonly view: PollView | null;
  readonly refusal: Refusal | null;
  readonly waiting: boolean;
}

export const NO_PREVIEW: Preview = { view: null, refusal: null, waiting: false };

interface Previewer {
  /** Look at this draft after the pause; null: at none. The same draft again changes nothing. */
  wish(draft: PollDraft | null): void;
  stop(): void;
}

type Look = (draft: PollDraft) => Promise<PollView | null>;

export function previewer(look: Look, show: (preview: Preview) => void, pauseMs = PAUSE_MS): Previewer {
  let wanted = "";
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = NO_PREVIEW;

  function set(preview: Preview): void {
    shown = preview;
    show(preview);
  }

  async function ask(draft: PollDraft, turn: number): Promise<void> {
    try {
      const view = await look(draft);
      if (turn === latest) set({ view, refusal: null, waiting: false });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (turn === latest) set({ view: shown.view, refusal: error, waiting: false });
    }
  }

  function wish(draft: PollDraft | null): void {
    const text = JSON.stringify(draft);
    if (text === wanted) return;
    wanted = text;
    latest += 1;
    clearTimeout(timer);
    if (draft === null) return set(NO_PREVIEW);
    const turn = latest;
    set({ ...shown, waiting: true });
    timer = setTimeout(() => void ask(draft, turn), pauseMs);
  }

  return {
    wish,
    stop: () => {
      latest += 1;
      clearTimeout(timer);
    },
  };
}
