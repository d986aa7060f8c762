/** From the opened poll to the stored ballot: check what was frozen, encrypt, keep, send until the server has it. */
import { watch } from "vue";

import { mayBeSentAgain, Refusal, showRefusal } from "@/live/refusal";
import type { PollSetup } from "@/live/wire.gen";
import type { Marks } from "@/poll/ballot/choice";
import { answersOf } from "@/poll/ballot/questions";
import type { PendingBallot } from "../keeping";
import { type Desk, type Running, useAction } from "./desk";

interface Frozen {
  uuid: string;
  documents: PollSetup;
}

const MISMATCHES: readonly Refusal["code"][] = ["setup_mismatch", "key_mismatch", "server_key_mismatch"];

export function useCasting(desk: Desk) {
  const { busy, run } = useAction(desk);
  const { keeping, crypto } = desk;
  let frozen: Frozen | null = null;
  useSetupCheck(desk, (checked) => (frozen = checked));
  const send = useSending(desk);

  /** Encrypts the confirmed choice, keeps the ballot, and sends it. */
  async function cast(marks: Marks): Promise<void> {
    const now = desk.running.value;
    if (!now || frozen?.uuid !== now.uuid) return;
    const { documents } = frozen;
    desk.encrypting.value = true;
    await run(async () => {
      const credential = keeping.of(now.uuid).credentials.find((one) => one.public === now.mine.credential);
      if (!credential) throw new Refusal("credential_missing");
      const made = await crypto.makeBallot(documents, credential, answersOf(now.poll, marks));
      keeping.setPending(now.uuid, { ...made, stored: false });
      desk.reload(now.uuid);
    }).finally(() => (desk.encrypting.value = false));
    await send();
  }

  /** Another ballot instead of the one on the board, where the last one counts; that one stands until then. */
  function voteAgain(): void {
    desk.refusal.value = null;
    desk.replacing.value = desk.running.value?.mine.receipt?.tracker ?? null;
  }

  /** The ballot on the board is to stand after all. */
  function keepBallot(): void {
    desk.replacing.value = null;
  }

  return { casting: busy, cast, voteAgain, keepBallot };
}

/** The terminal's own check of what was frozen at opening; without it no choice can be made. */
function useSetupCheck(desk: Desk, passed: (frozen: Frozen) => void): void {
  async function check({ poll, uuid, mine }: Running): Promise<void> {
    const documents = await desk.fetchSetup(poll.id);
    await desk.crypto.checkSetup(documents, poll, mine.credential ?? "", desk.pinned.value);
    if (desk.running.value?.uuid !== uuid) return;
    passed({ uuid, documents });
    desk.refusal.value = null;
    desk.setup.value = "passed";
  }

  function refused(reason: Refusal): void {
    desk.show(reason);
    if (MISMATCHES.includes(reason.code)) desk.setup.value = "failed";
    else desk.later(start);
  }

  function start(): void {
    const now = desk.running.value;
    if (!now || desk.stage.value.kind !== "checking") return;
    void check(now).catch((error: unknown) => showRefusal(error, refused));
  }

  watch(() => desk.stage.value.kind, start, { immediate: true });
}

/** Sends the ballot on its way, always the same bytes; the server answers a repetition with the same receipt. */
function useSending(desk: Desk): () => Promise<void> {
  const { feed, keeping } = desk;
  let sending = false;

  async function send(): Promise<void> {
    const now = desk.running.value;
    const pending = now && keeping.of(now.uuid).pending;
    if (!pending || sending || arrived(now, pending) || feed.connection.value !== "online") return;
    sending = true;
    await feed
      .request("cast", { poll: now.poll.id, ballot: pending.ballot })
      .then(() => markStored(now.uuid, pending.tracker))
      .catch((error: unknown) => showRefusal(error, (reason) => refused(now.uuid, reason)))
      .finally(() => (sending = false));
    desk.reload(now.uuid);
  }

  /** The receipt may have come first: then nothing is on its way any more. */
  function markStored(uuid: string, tracker: string): void {
    const { pending } = keeping.of(uuid);
    if (pending?.tracker === tracker) keeping.setPending(uuid, { ...pending, stored: true });
  }

  function refused(uuid: string, reason: Refusal): void {
    if (mayBeSentAgain(reason)) return desk.later(send);
    keeping.setPending(uuid, null);
    desk.show(reason);
  }

  feed.onOnline(() => void send());
  watch(() => desk.stage.value.kind, (kind) => kind === "casting" && void send(), { immediate: true });
  watch(() => desk.running.value?.mine, (own) => own?.rejected && dropRejected(desk), { immediate: true });
  return send;
}

/** Whether a ballot needs no sending any more: its receipt is there, or another one's where only the first counts. */
function arrived({ poll, mine: { receipt } }: Running, { tracker }: PendingBallot): boolean {
  return receipt !== null && (receipt.tracker === tracker || !poll.last_press_counts);
}

/** A ballot that was stored and then failed verification is off its way: the delegate may vote again. */
function dropRejected({ running, keeping, reload }: Desk): void {
  const now = running.value;
  const pending = now && keeping.of(now.uuid).pending;
  if (!now || !pending?.stored || now.mine.stored || arrived(now, pending)) return;
  keeping.setPending(now.uuid, null);
  reload(now.uuid);
}
