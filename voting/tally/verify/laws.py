"""The stricter laws: checks of a record that claims our format 2, and named where any other record does not keep them.

An election made elsewhere by the published format can so be verified too. What such a record says is valid by the
published format only, and every law that it lacks is stated with it; see docs/protocol.md.
"""

from enum import StrEnum


class Law(StrEnum):
    """A law beyond the published format. The value is its name in reports; the list is closed."""

    BOUND_KEYS = "bound_keys"
    CREDENTIALS_SORTED = "credentials_sorted"
    STATEMENT_PROOFS = "statement_proofs"
    SIGNED_SHUFFLES = "signed_shuffles"


LAW_TITLES = {
    Law.BOUND_KEYS: "the scrutineers did not sign for which ceremony their keys are",
    Law.CREDENTIALS_SORTED: "the credentials are not sorted, so that their order may tell whose they are",
    Law.STATEMENT_PROOFS: "the decryptions do not prove their whole statement",
    Law.SIGNED_SHUFFLES: "the shuffles are not signed by those in whose names they stand",
}
"""What a record that lacks the law is said to be."""
