/** Before a poll opens: this terminal makes a signing credential and registers its public half. */
import { watch } from "vue";

import { mayBeSentAgain } from "@/live/refusal";
import { type Desk, useAction } from "./desk";

/** Registers by itself when nothing is registered yet; moving a registration to this terminal takes the person's word. */
export function usePreparing(desk: Desk) {
  const { busy, run } = useAction(desk);
  const { feed, keeping, crypto } = desk;

  async function prepare(): Promise<void> {
    const now = desk.running.value;
    const group = desk.hall.value?.group;
    if (!now || !group) return;
    await run(async () => {
      // An earlier registration may still be on its way: the same credential again is the same registration.
      const earlier = keeping.of(now.uuid).credentials.at(-1);
      const credential = earlier ?? (await crypto.makeCredential(group));
      if (!earlier) keeping.addCredential(now.uuid, credential);
      desk.reload(now.uuid);
      await feed.request("register_credential", { poll: now.poll.id, credential: credential.public });
    });
    if (desk.refusal.value && mayBeSentAgain(desk.refusal.value)) desk.later(() => unregistered() && void prepare());
  }

  const unregistered = (): boolean =>
    desk.stage.value.kind === "prepare" && desk.running.value?.mine.credential === null;
  watch(unregistered, (needed) => needed && void prepare(), { immediate: true });
  feed.onOnline(() => unregistered() && void prepare());

  return { preparing: busy, prepare };
}
