/**
 * The numbered checks of a record, in the order in which they run: the same numbers and keys as the Python
 * verifier's; docs/protocol.md explains them. A number is a name that never changes.
 */
export interface Check {
  readonly number: number;
  readonly key: CheckKey;
  readonly title: string;
}

const TITLES = {
  archive_format: "The file is an archive in the one allowed form, and every name is the hash of its content",
  event_chain: "Every event names the event before it, and the heights are 0, 1, 2 and so on",
  event_grammar: "The events are complete and in order, and every document stands before the event that names it",
  canonical_json: "Every document is written in the one canonical way",
  election: "The questions, the group and the public key are sound",
  trustees: "The scrutineers' certificates, shares and keys are proven, and make the public key of the poll",
  credentials: "The credentials are valid, sorted, and none appears twice",
  ballot_form: "Every ballot belongs to this poll and to a registered credential, and is well formed",
  one_ballot_per_credential: "No credential counts twice",
  ballot_signature: "Every ballot is signed by its credential",
  ballot_proofs: "Every ballot is well formed, and proven to be",
  tally_size: "The number of counted ballots is the number of ballots",
  encrypted_tally: "The encrypted sum is the sum of these ballots",
  shuffles: "Every shuffle is proven to keep what it shuffled",
  enough_shuffles: "Enough scrutineers shuffled",
  partial_decryptions: "Every partial decryption is proven and belongs to one scrutineer",
  enough_decryptions: "Enough scrutineers took part",
  result: "The result is what the decryptions give",
  result_bounds: "The result is possible for this number of ballots",
  receipts: "Every receipt that was given stands on the board",
} as const;

export type CheckKey = keyof typeof TITLES;

/** The checks that came later; the others are numbered in order. */
const LATER: Readonly<Partial<Record<CheckKey, number>>> = { shuffles: 19, enough_shuffles: 20 };

function numbered(): Check[] {
  let last = 0;
  return Object.entries(TITLES).map(([text, title]) => {
    const key = text as CheckKey;
    return { number: LATER[key] ?? ++last, key, title };
  });
}

export const CHECKS: readonly Check[] = numbered();
