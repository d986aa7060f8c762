"""Checks 1 to 7: the file, the chain, the grammar, the spelling, and the frozen setup."""

from collections.abc import Iterator
from typing import Any

from voting.tally import archive as record
from voting.tally.ballot import BALLOT_FORM
from voting.tally.container import read_container
from voting.tally.credential import CREDENTIALS_FORM, read_credentials
from voting.tally.election import ELECTION_FORM, Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import load_canonical, sha256_hex
from voting.tally.result import DECRYPTION_FORM, RESULT_FORM, TALLY_FORM
from voting.tally.trustees import TRUSTEES_FORM, Trustees
from voting.tally.verify_state import State


def archive_format(state: State) -> None:
    """1: v7 tar, BELENIOS header of version 1, names are hashes, nothing left over."""
    state.container = read_container(state.data)


def event_chain(state: State) -> None:
    """2: parents are hashes of the events before, heights count from 0."""
    state.groups = record.check_chain(state.container)


def event_grammar(state: State) -> None:
    """3: Setup, Ballot*, EndBallots, EncryptedTally, PartialDecryption*, Result; documents in place."""
    record.check_grammar(state.container, state.groups)
    state.archive = record.collect(state.container, state.groups, sha256_hex(state.data))


def canonical_json(state: State) -> None:
    """4: compact JSON, exact fields in order, no field twice, whole numbers; for every document."""
    for raw, form, what in _documents(state.archive):
        load_canonical(raw, form, what)


def election(state: State) -> None:
    """5: known group, identifier, one question with sensible bounds, a key in the group."""
    state.election = Election.parse(state.archive.election)


def trustees(state: State) -> None:
    """6: every certificate, commitment and proof holds, and together they give the election's key."""
    found = Trustees.parse(state.election.group, state.archive.trustees)
    if found.public_key != state.election.public_key:
        raise TallyError(TallyCode.TRUSTEES_INVALID, "the scrutineers' keys do not make the election's public key")
    state.trustees = found


def credentials(state: State) -> None:
    """7: members of the group, not the identity, sorted, none twice."""
    state.credentials = read_credentials(state.election.group, state.archive.credentials)


def _documents(archive: record.Archive) -> Iterator[tuple[bytes, Any, str]]:
    yield archive.header, record.HEADER_FORM, "the BELENIOS header"
    for raw in archive.events:
        yield raw, record.EVENT_FORM, "an event"
    yield archive.setup, record.SETUP_FORM, "the setup document"
    yield archive.election, ELECTION_FORM, "the election"
    yield archive.trustees, TRUSTEES_FORM, "the trustees document"
    yield archive.credentials, CREDENTIALS_FORM, "the list of credentials"
    for ballot in archive.ballots:
        yield ballot.raw, BALLOT_FORM, f"the ballot at height {ballot.height}"
    yield archive.sized_tally, record.SIZED_FORM, "the size of the tally"
    yield archive.encrypted_tally, TALLY_FORM, "the encrypted tally"
    for decryption in archive.decryptions:
        yield decryption.owned, record.OWNED_FORM, "the owner of a partial decryption"
        yield decryption.raw, DECRYPTION_FORM, "a partial decryption"
    yield archive.result, RESULT_FORM, "the result"
