/** The ceremony as this terminal carries it out: makes each round's share in the worker, seals, keeps, posts. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";

import { saveFile } from "@/live/download";
import type { Terminal } from "../context";
import { stageOf, type Kept, type Round, type Stage } from "./ceremony";
import { backupName, placeOf, readKept, writeKept, type Bundle } from "../keeping";
import { firstShare, keptFromBackup, nextShare, openSealed, problemOf, sealBundle, type Problem } from "../shares";

export interface Ceremony {
  readonly stage: ComputedRef<Stage>;
  readonly kept: ShallowRef<Kept | null>;
  readonly busy: Ref<boolean>;
  readonly problem: ShallowRef<Problem | null>;
  /** Whether the passphrase is still known to this page (never stored; forgotten when the page closes or all is done). */
  readonly unlocked: Ref<boolean>;
  begin(passphrase: string): Promise<void>;
  saveBackup(): void;
  post(): Promise<void>;
  advance(round: Round, passphrase: string | null): Promise<void>;
  restore(file: string, passphrase: string): Promise<void>;
  /** The share's JSON for a decryption; null (and a problem) when the passphrase is wrong. */
  open(passphrase: string): Promise<string | null>;
  /** The fingerprint of a round's messages, for reading aloud. */
  fingerprintOf(messages: readonly unknown[]): Promise<string>;
}

/** Call once per logged-in scrutineer. */
export function useCeremony(terminal: Pick<Terminal, "view" | "index" | "ask" | "tally" | "cupboard">): Ceremony {
  const { view, index, ask, tally, cupboard } = terminal;
  const place = placeOf(view.value.hall.titles, index);
  const kept = shallowRef<Kept | null>(readKept(cupboard, place));
  const unlocked = ref(false);
  const stage = computed(() => stageOf(view.value, index, kept.value));
  const { busy, problem, guarded } = guard();
  let secret: string | null = null;

  function remember(passphrase: string | null): void {
    secret = passphrase;
    unlocked.value = passphrase !== null;
  }

  function keep(next: Kept): void {
    writeKept(cupboard, place, next);
    kept.value = next;
  }

  async function sealAndKeep(bundle: Bundle, passphrase: string): Promise<void> {
    keep(await sealBundle(tally, view.value, bundle, passphrase));
    remember(passphrase);
  }

  const openKept = (passphrase: string): Promise<Bundle> => openSealed(tally, kept.value?.sealed ?? "", passphrase);

  async function advanceWith(round: Round, passphrase: string): Promise<void> {
    const last = await openKept(passphrase);
    await sealAndKeep(await nextShare(tally, view.value, round, last), passphrase);
  }

  async function restoreFrom(file: string, passphrase: string): Promise<void> {
    keep(await keptFromBackup(tally, index, file, passphrase));
    remember(passphrase);
  }

  function saveBackup(): void {
    const current = kept.value;
    if (current === null) return;
    saveFile(backupName(current.index, current.round), current.sealed, "application/json");
    keep({ ...current, backedUp: true });
  }

  async function post(): Promise<void> {
    const current = kept.value;
    if (current !== null) await ask("post_ceremony", { round: current.round, message: current.message });
  }

  // Another tab of the same scrutineer may have made the share: look again whenever the server tells news.
  watch(
    () => view.value.messages,
    () => (kept.value = readKept(cupboard, place) ?? kept.value),
    { flush: "sync" },
  );
  watch(stage, ({ kind }) => kind === "complete" && remember(null));

  return {
    stage,
    kept,
    busy,
    problem,
    unlocked,
    saveBackup,
    post,
    begin: (words) => guarded(async () => sealAndKeep(await firstShare(tally, view.value, index), words)).then(nothing),
    advance: (round, words) => guarded(() => advanceWith(round, words ?? secret ?? "")).then(nothing),
    restore: (file, words) => guarded(() => restoreFrom(file, words)).then(nothing),
    open: (words) => guarded(async () => (await openKept(words)).share),
    fingerprintOf: (messages) => tally.call("ceremonyFingerprint", { messages }),
  };
}

const nothing = (): void => undefined;

/** Runs work one at a time under `busy`; an expected failure becomes `problem` and null. */
function guard() {
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  async function guarded<Result>(work: () => Promise<Result>): Promise<Result | null> {
    busy.value = true;
    problem.value = null;
    try {
      return await work();
    } catch (error) {
      problem.value = problemOf(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, guarded };
}
