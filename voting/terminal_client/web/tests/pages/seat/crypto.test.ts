import { expect, it } from "vitest";

import { seatCrypto } from "@/pages/seat/crypto";
import { questionsOf } from "@/poll/ballot/questions";
import type { TallyClient } from "@/tally/worker/client";
import { projects } from "../../fixtures/hall";
import { receipt } from "../../fixtures/seat";

const poll = projects("open");
const setup = { election: "e", trustees: "t", credentials: "c", fingerprint: poll.fingerprint ?? "" };

/** A worker that has checked the frozen documents and found this key in them. */
function worker(publicKey: string, recorded: boolean, serverKey: string | null = "server"): TallyClient {
  const found = {
    uuid: poll.election_uuid,
    questions: questionsOf(poll),
    lastCounts: false,
    registered: true,
    fingerprint: poll.fingerprint,
    publicKey,
    recorded,
    serverKey,
  };
  return { call: () => Promise.resolve(found), close: () => undefined } as unknown as TallyClient;
}

it("votes with the key of the ceremony alone, as it was pinned here", async () => {
  const check = (publicKey: string, pinned: string | null) =>
    seatCrypto(worker(publicKey, false)).checkSetup(setup, poll, "mine", { key: pinned, serverKey: "server" });
  await expect(check("ours", "ours")).resolves.toBeUndefined();
  await expect(check("theirs", "ours")).rejects.toMatchObject({ code: "key_mismatch" });
  await expect(check("theirs", null)).rejects.toMatchObject({ code: "key_mismatch" });
});

it("asks for no key where nothing is encrypted", async () => {
  const named = { ...poll, secrecy: "recorded" as const };
  const check = seatCrypto(worker("", true)).checkSetup(setup, named, "mine", { key: "ours", serverKey: "server" });
  await expect(check).resolves.toBeUndefined();
});

it("votes in no poll, secret or named, that states another key of receipts than was pinned", async () => {
  const pinned = { key: "ours", serverKey: "server" };
  for (const [found, recorded] of [["another", false], ["another", true], [null, false]] as const) {
    const shown = { ...poll, secrecy: recorded ? ("recorded" as const) : ("secret" as const) };
    const check = seatCrypto(worker("ours", recorded, found)).checkSetup(setup, shown, "mine", pinned);
    await expect(check).rejects.toMatchObject({ code: "server_key_mismatch" });
  }
});

it("takes no receipt that is signed with another key than was pinned", async () => {
  const given = { ...receipt, election_uuid: poll.election_uuid ?? "", fingerprint: poll.fingerprint ?? "" };
  const check = (serverKey: string | null) =>
    seatCrypto(worker("", false)).checkReceipt(given, poll, given.tracker, { key: null, serverKey });
  await expect(check(given.server_key)).resolves.toBeUndefined();
  await expect(check("0".repeat(64))).rejects.toMatchObject({ code: "server_key_mismatch" });
  await expect(check(null)).rejects.toMatchObject({ code: "server_key_mismatch" });
});
