/** A page for browser tests: votes through the tally worker, and says what came of it. */
import { createTallyClient, ready, trackerOf, type StoredCredential } from "../../shared/tally";
import { fromBase64, toBase64 } from "../../shared/tally/bytes";

interface Vote {
  readonly credential: StoredCredential;
  readonly ballot: string;
  readonly tracker: string;
  /** The tracker computed in the page's own thread. */
  readonly ownTracker: string;
  readonly refusal: string;
}

declare global {
  interface Window {
    /** `election`: base64 of the document. */
    vote: (election: string, choices: readonly number[]) => Promise<Vote>;
  }
}

window.vote = async (election, choices) => {
  const client = createTallyClient();
  const raw = fromBase64(election);
  const { group } = await client.call("prepareElection", { election: raw });
  const credential = await client.call("makeCredential", { group });
  const made = await client.call("makeBallot", { election: raw, credential, choices });
  const refusal = await client.call("verifyArchive", { data: made.raw }).then(
    () => "",
    (error: unknown) => String(error),
  );
  client.close();
  await ready();
  return { credential, ballot: toBase64(made.raw), tracker: made.tracker, ownTracker: trackerOf(made.raw), refusal };
};
