"""The auditor's verification: numbered checks over the public record alone.

docs/protocol.md says what each means. One loop runs them in the order of CHECKS; the numbers are names
that never change. A check raises; nothing returns False. A check that the kind of poll leaves nothing to
do for is reported as not applicable. A record in which a check was not reached is not valid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voting.tally.ballots.by_name import NamedVote, named_votes
from voting.tally.board.election import Election
from voting.tally.board.result import Counts, Result, only_counts
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.json_form import sha256_hex
from voting.tally.trustees.document import Trustees
from voting.tally.verify import record, tally
from voting.tally.verify.laws import Law
from voting.tally.verify.state import State


def _always(_state: State) -> bool:
    return True


@dataclass(frozen=True)
class NumberedCheck:
    """What reports name a check by. A number is a name that never changes."""

    number: int
    key: str
    title: str


@dataclass(frozen=True)
class Check(NumberedCheck):
    """One check of the record. ``run`` raises TallyError when the record does not satisfy it.

    ``applies`` is asked first; it may use what the earlier checks established.
    """

    run: Callable[[State], None]
    applies: Callable[[State], bool] = _always


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
    ``trustees``. ``receipts`` is how many receipts were checked. ``lacking`` are the stricter laws that a record
    which does not claim our format 2 does not keep: it is then valid by the published format only.
    ``credentials_sha256``: of the archived list (hex).
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
    credentials_sha256: str
    fingerprint: str
    head: str
    archive_sha256: str
    lacking: tuple[Law, ...]

    @property
    def counts(self) -> Counts:
        """The votes per answer of an election with one homomorphic question. Raises ValueError for any other."""
        return only_counts(self.election, self.result)


def _secret(state: State) -> bool:
    return not state.election.recorded


def _given(state: State) -> bool:
    return bool(state.given_receipts)


def _mixed(state: State) -> bool:
    return bool(state.election.mixed)


CHECKS: tuple[Check, ...] = (
    Check(1, "archive_format", "the file is a well-formed record", record.archive_format),
    Check(2, "event_chain", "every event names the one before it", record.event_chain),
    Check(3, "event_grammar", "the events are complete and in order", record.event_grammar),
    Check(4, "canonical_json", "every document has its one canonical spelling", record.canonical_json),
    Check(5, "election", "the election is well formed", record.election),
    Check(6, "trustees", "the scrutineers' keys are proven and make the election key", record.trustees),
    Check(7, "credentials", "the credentials are valid, unique and sorted", record.credentials),
    Check(8, "ballot_form", "every ballot belongs to this election and a listed credential", tally.ballot_form),
    Check(9, "one_ballot_per_credential", "no credential counts twice", tally.one_ballot_per_credential),
    Check(10, "ballot_signature", "every ballot is signed with its credential", tally.ballot_signature),
    Check(11, "ballot_proofs", "every ballot is well formed, and proven to be", tally.ballot_proofs),
    Check(12, "tally_size", "the announced number of ballots is right", tally.tally_size, _secret),
    Check(13, "encrypted_tally", "the encrypted sum is that of the ballots", tally.encrypted_tally, _secret),
    Check(19, "shuffles", "every shuffle is proven to keep what it shuffled", tally.shuffles, _mixed),
    Check(20, "enough_shuffles", "enough scrutineers shuffled", tally.enough_shuffles, _mixed),
    Check(14, "partial_decryptions", "every partial decryption is proven", tally.partial_decryptions, _secret),
    Check(15, "enough_decryptions", "enough scrutineers decrypted", tally.enough_decryptions, _secret),
    Check(16, "result", "the result is what the decryptions give", tally.result),
    Check(17, "result_bounds", "the counts are possible", tally.result_bounds),
    Check(18, "receipts", "every receipt given is honoured", tally.receipts, _given),
)
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
        credentials_sha256=sha256_hex(state.archive.credentials),
        fingerprint=state.archive.fingerprint,
        head=state.archive.head,
        archive_sha256=state.archive.sha256,
        lacking=tuple(state.lacking),
    )
