/**
 * The numbered checks of a record, in the order in which they run: the same numbers and keys as the Python
 * verifier's; docs/protocol.md explains them. A number is a name that never changes.
 */
export const CHECKS = [
  { number: 1, key: "archive_format", title: "The file is an archive in the one allowed form, and every name is the hash of its content" },
  { number: 2, key: "event_chain", title: "Every event names the event before it, and the heights are 0, 1, 2 and so on" },
  {
    number: 3,
    key: "event_grammar",
    title: "The events are complete and in order, and every document stands before the event that names it",
  },
  { number: 4, key: "canonical_json", title: "Every document is written in the one canonical way" },
  { number: 5, key: "election", title: "The questions, the group and the public key are sound" },
  { number: 6, key: "trustees", title: "The scrutineers' certificates, shares and keys are proven, and make the public key of the poll" },
  { number: 7, key: "credentials", title: "The credentials are valid, sorted, and none appears twice" },
  { number: 8, key: "ballot_form", title: "Every ballot belongs to this poll and to a registered credential, and is well formed" },
  { number: 9, key: "one_ballot_per_credential", title: "No credential counts twice" },
  { number: 10, key: "ballot_signature", title: "Every ballot is signed by its credential" },
  { number: 11, key: "ballot_proofs", title: "Every ballot is well formed, and proven to be" },
  { number: 12, key: "tally_size", title: "The number of counted ballots is the number of ballots" },
  { number: 13, key: "encrypted_tally", title: "The encrypted sum is the sum of these ballots" },
  { number: 19, key: "shuffles", title: "Every shuffle is proven to keep what it shuffled" },
  { number: 20, key: "enough_shuffles", title: "Enough scrutineers shuffled" },
  { number: 14, key: "partial_decryptions", title: "Every partial decryption is proven and belongs to one scrutineer" },
  { number: 15, key: "enough_decryptions", title: "Enough scrutineers took part" },
  { number: 16, key: "result", title: "The result is what the decryptions give" },
  { number: 17, key: "result_bounds", title: "The result is possible for this number of ballots" },
  { number: 18, key: "receipts", title: "Every receipt that was given stands on the board" },
] as const;

export type CheckKey = (typeof CHECKS)[number]["key"];

export interface Check {
  readonly number: number;
  readonly key: CheckKey;
  readonly title: string;
}
