"""Refusals of the tally protocol: a closed list of codes, each with its wire name."""

from enum import StrEnum


class TallyCode(StrEnum):
    """Why something was refused. The value is the wire name; the list is closed."""

    DOCUMENT_MALFORMED = "document_malformed"
    DOCUMENT_NOT_CANONICAL = "document_not_canonical"
    GROUP_UNKNOWN = "group_unknown"
    NOT_IN_GROUP = "not_in_group"
    SCALAR_MALFORMED = "scalar_malformed"
    ELECTION_INVALID = "election_invalid"
    BALLOT_TOO_LARGE = "ballot_too_large"
    BALLOT_MALFORMED = "ballot_malformed"
    BALLOT_NOT_CANONICAL = "ballot_not_canonical"
    BALLOT_WRONG_ELECTION = "ballot_wrong_election"
    CREDENTIAL_MALFORMED = "credential_malformed"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    SIGNATURE_INVALID = "signature_invalid"
    PROOF_INVALID = "proof_invalid"
    TRUSTEE_MESSAGE_INVALID = "trustee_message_invalid"
    SHARE_INVALID = "share_invalid"
    TRUSTEES_INVALID = "trustees_invalid"
    TALLY_INVALID = "tally_invalid"
    SHUFFLE_INVALID = "shuffle_invalid"
    SHUFFLES_MISSING = "shuffles_missing"
    DECRYPTION_INVALID = "decryption_invalid"
    DECRYPTIONS_MISSING = "decryptions_missing"
    BOARD_DISPUTED = "board_disputed"
    AGREEMENT_MISSING = "agreement_missing"
    RESULT_INVALID = "result_invalid"
    PAPER_MALFORMED = "paper_malformed"
    RECEIPT_INVALID = "receipt_invalid"
    ARCHIVE_INVALID = "archive_invalid"


class TallyError(Exception):
    """Something received does not satisfy the protocol. Expected; shown to a person.

    ``code`` says which law was broken; ``detail`` is an English sentence for the log and the auditor.
    """

    def __init__(self, code: TallyCode, detail: str) -> None:
        super().__init__(f"{code.value}: {detail}")
        self.code = code
        self.detail = detail


class CheckFailed(TallyError):
    """A numbered check of the verifier failed; ``number`` and ``key`` are those of docs/protocol.md."""

    def __init__(self, number: int, key: str, detail: str, code: TallyCode = TallyCode.ARCHIVE_INVALID) -> None:
        super().__init__(code, detail)
        self.number = number
        self.key = key

    def __str__(self) -> str:
        return f"check {self.number} ({self.key}): {self.detail}"
