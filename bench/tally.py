"""Making and checking a ballot of the main job (12 options, at most 10) on both groups."""

import os
from collections.abc import Iterator, Sequence
from functools import partial

from bench.measure import Row, measure
from voting.tally.ballots.ballot import check_ballot, make_ballot
from voting.tally.ballots.credential import SigningCredential, make_credential
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.result import sum_ballots
from voting.tally.groups.choice import group_by_name

GROUPS = ("Ed25519", "BELENIOS-2048")
BALLOTS = 5


def _election(name: str) -> Election:
    group = group_by_name(name)
    key = make_credential(group, os.urandom).public
    question = Question(text="bench", answers=tuple(f"option {n}" for n in range(12)), min=0, max=10)
    uuid = make_uuid(os.urandom)
    raw = make_election(uuid=uuid, name="bench", description="", question=question, group=group, public_key=key)
    return Election.parse(raw)


def tally_rows() -> Iterator[tuple[str, list[Row]]]:
    """Tables for making, checking and summing."""
    making, checking, summing = [], [], []
    for name in GROUPS:
        election = _election(name)
        credential = make_credential(election.group, os.urandom)
        known = frozenset({credential.public})

        def ballots(election: Election = election, credential: SigningCredential = credential) -> list[bytes]:
            choices = [1] * 10 + [0, 0]
            return [make_ballot(election, credential, choices, os.urandom) for _ in range(BALLOTS)]

        cast = ballots()
        making.append(measure(name, BALLOTS, ballots))
        checking.append(measure(name, BALLOTS, partial(_check_all, election, known, cast)))
        summing.append(measure(name, BALLOTS, partial(sum_ballots, election, cast)))
    yield "make a ballot", making
    yield "check a ballot", checking
    yield "add a ballot to the encrypted sum", summing


def _check_all(election: Election, known: frozenset[str], cast: Sequence[bytes]) -> None:
    for ballot in cast:
        check_ballot(election, known, ballot)
