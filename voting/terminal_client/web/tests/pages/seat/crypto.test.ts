import { expect, it } from "vitest";

import { seatCrypto } from "@/pages/seat/crypto";
import { questionsOf } from "@/poll/ballot/questions";
import type { TallyClient } from "@/tally/worker/client";
import { projects } from "../../fixtures/hall";

const poll = projects("open");
const setup = { election: "e", trustees: "t", credentials: "c", fingerprint: poll.fingerprint ?? "" };

/** A worker that has checked the frozen documents and found this key in them. */
function worker(publicKey: string, recorded: boolean): TallyClient {
  const found = {
    uuid: poll.election_uuid,
    questions: questionsOf(poll),
    lastCounts: false,
    registered: true,
    fingerprint: poll.fingerprint,
    publicKey,
    recorded,
  };
  return { call: () => Promise.resolve(found), close: () => undefined } as unknown as TallyClient;
}

it("votes with the key of the ceremony alone, as it was pinned here", async () => {
  const check = (publicKey: string, pinned: string | null) =>
    seatCrypto(worker(publicKey, false)).checkSetup(setup, poll, "mine", pinned);
  await expect(check("ours", "ours")).resolves.toBeUndefined();
  await expect(check("theirs", "ours")).rejects.toMatchObject({ code: "key_mismatch" });
  await expect(check("theirs", null)).rejects.toMatchObject({ code: "key_mismatch" });
});

it("asks for no key where nothing is encrypted", async () => {
  const named = { ...poll, secrecy: "recorded" as const };
  await expect(seatCrypto(worker("", true)).checkSetup(setup, named, "mine", "ours")).resolves.toBeUndefined();
});
