/** The verifier's page; `full` offers a real archive for download, so that it can be dropped on the page. */
import { h, type VNode } from "vue";

import { ready } from "@/tally/groups/sodium";
import App from "@/pages/verifier/App.vue";
import { count, holdCeremony, openPoll, plan, TIMESTAMP, vote } from "../tally/samples";
import { namedElection, shuffledRanking } from "../fixtures/records";

/** A real archive with 40 ballots. */
async function withArchive(): Promise<() => VNode[]> {
  await ready();
  const poll = openPoll(holdCeremony(plan("Ed25519", 3, 2)), 42);
  const board = vote(poll, Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? 1 : i % 11 === 0 ? 2 : 0)));
  count(poll, board, [1, 3]);
  return offering(board.toArchive(TIMESTAMP));
}

/** The page, and the archive as base64 on the window for whoever drives the browser. */
function offering(bytes: Uint8Array): () => VNode[] {
  Object.assign(window, { sampleArchive: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) });
  return () => [h(App)];
}

/** Records whose ballots are read one by one. */
async function made(make: () => Uint8Array): Promise<() => VNode[]> {
  await ready();
  return offering(make());
}

export const verifierScenes: Record<string, () => VNode[] | Promise<() => VNode[]>> = {
  empty: () => [h(App)],
  full: withArchive,
  named: () => made(namedElection),
  ranking: () => made(shuffledRanking),
};
