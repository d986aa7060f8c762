"""What each person is told about themselves, and where the journal says that a ballot stands."""

import msgspec
import pytest

from tests.support.chamber import Chamber
from tests.support.plans.kinds import kinds_plan
from tests.support.plans.plain import sample_plan
from tests.support.signer import SIGNER
from voting.congress.refusal import Refused
from voting.server.http.access import PUBLIC, Principal
from voting.server.services.persons import Persons
from voting.server.services.sitting import chief_index, scrutineer_index
from voting.sitting.events import DelegateSignedIn, ObserverSignedIn
from voting.sitting.progress import setup_of
from voting.storage.journal.group_commit import BoardRow, Pending, Unit
from voting.tally.board.receipt import check_receipt
from voting.wire.login import LoggedIn
from voting.wire.pushed import Me, MyPoll
from voting.wire.roles import Role

DELEGATE, OBSERVER = Principal(Role.DELEGATE, "001"), Principal(Role.OBSERVER, "L01")
Names = tuple[str, str, str | None]
NOBODY: Names = ("", "", None)
NAMED: dict[Principal, Names] = {
    DELEGATE: ("示例代表001", "示例代表团2", "1排1座"),
    OBSERVER: ("示例列席01", "示例部门", None),
    Principal(Role.SCRUTINEER, "2"): ("示例监票人2", "", None),
    Principal(Role.CHAIR): NOBODY,
    Principal(Role.SCREEN): NOBODY,
    PUBLIC: NOBODY,
    Principal(Role.DELEGATE, "999"): NOBODY,
    Principal(Role.OBSERVER, "001"): NOBODY,
    Principal(Role.DELEGATE, "L01"): NOBODY,
    Principal(Role.SCRUTINEER, "9"): NOBODY,
}


def persons(chamber: Chamber) -> Persons:
    return Persons(chamber.plan, chamber.service.boards, SIGNER)


@pytest.fixture(scope="module")
def waiting() -> Chamber:
    """Nobody is signed in."""
    return Chamber(sample_plan())


@pytest.mark.parametrize("who", NAMED, ids=str)
def test_everybody_is_told_their_own_name_and_nothing_else(waiting: Chamber, who: Principal) -> None:
    sitting, (name, delegation, seat) = waiting.service.sitting, NAMED[who]
    told = persons(waiting).me(who, sitting)
    assert told == Me(who.role, who.subject, name, delegation, seat, signed_in=False, polls={}, terminals=1)
    assert persons(waiting).me(who, sitting, 2).terminals == 2
    logged_in = persons(waiting).logged_in(who, "a token")
    assert logged_in == LoggedIn("a token", who.role, who.subject, name, delegation, seat)


def test_only_those_who_sign_in_are_told_that_they_are() -> None:
    chamber = Chamber(sample_plan())
    chamber.service.sign_in(DELEGATE)
    chamber.service.sign_in(OBSERVER)
    found = {who: persons(chamber).me(who, chamber.service.sitting).signed_in for who in NAMED}
    assert {who for who, signed_in in found.items() if signed_in} == {DELEGATE, OBSERVER}
    for role in (Role.CHAIR, Role.SCRUTINEER, Role.SCREEN):
        assert not persons(chamber).me(Principal(role, "001"), chamber.service.sitting).signed_in
    assert not persons(chamber).me(Principal(Role.DELEGATE, "002"), chamber.service.sitting).signed_in


def test_the_journal_tells_whom_the_desk_signed_in() -> None:
    at_the_seat, at_the_desk = Chamber(sample_plan()), Chamber(sample_plan())
    for who in (DELEGATE, OBSERVER):
        at_the_seat.service.sign_in(who)
        at_the_desk.service.sign_in_for(who.subject)
    for chamber, by_desk in ((at_the_seat, False), (at_the_desk, True)):
        delegate, observer = chamber.events[-2:]
        assert delegate == DelegateSignedIn(at=delegate.at, delegate="001", by_desk=by_desk)
        assert observer == ObserverSignedIn(at=observer.at, observer="L01", by_desk=by_desk)


def test_a_delegate_is_told_credential_and_receipt_of_each_poll_and_others_nothing() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    tracker = chamber.cast("motion", "001", 1, 0, 0)
    chamber.until(lambda: "001" in chamber.service.sitting.polls["motion"].returned)
    sitting = chamber.service.sitting
    told = persons(chamber).me(DELEGATE, sitting).polls
    receipt = told["motion"].receipt
    assert receipt is not None
    check_receipt(msgspec.to_builtins(receipt))
    assert (receipt.tracker, receipt.fingerprint) == (tracker, setup_of(sitting.polls["motion"]).fingerprint)
    credential = chamber.credentials["motion", "001"].public
    assert told == {
        "motion": MyPoll(credential=credential, stored=None, rejected=None, receipt=receipt, on_paper=False)
    }
    other = persons(chamber).me(Principal(Role.DELEGATE, "002"), sitting).polls["motion"]
    assert (other.credential, other.receipt) == (chamber.credentials["motion", "002"].public, None)
    for role in (Role.OBSERVER, Role.CHAIR, Role.SCRUTINEER, Role.SCREEN):
        assert persons(chamber).me(Principal(role, "001"), sitting).polls == {}


def test_a_receipt_is_signed_once_and_is_the_same_each_time() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.cast("motion", "001", 1, 0, 0)
    chamber.until(lambda: "001" in chamber.service.sitting.polls["motion"].returned)
    kept = persons(chamber)
    first, again = (kept.me(DELEGATE, chamber.service.sitting).polls["motion"].receipt for _ in range(2))
    assert first is again
    assert first is not None


def written(chamber: Chamber) -> list[BoardRow]:
    """The board's rows that the journal is given from now on."""
    rows: list[BoardRow] = []
    append = chamber.journal.append

    def note(unit: Unit) -> Pending:
        rows.extend(unit.board)
        return append(unit)

    chamber.journal.append = note  # type: ignore[method-assign]
    return rows


def test_the_journal_says_where_each_ballot_stands_and_whose_it_is() -> None:
    """Where a later ballot replaces an earlier one, each is another press of the same credential."""
    chamber = Chamber(kinds_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("again")
    rows = written(chamber)
    cast = [("001", "for"), ("002", "for"), ("001", "against"), ("001", "for")]
    trackers = []
    for place, (number, choice) in enumerate(cast, 1):
        trackers.append(chamber.choose("again", number, choice))
        chamber.until(lambda place=place: len(rows) == place)
    credentials = [chamber.credentials["again", number].public for number, _ in cast]
    presses = [1, 1, 2, 3]
    assert rows == [
        BoardRow(poll="again", height=place, credential=credential, tracker=tracker, press=press)
        for place, (credential, tracker, press) in enumerate(zip(credentials, trackers, presses, strict=True), 1)
    ]


def test_a_scrutineer_acts_under_the_own_number_and_nobody_else_under_one() -> None:
    assert scrutineer_index(Principal(Role.SCRUTINEER, "3")) == 3
    for who in (PUBLIC, Principal(Role.CHAIR), Principal(Role.DELEGATE, "3")):
        with pytest.raises(Refused):
            scrutineer_index(who)


def test_who_annuls_beside_the_chair_is_a_scrutineer_by_number() -> None:
    assert chief_index(Principal(Role.SCRUTINEER, "2")) == 2
    assert chief_index(Principal(Role.CHAIR)) is None
