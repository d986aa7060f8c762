"""What a step fixed is asked for with a function of its own, which raises where the step was not taken."""

from collections.abc import Callable

import pytest

from tests.support.sittings import do, plan, preparing, ready, start
from voting.sitting import events as e
from voting.sitting.machine import evolve
from voting.sitting.progress import PollProgress, opened_of, sealed_of, setup_of, uuid_of
from voting.sitting.state import Keys, keys_of


@pytest.mark.parametrize(
    ("ask", "missing"),
    [
        (uuid_of, "is not prepared"),
        (opened_of, "is not opened"),
        (setup_of, "has no board"),
        (sealed_of, "is not sealed"),
    ],
)
def test_what_a_poll_does_not_have_yet_is_not_made_up(ask: Callable[[PollProgress], object], missing: str) -> None:
    with pytest.raises(ValueError, match=f"poll projects {missing}"):
        ask(start(plan()).polls["projects"])


def test_a_prepared_poll_has_the_identifier_it_was_given() -> None:
    assert uuid_of(do(ready(), preparing("projects")).polls["projects"]) == preparing("projects").election_uuid


def test_the_keys_exist_once_the_ceremony_is_complete() -> None:
    with pytest.raises(ValueError, match="ceremony is not complete"):
        keys_of(start(plan()))
    assert keys_of(ready()) == Keys(trustees="trustees", public_key="key")


@pytest.mark.parametrize(
    "event",
    [
        e.ClosedBoardSigned(at=1, poll="projects", scrutineer=1, signed="{}"),
        e.ClosedHeadCompared(at=1, poll="projects", scrutineer=1, head="h"),
        e.ShufflePosted(at=1, poll="projects", scrutineer=1, shuffle="{}", owned="{}", head="h"),
        e.DecryptionReleased(at=1, poll="projects", scrutineer=1, decryption="{}", head="h"),
    ],
)
def test_nobody_works_on_ballots_that_are_not_sealed(event: e.AnyEvent) -> None:
    with pytest.raises(ValueError, match="poll projects is not sealed"):
        evolve(ready(), event)
