"""The auditor's verification: eighteen numbered checks over the public record alone.

1 archive_format, 2 event_chain, 3 event_grammar, 4 canonical_json, 5 election, 6 trustees,
7 credentials, 8 ballot_form, 9 one_ballot_per_credential, 10 ballot_signature, 11 ballot_proofs,
12 tally_size, 13 encrypted_tally, 14 partial_decryptions, 15 enough_decryptions, 16 result,
17 result_bounds, 18 receipts. docs/protocol.md says what each one means.

One loop runs them in order. A check raises; nothing returns False. A record in which a check was
not reached is not valid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voting.tally import verify_record, verify_tally
from voting.tally.election import Election
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.trustees import Trustees
from voting.tally.verify_state import State


@dataclass(frozen=True)
class Check:
    """One numbered check. ``run`` raises TallyError when the record does not satisfy it."""

    number: int
    key: str
    title: str
    run: Callable[[State], None]


class CheckStatus(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class VerifiedRecord:
    """What a record that passed every check says. ``counts``: votes per answer, in the question's order.

    ``owners`` are the scrutineers who decrypted; ``receipts`` is how many receipts were checked.
    """

    election: Election
    trustees: Trustees
    n_credentials: int
    n_ballots: int
    counts: tuple[int, ...]
    owners: tuple[int, ...]
    receipts: int
    fingerprint: str
    head: str
    archive_sha256: str


_TITLES: tuple[tuple[str, str, Callable[[State], None]], ...] = (
    ("archive_format", "the file is a well-formed record", verify_record.archive_format),
    ("event_chain", "every event names the one before it", verify_record.event_chain),
    ("event_grammar", "the events are complete and in order", verify_record.event_grammar),
    ("canonical_json", "every document has its one canonical spelling", verify_record.canonical_json),
    ("election", "the election is well formed", verify_record.election),
    ("trustees", "the scrutineers' keys are proven and make the election key", verify_record.trustees),
    ("credentials", "the credentials are valid, unique and sorted", verify_record.credentials),
    ("ballot_form", "every ballot belongs to this election and a listed credential", verify_tally.ballot_form),
    ("one_ballot_per_credential", "no credential voted twice", verify_tally.one_ballot_per_credential),
    ("ballot_signature", "every ballot is signed with its credential", verify_tally.ballot_signature),
    ("ballot_proofs", "every ballot is proven to be well formed", verify_tally.ballot_proofs),
    ("tally_size", "the announced number of ballots is right", verify_tally.tally_size),
    ("encrypted_tally", "the encrypted sum is that of the ballots", verify_tally.encrypted_tally),
    ("partial_decryptions", "every partial decryption is proven", verify_tally.partial_decryptions),
    ("enough_decryptions", "enough scrutineers decrypted", verify_tally.enough_decryptions),
    ("result", "the result is what the decryptions give", verify_tally.result),
    ("result_bounds", "the counts are possible", verify_tally.result_bounds),
    ("receipts", "every receipt given is honoured", verify_tally.receipts),
)

CHECKS: tuple[Check, ...] = tuple(Check(number, key, title, run) for number, (key, title, run) in enumerate(_TITLES, 1))


def _ignore(_check: Check, _status: CheckStatus) -> None:
    return None


def verify_archive(
    data: bytes,
    receipts: Sequence[Mapping[str, Any]] = (),
    on_check: Callable[[Check, CheckStatus], None] = _ignore,
) -> VerifiedRecord:
    """Run every check over a record (the bytes of a ``.bel`` file) and the receipts given.

    ``on_check`` is told of each check once: passed, failed, or not reached after a failure.
    Raises CheckFailed with the number and key of the first check that fails.
    """
    state = State(data=data, given_receipts=tuple(receipts))
    for check in CHECKS:
        try:
            check.run(state)
        except TallyError as error:
            on_check(check, CheckStatus.FAILED)
            for later in CHECKS[check.number :]:
                on_check(later, CheckStatus.NOT_REACHED)
            raise CheckFailed(check.number, check.key, error.detail, error.code) from None
        on_check(check, CheckStatus.PASSED)
    return _report(state)


def _report(state: State) -> VerifiedRecord:
    return VerifiedRecord(
        election=state.election,
        trustees=state.trustees,
        n_credentials=len(state.credentials),
        n_ballots=len(state.ballots),
        counts=state.counts,
        owners=tuple(sorted(state.decryptions)),
        receipts=len(state.given_receipts),
        fingerprint=state.archive.fingerprint,
        head=state.archive.head,
        archive_sha256=state.archive.sha256,
    )
