/** A page for browser tests: votes through the tally worker, and says what came of it. */
import { trackerOf } from "../../tally/ballots/ballot";
import { ready } from "../../tally/groups/sodium";
import { createTallyClient } from "../../tally/worker/client";
import type { StoredCredential } from "../../tally/worker/operations";
import { fromBase64, toBase64 } from "../../tally/bytes";

interface Vote {
  readonly credential: StoredCredential;
  readonly ballot: string;
  readonly tracker: string;
  /** The tracker computed in the page's own thread. */
  readonly ownTracker: string;
  readonly refusal: string;
}

interface Counting {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
  readonly share: string;
  readonly archive: string;
}

interface Counted {
  readonly tally: string;
  readonly decryption: string;
  readonly progress: readonly number[];
  readonly counts: readonly number[];
  /** Why a board is refused whose fourth ballot was changed. */
  readonly refusal: string;
}

declare global {
  interface Window {
    /** Rebuilds and decrypts a board, and verifies its archive; every document is base64. */
    count: (poll: Counting) => Promise<Counted>;
    /** `election`: base64 of the document. */
    vote: (election: string, choices: readonly number[]) => Promise<Vote>;
  }
}

window.vote = async (election, choices) => {
  const client = createTallyClient();
  const raw = fromBase64(election);
  const { group } = await client.call("prepareElection", { election: raw });
  const credential = await client.call("makeCredential", { group });
  const made = await client.call("fillBallot", { election: raw, credential, answers: [choices] });
  const refusal = await client.call("verifyArchive", { data: made.raw }).then(
    () => "",
    (error: unknown) => String(error),
  );
  client.close();
  await ready();
  return { credential, ballot: toBase64(made.raw), tracker: made.tracker, ownTracker: trackerOf(made.raw), refusal };
};

window.count = async (poll) => {
  const client = createTallyClient();
  const [election, trustees, credentials] = [poll.election, poll.trustees, poll.credentials].map(fromBase64) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const ballots = poll.ballots.map(fromBase64);
  const progress: number[] = [];
  const request = { election, trustees, credentials, ballots };
  const board = await client.call("verifyBoard", request, ({ done }) => progress.push(done));
  const { fingerprint, closedHead } = board;
  await client.call("signClosedBoard", { fingerprint, share: poll.share, kept: null });
  const agreement = { signed: [], compared: closedHead };
  const decryption = await client.call("partialDecrypt", { fingerprint, share: poll.share, agreement });
  const { counts } = await client.call("verifyArchive", { data: fromBase64(poll.archive) });
  const forged = ballots.map((raw, i) => (i === 3 ? withWrongProof(raw) : raw));
  const refusal = await client.call("verifyBoard", { ...request, ballots: forged }).then(
    () => "",
    (error: unknown) => String(error),
  );
  client.close();
  return { tally: toBase64(board.encryptedTally), decryption: toBase64(decryption), progress, counts, refusal };
};

function withWrongProof(raw: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(raw);
  return new TextEncoder().encode(text.replace(/"overall_proof":\[\{"challenge":"\d+"/, '"overall_proof":[{"challenge":"1"'));
}
