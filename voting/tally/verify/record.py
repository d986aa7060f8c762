"""Checks 1 to 7: the file, the chain, the grammar, the spelling, and the frozen setup."""

from collections.abc import Iterator
from typing import Any

from voting.tally.ballots.ballot import BALLOT_FORM, RECORDED_BALLOT_FORM
from voting.tally.ballots.by_name import NO_TRUSTEES, VOTERS_FORM, read_voters
from voting.tally.ballots.credential import CREDENTIALS_FORM, read_listed, require_sorted
from voting.tally.board import archive as record
from voting.tally.board.container import read_container
from voting.tally.board.election import RECORDED_FORM, SECRET_FORM, Election
from voting.tally.board.encrypted_tally import TALLY_FORM
from voting.tally.board.result import DECRYPTION_FORM, RESULT_FORM
from voting.tally.board.shuffle import SHUFFLE_FORM
from voting.tally.board.shuffle_owner import OWNED_SHUFFLE_FORM
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import load_canonical, sha256_hex
from voting.tally.trustees.document import TRUSTEES_FORM, Trustees
from voting.tally.verify.laws import Law
from voting.tally.verify.state import State


def archive_format(state: State) -> None:
    """1: v7 tar, BELENIOS header of version 1, names are hashes, nothing left over."""
    state.container = read_container(state.data)


def event_chain(state: State) -> None:
    """2: parents are hashes of the events before, heights count from 0."""
    state.groups = record.check_chain(state.container.entries)


def event_grammar(state: State) -> None:
    """3: Setup, Ballot*, EndBallots, then what the kind of poll demands, Result; documents in place.

    Secret: EncryptedTally, (Shuffle+, EndShuffles where questions are mixed,) PartialDecryption*.
    """
    record.check_grammar(state.container, state.groups)
    state.archive = record.collect(state.container, state.groups, sha256_hex(state.data))


def canonical_json(state: State) -> None:
    """4: compact JSON, exact fields in order, no field twice, whole numbers; for every document."""
    for raw, form, what in _documents(state.archive):
        load_canonical(raw, form, what)


def election(state: State) -> None:
    """5: known group, identifier, questions with sensible bounds, clear terms, a key in the group."""
    state.election = Election.parse(state.archive.election)


def trustees(state: State) -> None:
    """6: every certificate, commitment and proof holds, and together they give the election's key.

    A recorded poll has no keys, and says so.
    """
    if state.election.recorded:
        if state.archive.trustees != NO_TRUSTEES:
            raise TallyError(TallyCode.TRUSTEES_INVALID, "a recorded poll cannot have scrutineers' keys")
        return
    found = Trustees.parse(state.election.group, state.archive.trustees, unbound=not state.election.strict)
    if not found.bound:
        state.lacking.append(Law.BOUND_KEYS)
    if found.public_key != state.election.public_key:
        raise TallyError(TallyCode.TRUSTEES_INVALID, "the scrutineers' keys do not make the election's public key")
    state.trustees = found


def credentials(state: State) -> None:
    """7: members of the group, not the identity, sorted, none twice; in a recorded poll each with one delegate."""
    if state.election.recorded:
        state.voters = read_voters(state.election.group, state.archive.credentials)
        state.credentials = frozenset(voter.credential for voter in state.voters)
        return
    listed = read_listed(state.election.group, state.archive.credentials)
    with state.law(Law.CREDENTIALS_SORTED):
        require_sorted(listed)
    state.credentials = frozenset(listed)


def _documents(archive: record.Archive) -> Iterator[tuple[bytes, Any, str]]:
    recorded = record.grammar_of(archive.election) is record.RECORDED
    yield archive.header, record.HEADER_FORM, "the BELENIOS header"
    for raw in archive.events:
        yield raw, record.EVENT_FORM, "an event"
    yield archive.setup, record.SETUP_FORM, "the setup document"
    yield archive.election, RECORDED_FORM if recorded else SECRET_FORM, "the election"
    yield archive.trustees, TRUSTEES_FORM, "the trustees document"
    yield archive.credentials, VOTERS_FORM if recorded else CREDENTIALS_FORM, "the list of credentials"
    for ballot in archive.ballots:
        yield ballot.raw, RECORDED_BALLOT_FORM if recorded else BALLOT_FORM, f"the ballot at height {ballot.height}"
    if archive.sized_tally is not None:
        yield archive.sized_tally, record.SIZED_FORM, "the size of the tally"
    if archive.encrypted_tally is not None:
        yield archive.encrypted_tally, TALLY_FORM, "the encrypted tally"
    for shuffle in archive.shuffles:
        yield shuffle.owned, OWNED_SHUFFLE_FORM, "the owner of a shuffle"
        yield shuffle.raw, SHUFFLE_FORM, "a shuffle"
    for decryption in archive.decryptions:
        yield decryption.owned, record.OWNED_FORM, "the owner of a partial decryption"
        yield decryption.raw, DECRYPTION_FORM, "a partial decryption"
    yield archive.result, RESULT_FORM, "the result"
