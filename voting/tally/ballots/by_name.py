"""Recorded (named) polls: signed plain ballots on the same kind of board.

Nothing is encrypted, so there are no scrutineers' keys; credentials stand beside the delegates' names.
The format is ours: belenios-tool does not read it. Who may see the record, and when, is a matter of the
rules; a record that was published shows how everyone voted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voting.tally.ballots.answers import PlainAnswer
from voting.tally.ballots.ballot import Ballot, read_ballot
from voting.tally.ballots.credential import check_public_credential
from voting.tally.ballots.names import is_name
from voting.tally.board.election import AnyQuestion, Election, Question
from voting.tally.board.encrypted_tally import counted
from voting.tally.board.result import Result, encode_result
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group
from voting.tally.json_form import dump, load_canonical

_NUMBER = re.compile(r"[0-9A-Za-z-]+")
"""Of a delegate: characters that nobody can take for others, so that one person has one number."""
VOTERS_FORM = [{"credential": "string", "delegate": "string", "name": "string"}]
NO_TRUSTEES = b"[]"


@dataclass(frozen=True)
class Voter:
    """A delegate who may vote: the credential made at the seat, the delegate's number, and the name shown."""

    credential: str
    delegate: str
    name: str


@dataclass(frozen=True)
class NamedVote:
    """How a delegate voted: the answer to each question."""

    voter: Voter
    answers: tuple[tuple[int, ...], ...]


def encode_voters(voters: Iterable[Voter]) -> bytes:
    """The archived list, sorted by credential. Raises ValueError when a credential or delegate occurs twice."""
    ordered = sorted(voters, key=lambda voter: voter.credential)
    for values in ([voter.credential for voter in ordered], [voter.delegate for voter in ordered]):
        if len(set(values)) != len(values):
            raise ValueError("a credential or a delegate occurs twice")
    return dump([vars(voter) for voter in ordered])


def read_voters(group: Group, raw: bytes) -> tuple[Voter, ...]:
    """The archived list, every law checked. Raises TallyError."""
    voters = tuple(Voter(**entry) for entry in load_canonical(raw, VOTERS_FORM, "the list of voters"))
    if any(left.credential >= right.credential for left, right in pairwise(voters)):
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "the voters are not sorted or a credential occurs twice")
    if len({voter.delegate for voter in voters}) != len(voters):
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "a delegate occurs twice")
    if not all(_NUMBER.fullmatch(voter.delegate) and is_name(voter.name) for voter in voters):
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "a delegate's number or name is not in its one spelling")
    for voter in voters:
        check_public_credential(group, voter.credential)
    return voters


def count_recorded(election: Election, ballots: Iterable[bytes]) -> tuple[bytes, Result]:
    """The result document of a recorded poll and what it says.

    ``ballots``: all that stand on the board, checked, in order. Raises TallyError for one that cannot be read.
    """
    result = add_up_plain(election, counted(election, [read_ballot(election, raw) for raw in ballots]))
    return encode_result(result), result


def add_up_plain(election: Election, ballots: Sequence[Ballot]) -> Result:
    """The result of plain ballots that all count: sums, or the sorted papers of a mixed question."""
    return tuple(
        _count(question, [_values(ballot, place) for ballot in ballots])
        for place, question in enumerate(election.questions)
    )


def named_votes(voters: Iterable[Voter], ballots: Iterable[Ballot]) -> tuple[NamedVote, ...]:
    """Who voted how, ordered by the delegates' numbers; ``ballots`` are those that count."""
    by_credential = {voter.credential: voter for voter in voters}
    votes = [
        NamedVote(
            by_credential[ballot.credential], tuple(_values(ballot, place) for place in range(len(ballot.answers)))
        )
        for ballot in ballots
    ]
    return tuple(sorted(votes, key=lambda vote: vote.voter.delegate))


def _values(ballot: Ballot, place: int) -> tuple[int, ...]:
    answer = ballot.answers[place]
    if not isinstance(answer, PlainAnswer):
        raise ValueError("this ballot is encrypted")
    return answer.values


def _count(question: AnyQuestion, answers: list[tuple[int, ...]]) -> tuple[int, ...] | tuple[tuple[int, ...], ...]:
    if isinstance(question, Question):
        return tuple(sum(values[place] for values in answers) for place in range(len(question.answers)))
    return tuple(sorted(answers))
