"""Once the count is known, chair and chief scrutineer annul together: one asks, the other confirms."""

import msgspec
import pytest

from tests.support.sittings import NOW, annulling_counted, brought_to, do, ready, refusal, refused
from voting.congress.refusal import Refusal
from voting.sitting import commands as c
from voting.sitting.events import AnnulmentAsked, AnnulmentConfirmed, PollAnnulled
from voting.sitting.machine import Sitting, decide
from voting.sitting.poll import COUNT_KNOWN, PollState
from voting.sitting.progress import AskedAnnulment
from voting.sitting.refusals import ChamberRefusal as R

S = PollState
ASK_BY_CHAIR = c.AskAnnulment(poll="projects", reason="示例理由")
ASK_BY_CHIEF = c.AskAnnulment(poll="projects", reason="示例理由", scrutineer=1)
BY_CHAIR = c.ConfirmAnnulment(poll="projects", asked_at=NOW)
BY_CHIEF = c.ConfirmAnnulment(poll="projects", asked_at=NOW, scrutineer=1)


@pytest.fixture(params=sorted(COUNT_KNOWN))
def counted(request: pytest.FixtureRequest) -> Sitting:
    return brought_to(ready(), request.param, votes=(2, 1, 0))


@pytest.mark.parametrize(("ask", "confirm"), [(ASK_BY_CHAIR, BY_CHIEF), (ASK_BY_CHIEF, BY_CHAIR)])
def test_one_asks_the_other_confirms_and_the_count_stays(
    counted: Sitting, ask: c.AskAnnulment, confirm: c.ConfirmAnnulment
) -> None:
    asked = do(counted, ask)
    assert asked.polls["projects"].state is counted.polls["projects"].state
    assert not asked.polls["projects"].is_published
    assert decide(asked, confirm, NOW + 1) == (
        AnnulmentConfirmed(at=NOW + 1, poll="projects", scrutineer=confirm.scrutineer, asked_at=NOW),
        PollAnnulled(at=NOW + 1, poll="projects", reason="示例理由"),
    )
    poll = do(asked, confirm).polls["projects"]
    assert (poll.state, poll.annulled_because, poll.is_published) == (S.ANNULLED, "示例理由", True)
    assert poll.annulment == AskedAnnulment(ask.scrutineer, NOW, "示例理由", confirmed=True)
    assert poll.counted == counted.polls["projects"].counted


@pytest.mark.parametrize(("ask", "confirm"), [(ASK_BY_CHAIR, BY_CHAIR), (ASK_BY_CHIEF, BY_CHIEF)])
def test_nobody_confirms_what_they_asked_for_themselves(
    counted: Sitting, ask: c.AskAnnulment, confirm: c.ConfirmAnnulment
) -> None:
    assert refused(do(counted, ask), confirm) is R.ANNULMENT_OWN


@pytest.mark.parametrize("confirm", [BY_CHAIR, BY_CHIEF])
def test_what_nobody_asked_for_is_not_confirmed(counted: Sitting, confirm: c.ConfirmAnnulment) -> None:
    assert refused(counted, confirm) is R.ANNULMENT_NOT_ASKED


def test_other_scrutineers_neither_ask_nor_confirm(counted: Sitting) -> None:
    other = c.AskAnnulment(poll="projects", reason="示例理由", scrutineer=2)
    assert refusal(counted, other) == Refusal(code=R.NOT_CHIEF_SCRUTINEER, params={"scrutineer": 2})
    confirm = msgspec.structs.replace(BY_CHIEF, scrutineer=3)
    assert refused(do(counted, ASK_BY_CHAIR), confirm) is R.NOT_CHIEF_SCRUTINEER
    assert refused(counted, msgspec.structs.replace(other, scrutineer=9)) is R.UNKNOWN_SCRUTINEER


def test_a_later_request_takes_the_place_of_an_earlier_one_and_only_what_was_seen_is_confirmed(
    counted: Sitting,
) -> None:
    again = c.AskAnnulment(poll="projects", reason="示例：另一理由")
    state = do(counted, ASK_BY_CHAIR, again)
    assert refused(state, BY_CHIEF) is R.ANNULMENT_NOT_ASKED
    poll = do(state, msgspec.structs.replace(BY_CHIEF, asked_at=NOW + 1)).polls["projects"]
    assert poll.annulled_because == "示例：另一理由"


@pytest.mark.parametrize(("reason", "code"), [(" ", R.REASON_NEEDED), ("长" * 301, R.REASON_TOO_LONG)])
def test_a_reason_is_given_as_for_any_other_poll(counted: Sitting, reason: str, code: R) -> None:
    assert refused(counted, c.AskAnnulment(poll="projects", reason=reason)) is code


@pytest.mark.parametrize("state", [S.PREPARED, S.OPEN, S.CLOSED, S.SEALED])
def test_before_the_count_the_chair_annuls_alone_and_nothing_is_asked_for(state: PollState) -> None:
    sitting = brought_to(ready(), state)
    for command in (ASK_BY_CHAIR, ASK_BY_CHIEF, BY_CHAIR, BY_CHIEF):
        assert refused(sitting, command) is R.POLL_NOT_COUNTED
    poll = do(sitting, c.AnnulPoll(poll="projects", reason="示例理由")).polls["projects"]
    assert (poll.state, poll.annulment, poll.is_published) == (S.ANNULLED, None, False)


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.ANNULLED])
def test_what_has_ended_is_not_annulled(state: PollState) -> None:
    sitting = brought_to(ready(), state)
    assert refused(sitting, ASK_BY_CHAIR) is R.POLL_ALREADY_ENDED
    assert refused(sitting, BY_CHIEF) is R.POLL_ALREADY_ENDED


def test_nobody_annuls_alone_what_is_counted(counted: Sitting) -> None:
    assert refused(counted, c.AnnulPoll(poll="projects", reason="示例理由")) is R.COUNT_KNOWN


def test_a_request_holds_nothing_up() -> None:
    """The count may be confirmed and announced all the same; then there is nothing left to annul."""
    sitting = do(brought_to(ready(), S.COUNTED), ASK_BY_CHAIR)
    sitting = do(sitting, c.ConfirmCount(poll="projects", scrutineer=1), c.AnnounceResult(poll="projects"))
    assert refused(sitting, BY_CHIEF) is R.POLL_ALREADY_ENDED


def test_the_journal_says_who_asked_and_who_confirmed(counted: Sitting) -> None:
    ask, confirm = annulling_counted()
    (asked,) = decide(counted, ask, NOW)
    assert asked == AnnulmentAsked(at=NOW, poll="projects", scrutineer=1, reason="示例理由")
    first, _ = decide(do(counted, ask), confirm, NOW)
    assert first == AnnulmentConfirmed(at=NOW, poll="projects", scrutineer=None, asked_at=NOW)
