"""What a scrutineer's terminal knows from the ceremony, and what it finds wrong with a poll's setup."""

from dataclasses import replace

import pytest

from tests.support.tally.scenes import SERVER, STRICT, Ceremony, hold_ceremony, make_scene
from voting.sitting.alarms import Alarm
from voting.tally.board.chain import Board
from voting.tally.board.election import Election, make_election
from voting.tally.trustees.ceremony import CeremonyPlan
from voting.tally.trustees.document import Trustees
from voting.terminal_client.simulated.crypto import Setup, TerminalDistrust, random_bytes
from voting.terminal_client.simulated.keys import OwnKeys, check_opening, own_keys

SERVER_KEY = bytes(SERVER.verify_key).hex()
SCENE = make_scene("Ed25519")
HONEST = SCENE.record()
SETUP = Setup(HONEST.election, HONEST.trustees, HONEST.credentials)


@pytest.fixture(scope="module")
def another() -> Ceremony:
    """The same persons' keys as a server could make them up."""
    return hold_ceremony(SCENE.ceremony.plan, random_bytes)


def fingerprint(setup: Setup) -> str:
    return Board.open(setup.election, setup.trustees, setup.credentials).fingerprint


def with_key(trustees: bytes, description: str = STRICT) -> Setup:
    """The same poll, to be encrypted to this key: everything in it holds."""
    election, group = SCENE.election, SCENE.group
    made = make_election(
        uuid=election.uuid,
        name=election.name,
        description=description,
        question=election.question,
        group=group,
        public_key=Trustees.parse(group, trustees).public_key,
    )
    return Setup(made, trustees, SETUP.credentials)


def found(setup: Setup, own: OwnKeys | None = None) -> Alarm | None:
    return check_opening(setup, fingerprint(setup), own or OwnKeys(SETUP.trustees, SERVER_KEY))


def test_the_setup_of_an_honest_server_is_right() -> None:
    assert found(SETUP) is None
    assert found(with_key(SETUP.trustees)) is None


def test_another_key_is_found_although_everything_in_the_setup_holds(another: Ceremony) -> None:
    assert found(with_key(another.trustees)) is Alarm.KEY


def test_another_key_of_receipts_is_found() -> None:
    assert found(with_key(SETUP.trustees, STRICT.replace(SERVER_KEY, "0" * 64))) is Alarm.SERVER_KEY
    assert found(SETUP, OwnKeys(SETUP.trustees, "0" * 64)) is Alarm.SERVER_KEY


def test_documents_that_do_not_hang_together_are_found(another: Ceremony) -> None:
    assert found(replace(SETUP, trustees=another.trustees)) is Alarm.SETUP
    assert found(with_key(SETUP.trustees, "")) is Alarm.SETUP
    assert found(replace(SETUP, credentials=b"[")) is Alarm.SETUP
    assert check_opening(SETUP, "0" * 64, OwnKeys(SETUP.trustees, SERVER_KEY)) is Alarm.SETUP


def test_keys_among_which_this_scrutineers_own_is_missing_are_not_kept(another: Ceremony) -> None:
    share = SCENE.ceremony.shares[1]
    assert own_keys(SETUP.trustees, share, SERVER_KEY) == OwnKeys(SETUP.trustees, SERVER_KEY)
    with pytest.raises(TerminalDistrust, match="own key"):
        own_keys(another.trustees, share, SERVER_KEY)
    assert own_keys(another.trustees, None, SERVER_KEY).trustees == another.trustees


def test_the_number_of_a_share_is_that_of_its_key() -> None:
    plan = CeremonyPlan("Ed25519", ("示例监票人一", "示例监票人二"), 2)
    made = hold_ceremony(plan, random_bytes)
    with pytest.raises(TerminalDistrust, match="own key"):
        own_keys(made.trustees, replace(made.shares[0], index=2), SERVER_KEY)
    assert Election.parse(with_key(made.trustees).election).strict
