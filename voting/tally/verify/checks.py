"""The auditor's verification: numbered checks over the public record alone.

1 archive_format, 2 event_chain, 3 event_grammar, 4 canonical_json, 5 election, 6 trustees,
7 credentials, 8 ballot_form, 9 one_ballot_per_credential, 10 ballot_signature, 11 ballot_proofs,
12 tally_size, 13 encrypted_tally, 19 shuffles, 20 enough_shuffles, 14 partial_decryptions,
15 enough_decryptions, 16 result, 17 result_bounds, 18 receipts. docs/protocol.md says what each means.

One loop runs them in this order; the numbers are names that never change. A check raises; nothing
returns False. A check that the kind of poll leaves nothing to do for is reported as not applicable. A
record in which a check was not reached is not valid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voting.tally.ballots.by_name import NamedVote, named_votes
from voting.tally.board.election import Election
from voting.tally.board.result import Counts, Result, only_counts
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.trustees.document import Trustees
from voting.tally.verify import record as verify_record
from voting.tally.verify import tally as verify_tally
from voting.tally.verify.state import State


@dataclass(frozen=True)
class Check:
    """One numbered check. ``run`` raises TallyError when the record does not satisfy it.

    ``applies`` is asked first; it may use what the earlier checks established.
    """

    number: int
    key: str
    title: str
    run: Callable[[State], None]
    applies: Callable[[State], bool]


class CheckStatus(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class VerifiedRecord:
    """What a record that passed every check says. ``result``: question by question (see ``tally.result``).

    ``n_ballots`` count; ``n_replaced`` were replaced by a later one. ``shufflers`` and ``owners`` are the
    scrutineers who shuffled, in order, and who decrypted. A recorded poll has ``named`` votes and no
    ``trustees``. ``receipts`` is how many receipts were checked.
    """

    election: Election
    trustees: Trustees | None
    n_credentials: int
    n_ballots: int
    n_replaced: int
    result: Result
    named: tuple[NamedVote, ...]
    shufflers: tuple[int, ...]
    owners: tuple[int, ...]
    receipts: int
    fingerprint: str
    head: str
    archive_sha256: str

    @property
    def counts(self) -> Counts:
        """The votes per answer of an election with one homomorphic question. Raises ValueError for any other."""
        return only_counts(self.election, self.result)


def _always(_state: State) -> bool:
    return True


def _secret(state: State) -> bool:
    return not state.election.recorded


def _mixed(state: State) -> bool:
    return bool(state.election.mixed)


_TITLES: tuple[tuple[str, str, Callable[[State], None]], ...] = (
    ("archive_format", "the file is a well-formed record", verify_record.archive_format),
    ("event_chain", "every event names the one before it", verify_record.event_chain),
    ("event_grammar", "the events are complete and in order", verify_record.event_grammar),
    ("canonical_json", "every document has its one canonical spelling", verify_record.canonical_json),
    ("election", "the election is well formed", verify_record.election),
    ("trustees", "the scrutineers' keys are proven and make the election key", verify_record.trustees),
    ("credentials", "the credentials are valid, unique and sorted", verify_record.credentials),
    ("ballot_form", "every ballot belongs to this election and a listed credential", verify_tally.ballot_form),
    ("one_ballot_per_credential", "no credential counts twice", verify_tally.one_ballot_per_credential),
    ("ballot_signature", "every ballot is signed with its credential", verify_tally.ballot_signature),
    ("ballot_proofs", "every ballot is well formed, and proven to be", verify_tally.ballot_proofs),
    ("tally_size", "the announced number of ballots is right", verify_tally.tally_size),
    ("encrypted_tally", "the encrypted sum is that of the ballots", verify_tally.encrypted_tally),
    ("shuffles", "every shuffle is proven to keep what it shuffled", verify_tally.shuffles),
    ("enough_shuffles", "enough scrutineers shuffled", verify_tally.enough_shuffles),
    ("partial_decryptions", "every partial decryption is proven", verify_tally.partial_decryptions),
    ("enough_decryptions", "enough scrutineers decrypted", verify_tally.enough_decryptions),
    ("result", "the result is what the decryptions give", verify_tally.result),
    ("result_bounds", "the counts are possible", verify_tally.result_bounds),
    ("receipts", "every receipt given is honoured", verify_tally.receipts),
)

_LATER_NUMBERS = {"shuffles": 19, "enough_shuffles": 20}
_APPLIES = {
    "tally_size": _secret,
    "encrypted_tally": _secret,
    "shuffles": _mixed,
    "enough_shuffles": _mixed,
    "partial_decryptions": _secret,
    "enough_decryptions": _secret,
}


def _numbered() -> tuple[Check, ...]:
    numbers = iter(range(1, len(_TITLES) + 1))
    return tuple(
        Check(_LATER_NUMBERS.get(key) or next(numbers), key, title, run, _APPLIES.get(key, _always))
        for key, title, run in _TITLES
    )


CHECKS: tuple[Check, ...] = _numbered()
"""In the order in which they run."""


def _ignore(_check: Check, _status: CheckStatus) -> None:
    return None


def verify_archive(
    data: bytes,
    receipts: Sequence[Mapping[str, Any]] = (),
    on_check: Callable[[Check, CheckStatus], None] = _ignore,
) -> VerifiedRecord:
    """Run every check over a record (the bytes of a ``.bel`` file) and the receipts given.

    ``on_check`` is told of each check once: passed, not applicable, failed, or not reached after a failure.
    Raises CheckFailed with the number and key of the first check that fails.
    """
    state = State(data=data, given_receipts=tuple(receipts))
    for place, check in enumerate(CHECKS, 1):
        try:
            applies = check.applies(state)
            if applies:
                check.run(state)
        except TallyError as error:
            on_check(check, CheckStatus.FAILED)
            for later in CHECKS[place:]:
                on_check(later, CheckStatus.NOT_REACHED)
            raise CheckFailed(check.number, check.key, error.detail, error.code) from None
        on_check(check, CheckStatus.PASSED if applies else CheckStatus.NOT_APPLICABLE)
    return _report(state)


def _report(state: State) -> VerifiedRecord:
    counted = state.counted
    return VerifiedRecord(
        election=state.election,
        trustees=state.trustees,
        n_credentials=len(state.credentials),
        n_ballots=len(counted),
        n_replaced=len(state.ballots) - len(counted),
        result=state.result,
        named=named_votes(state.voters, counted) if state.election.recorded else (),
        shufflers=tuple(state.shufflers),
        owners=tuple(sorted(state.decryptions)),
        receipts=len(state.given_receipts),
        fingerprint=state.archive.fingerprint,
        head=state.archive.head,
        archive_sha256=state.archive.sha256,
    )
