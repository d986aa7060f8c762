"""No part of a ballot can be changed at any place, even by the delegate who signs the ballot again."""

from collections.abc import Iterable

import pytest

from tests.support.tally.broken.placed_ballots import (
    PlacedBallot,
    in_a_record,
    kind_ballots,
    recorded_ballots,
    summed_ballots,
)
from tests.support.tally.broken.places import Refusal, refusal_of_record
from tests.support.tally.kinds import KindScene, make_kind
from tests.support.tally.scenes import Scene, make_scene
from voting.tally.ballots.ballot import check_ballot
from voting.tally.errors import TallyError


def assert_refused_when_cast(scene: Scene | KindScene, ballots: Iterable[PlacedBallot]) -> int:
    """Each is refused for its own reason; how many there were."""
    credentials = frozenset(credential.public for credential in scene.credentials)

    def refusal(ballot: PlacedBallot) -> Refusal:
        try:
            check_ballot(scene.election, credentials, ballot.raw)
        except TallyError as error:
            return None, error.code, ballot.says in error.detail
        return None

    found = {ballot.name: (ballot.code, refusal(ballot)) for ballot in ballots}
    assert {name: (None, code, True) for name, (code, _) in found.items()} == {
        name: refused for name, (_, refused) in found.items()
    }
    return len(found)


def assert_refused_in_a_record(scene: Scene | KindScene, ballots: Iterable[PlacedBallot]) -> None:
    """Each is refused by its own check, which says where the ballot stands."""
    listed = list(ballots)
    found = {
        ballot.name: refusal_of_record(in_a_record(scene, ballot), f"at height {ballot.place + 1}") for ballot in listed
    }
    assert found == {ballot.name: (ballot.number, ballot.code, True) for ballot in listed}


def test_a_ballot_is_refused_for_the_part_that_does_not_hold() -> None:
    """Of four answers: eight elements twice, and 16 and 6 numbers in the proofs."""
    refused = assert_refused_when_cast(make_scene("Ed25519"), summed_ballots())
    assert refused == 3 * (8 + 8 + 16 + 6 + 2 + 3 + 3)


def test_it_is_in_the_modular_group_too() -> None:
    last = [ballot for ballot in summed_ballots("BELENIOS-2048") if ballot.place == 4]
    assert_refused_when_cast(make_scene("BELENIOS-2048"), last[::3])


@pytest.mark.parametrize("kind", ["several", "mixed", "ranked", "again"])
def test_so_is_a_ballot_of_every_kind(kind: str) -> None:
    assert assert_refused_when_cast(make_kind(kind, "Ed25519"), kind_ballots(kind)) > 12


def test_so_is_a_plain_ballot() -> None:
    assert assert_refused_when_cast(make_kind("recorded", "Ed25519"), recorded_ballots()) == 3 * (6 + 3)


def test_a_record_with_such_a_ballot_is_refused_by_the_same_check() -> None:
    ballots = [ballot for ballot in summed_ballots() if not {"1", "2"} & set(ballot.name.split(".")[1:])]
    assert_refused_in_a_record(make_scene("Ed25519"), ballots)


@pytest.mark.parametrize("kind", ["ranked", "again"])
def test_a_record_of_every_kind_with_such_a_ballot_is_refused_too(kind: str) -> None:
    assert_refused_in_a_record(make_kind(kind, "Ed25519"), kind_ballots(kind))


def test_a_record_of_named_votes_with_such_a_ballot_is_refused_too() -> None:
    assert_refused_in_a_record(make_kind("recorded", "Ed25519"), recorded_ballots())
