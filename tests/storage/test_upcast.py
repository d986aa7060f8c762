"""Events of earlier releases are lifted on reading; those of later ones are refused by both numbers."""

from pathlib import Path
from typing import Any, cast, get_args

import msgspec
import pytest
from sqlalchemy import text

from tests.support.sittings import NOW, motion, plan
from voting.congress.law.ruleset import Ruleset
from voting.sitting.events import AnyEvent, Event, PollPlanned, ShufflePosted, SittingConvened
from voting.sitting.machine import convene
from voting.storage.engine import SchemaTooNew, open_engine, upgrade
from voting.storage.journal.chain import GENESIS, JournalTooNew, chain_hash, check_chain
from voting.storage.journal.upcast import LIFTS, EventReader, EventTooNew, decode_event, known_versions
from voting.tally.json_form import sha256_hex


def raw(**fields: Any) -> bytes:
    return msgspec.json.encode(fields)


class Shut(Event, frozen=True, tag="poll_shut/3"):
    poll: str
    by: str


class Named(Event, frozen=True, tag="hall_named"):
    hall: str


def with_poll(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "id"} | {"poll": fields["id"]}


def with_by(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"by": "chair"}


def test_every_event_has_a_tag_of_its_own_and_a_step_from_each_version_before() -> None:
    assert len(known_versions()) == len(get_args(AnyEvent))
    earlier = {(name, version) for name, newest in known_versions().items() for version in range(1, newest)}
    assert set(LIFTS) == earlier


@pytest.mark.parametrize(
    "stored",
    [
        raw(type="poll_shut", at=1, id="p"),
        raw(type="poll_shut/2", at=1, poll="p"),
        raw(type="poll_shut/3", at=1, poll="p", by="chair"),
    ],
)
def test_an_event_of_any_version_is_read_as_the_present_one(stored: bytes) -> None:
    lifts = {("poll_shut", 1): with_poll, ("poll_shut", 2): with_by}
    reader: EventReader[Any] = EventReader(cast("type[Any]", Shut | Named), lifts)
    assert reader.read(stored) == Shut(at=1, poll="p", by="chair")


def test_a_shuffle_that_nobody_signed_is_read_with_the_document_that_named_its_owner() -> None:
    event = decode_event(raw(type="shuffle_posted", at=1, poll="p", scrutineer=2, shuffle="{}", head="h"))
    owned = f'{{"owner":2,"payload":"{sha256_hex(b"{}")}"}}'
    assert event == ShufflePosted(at=1, poll="p", scrutineer=2, shuffle="{}", owned=owned, head="h")


def test_rules_of_the_first_release_ask_for_no_least_number_of_ballots() -> None:
    """Whether a sitting adopted some or none; a poll that was added keeps its own."""
    earlier: dict[str, Any] = msgspec.to_builtins(convene(plan(), NOW))
    for adopted in (None, {"title": "示例规则"}):
        event = decode_event(
            raw(**earlier | {"type": "sitting_convened", "plan": earlier["plan"] | {"ruleset": adopted}})
        )
        assert isinstance(event, SittingConvened)
        assert event.plan.adopted == Ruleset(title="示例规则" if adopted else "")
        assert event.plan.polls == plan().polls
    added = msgspec.to_builtins(PollPlanned(at=1, item="votes", plan=motion()))
    assert decode_event(raw(**added | {"type": "poll_planned"})) == PollPlanned(at=1, item="votes", plan=motion())


@pytest.mark.parametrize("version", ["/1", "/0", "/02", "/x", "/", "/-1"])
def test_a_misspelled_version_is_none(version: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(raw(type=f"poll_closed{version}", at=1, poll="p", by="chair"))


def test_an_event_of_a_later_version_is_refused_by_both_numbers() -> None:
    later = raw(type="poll_closed/3", at=1, poll="p", by="chair", hall="1")
    with pytest.raises(EventTooNew, match="poll_closed is of version 3, and this release reads versions up to 1"):
        decode_event(later)
    with pytest.raises(JournalTooNew, match=r"journal row 1: .* version 3"):
        list(check_chain([(1, chain_hash(GENESIS, later), later)]))


def test_a_database_of_a_later_revision_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "plenary.db")
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="revision 9999, and this release knows revisions up to 0002"):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar() == "9999"
    engine.dispose()
