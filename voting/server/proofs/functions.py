"""What a proof worker does: functions from documents to documents, each with the name by which it is called.

A function raises voting.tally.errors.TallyError as the tally function it stands for does.
"""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from voting.tally.ballots.ballot import check_ballot
from voting.tally.ballots.by_name import read_voters
from voting.tally.ballots.credential import read_credentials
from voting.tally.board.election import Election
from voting.tally.board.result import check_partial_decryption, compute_results, sum_ballots
from voting.tally.board.shuffle import check_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import check_shuffle_owner, require_owner
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees import ceremony as protocol
from voting.tally.trustees.document import Trustees

Documents = Sequence[bytes]


class Proof(StrEnum):
    """The name of each function; see the methods of port.Prover for what it takes and gives."""

    CHECK_BALLOT = "check_ballot"
    CHECK_SHUFFLE = "check_shuffle"
    CHECK_DECRYPTION = "check_decryption"
    SUM_BALLOTS = "sum_ballots"
    COMPUTE_RESULT = "compute_result"
    CHECK_CERTIFICATE = "check_certificate"
    CHECK_DEALING = "check_dealing"
    CHECK_VERIFICATION_KEY = "check_verification_key"
    ASSEMBLE_TRUSTEES = "assemble_trustees"


class LoadedPoll(NamedTuple):
    """An open poll, read and checked once."""

    election: Election
    trustees: Trustees | None  # None: a poll by name
    credentials: frozenset[str]

    @property
    def keys(self) -> Trustees:
        """The scrutineers' keys of a secret poll."""
        if self.trustees is None:
            raise ValueError("a poll by name has no scrutineers' keys")
        return self.trustees


class Rounds(msgspec.Struct, frozen=True):
    """A ceremony's plan, and the messages of its rounds as JSON text (their numbers may be too large for msgpack)."""

    group: str
    names: tuple[str, ...]
    threshold: int
    certificates: str = "[]"
    dealings: str = "[]"
    verification_keys: str = "[]"

    @property
    def plan(self) -> protocol.CeremonyPlan:
        """The ceremony as the tally protocol knows it."""
        return protocol.CeremonyPlan(self.group, self.names, self.threshold)


def read_poll(election: bytes, trustees: bytes, credentials: bytes) -> LoadedPoll:
    """The documents of an open poll, checked. Raises TallyError."""
    read = Election.parse(election)
    if read.recorded:
        voters = read_voters(read.group, credentials)
        return LoadedPoll(read, None, frozenset(voter.credential for voter in voters))
    return LoadedPoll(read, Trustees.parse(read.group, trustees), read_credentials(read.group, credentials))


def _ballot(poll: LoadedPoll, arguments: Documents) -> Documents:
    (raw,) = arguments
    check_ballot(poll.election, poll.credentials, raw)
    return ()


def _shuffle(poll: LoadedPoll, arguments: Documents) -> Documents:
    owner, encrypted_tally, owned, raw = arguments
    require_owner(check_shuffle_owner(poll.election, poll.keys, owned, raw), int(owner))
    check_shuffle(poll.election, encrypted_tally, raw)
    return (mixed_tally(poll.election, encrypted_tally, raw),)


def _decryption(poll: LoadedPoll, arguments: Documents) -> Documents:
    owner, encrypted_tally, raw = arguments
    if not check_partial_decryption(poll.election, poll.keys, int(owner), encrypted_tally, raw):
        raise TallyError(
            TallyCode.DECRYPTION_INVALID, f"scrutineer {owner.decode()} does not prove the whole statement"
        )
    return ()


def _sum(poll: LoadedPoll, arguments: Documents) -> Documents:
    return (sum_ballots(poll.election, arguments),)


def _result(poll: LoadedPoll, arguments: Documents) -> Documents:
    encrypted_tally, n_ballots, *owned = arguments
    decryptions = {int(owner): raw for owner, raw in zip(owned[::2], owned[1::2], strict=True)}
    document, _ = compute_results(poll.election, poll.keys, encrypted_tally, int(n_ballots), decryptions)
    return (document,)


def _certificate(arguments: Documents) -> Documents:
    rounds, index, message = _posted(arguments)
    protocol.check_certificate(rounds.plan, index, message)
    return ()


def _dealing(arguments: Documents) -> Documents:
    rounds, index, message = _posted(arguments)
    protocol.check_dealing(rounds.plan, index, json.loads(rounds.certificates), message)
    return ()


def _verification_key(arguments: Documents) -> Documents:
    rounds, index, message = _posted(arguments)
    certificates, dealings = json.loads(rounds.certificates), json.loads(rounds.dealings)
    protocol.check_verification_key(rounds.plan, index, certificates, dealings, message)
    return ()


def _trustees(arguments: Documents) -> Documents:
    rounds = msgspec.msgpack.decode(arguments[0], type=Rounds)
    messages = (json.loads(text) for text in (rounds.certificates, rounds.dealings, rounds.verification_keys))
    document = protocol.assemble_trustees(rounds.plan, *messages)
    return document, Trustees.parse(group_by_name(rounds.group), document).public_key.encode()


def _posted(arguments: Documents) -> tuple[Rounds, int, dict[str, Any]]:
    rounds, index, message = arguments
    return msgspec.msgpack.decode(rounds, type=Rounds), int(index), json.loads(message)


ON_POLL: dict[Proof, Callable[[LoadedPoll, Documents], Documents]] = {
    Proof.CHECK_BALLOT: _ballot,
    Proof.CHECK_SHUFFLE: _shuffle,
    Proof.CHECK_DECRYPTION: _decryption,
    Proof.SUM_BALLOTS: _sum,
    Proof.COMPUTE_RESULT: _result,
}
"""Functions about an open poll."""

ON_CEREMONY: dict[Proof, Callable[[Documents], Documents]] = {
    Proof.CHECK_CERTIFICATE: _certificate,
    Proof.CHECK_DEALING: _dealing,
    Proof.CHECK_VERIFICATION_KEY: _verification_key,
    Proof.ASSEMBLE_TRUSTEES: _trustees,
}
"""Functions about the scrutineers' key."""


def perform(proof: Proof, poll: LoadedPoll | None, arguments: Documents) -> Documents:
    """Carry out one function; poll: the open poll it is about. Raises TallyError as that function does."""
    if poll is not None:
        return ON_POLL[proof](poll, arguments)
    return ON_CEREMONY[proof](arguments)
