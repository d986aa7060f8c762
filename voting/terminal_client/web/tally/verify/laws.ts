/**
 * The stricter laws: checks of a record that claims our format 2, and named where any other record does not keep them.
 * The same names as the Python verifier's.
 */
export const LAWS = ["bound_keys", "credentials_sorted", "statement_proofs", "signed_shuffles"] as const;

export type Law = (typeof LAWS)[number];
