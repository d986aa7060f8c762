"""Journal first, and durable before acknowledged: a failing journal leaves no trace in anything that is answered."""

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import gevent
import pytest

from tests.support.chamber import Chamber
from tests.support.forms import FORM_POLLS, FORMS, forms_plan, hold
from tests.support.http_client import Client
from tests.support.signer import SIGNER
from voting.congress.refusal import Refused
from voting.record.boards import BoardDiffers, PollBoard
from voting.server.http.access import Principal
from voting.server.live.views import Scene, view_data
from voting.server.services.persons import Persons
from voting.server.services.public_record import frozen
from voting.sitting import events as e
from voting.sitting.commands import AcceptBallot, StoreBallot
from voting.sitting.poll import PollState
from voting.storage.journal.group_commit import JournalFailed, MemoryJournal, Pending, Unit
from voting.tally.ballots.ballot import tracker_of
from voting.wire.roles import Audience, Role

NEVER_HELD = {
    e.AlarmRaised,
    e.AnnulmentAsked,
    e.AnnulmentConfirmed,
    e.ObserverSignedIn,
    e.LeaveRecorded,
    e.DelegateDeparted,
    e.ItemCalled,
    e.RollbackAccepted,
    e.CodeReplaced,
    e.DeadlineMoved,
    e.LoggedOutEverywhere,
    e.PollPlanned,
    e.PollAnnulled,
    e.SittingConvened,
}
"""Events that touch no board and are not part of holding a poll."""


class WatchedJournal(MemoryJournal):
    """Calls `watch` with each unit when everything but the write has happened, and writes none from `fails` on."""

    watch: Callable[[Unit], None] = staticmethod(lambda _unit: None)
    fails: Callable[[Unit], bool] = staticmethod(lambda _unit: False)
    has_failed = False

    def append(self, unit: Unit) -> Pending:
        self.watch(unit)
        if self.fails(unit):
            self.has_failed = True
            self._stopped = "the disk is full"
        return super().append(unit)


class Told:
    """Everything that anybody is told, or would be told on asking."""

    def __init__(self, chamber: Chamber) -> None:
        self._service = chamber.service
        self._client, self._persons = Client(chamber), Persons(chamber.plan, chamber.service.boards, SIGNER)
        self._delegates = [delegate.number for delegate in chamber.plan.roster.delegates]

    def now(self, *polls: str) -> dict[str, Any]:
        """What is told of these polls, and of the sitting."""
        sitting, boards = self._service.sitting, self._service.boards
        scene = Scene(sitting, frozenset(), boards.digests())
        told: dict[str, Any] = {f"view {audience}": view_data(audience, scene) for audience in Audience}
        for number in self._delegates:
            told[f"me {number}"] = self._persons.me(Principal(Role.DELEGATE, number), sitting)
        for poll in polls:
            board = boards.get(poll)
            told[f"board {poll}"] = None if board is None else (board.head, board.records(), board.archive())
            for path in ("board", "setup", "archive.bel", "count.json"):
                for role in (Role.PUBLIC, Role.CHAIR):
                    response = self._client.get(f"/api/polls/{poll}/{path}", role)
                    told[f"{path} {poll} {role}"] = (response.status_code, response.get_data())
        return told


def answers(chamber: Chamber, *polls: str) -> dict[str, Any]:
    return Told(chamber).now(*polls)


def seated() -> Chamber:
    chamber = Chamber(forms_plan(), journal_type=WatchedJournal)
    chamber.sign_in()
    chamber.hold_ceremony()
    return chamber


@pytest.mark.parametrize("poll", FORMS)
def test_nothing_is_told_before_it_is_durable(poll: str) -> None:
    chamber = seated()
    journal, told = chamber.journal, Told(chamber)
    assert isinstance(journal, WatchedJournal)
    before, seen = [told.now(poll)], set[type]()

    def watch(unit: Unit) -> None:
        assert told.now(poll) == before[-1]
        seen.update(type(event) for event in unit.events)

    journal.watch = watch
    chamber.service.listen(lambda _rows: before.append(told.now(poll)))
    hold(chamber, poll)
    assert "follow_up_failed" not in chamber.log.getvalue()
    assert seen == _HAPPENS[poll]
    assert before[-1] == answers(Chamber(chamber.plan, journal), poll)


_SECRET = {e.ClosedBoardSigned, e.ClosedHeadCompared, e.DecryptionReleased}
_BOARD = {e.CredentialRegistered, e.PollOpened, e.BallotStored, e.BallotAccepted, e.TallySealed, e.PollCounted}
_ALWAYS = {e.PollPrepared, e.PollClosed, e.CountConfirmed, e.ResultAnnounced}
_BY_HAND = {e.HandCountEntered, e.HandCountConfirmed}
_HAPPENS: dict[str, set[Any]] = {
    "summed": {*_ALWAYS, *_BOARD, *_SECRET, e.BallotRejected},
    "shuffled": {*_ALWAYS, *_BOARD, *_SECRET, e.ShufflePosted, e.KinRuledOut},
    "named": {*_ALWAYS, *_BOARD},
    "hands": {*_ALWAYS, *_BY_HAND, e.PollOpenedByHand, e.PollCountedByHand},
    "mixed": {*_ALWAYS, *_BOARD, *_SECRET, *_BY_HAND, e.PaperIssued},
}
_STEPS = [(poll, kind) for poll in FORMS for kind in sorted(_HAPPENS[poll], key=lambda kind: kind.__name__)]


@pytest.fixture(scope="module")
def opening() -> Chamber:
    return seated()


@pytest.mark.parametrize(("poll", "kind"), _STEPS, ids=lambda value: getattr(value, "__name__", value))
def test_a_journal_that_fails_leaves_what_a_restart_would_show(opening: Chamber, poll: str, kind: type) -> None:
    chamber = Chamber(opening.plan, opening.journal, journal_type=WatchedJournal)
    chamber.shares, journal = opening.shares, chamber.journal
    assert isinstance(journal, WatchedJournal)
    journal.fails = lambda unit: any(type(event) is kind for event in unit.events)
    holding = gevent.spawn(_hold_until_it_fails, chamber, poll)
    chamber.until(lambda: journal.has_failed and (holding.ready() or not chamber.service._clerk._busy))
    told = answers(chamber, poll)
    holding.kill()
    assert told == answers(Chamber(chamber.plan, journal), poll)
    with pytest.raises(JournalFailed):
        chamber.service.call_item("votes")


def _hold_until_it_fails(chamber: Chamber, poll: str) -> None:
    with pytest.raises(JournalFailed):
        hold(chamber, poll)


def test_the_journal_was_made_to_fail_at_every_event_of_every_form() -> None:
    assert {kind for kinds in _HAPPENS.values() for kind in kinds} == set(get_args(e.AnyEvent)) - NEVER_HELD - {
        e.DelegateSignedIn,
        e.CeremonyMessagePosted,
        e.CeremonyCompleted,
    }
    assert {poll.id for poll in FORM_POLLS} == _HAPPENS.keys()


@pytest.mark.parametrize(
    ("poll", "proof"),
    [
        ("summed", "check_ballot"),
        ("summed", "sum_ballots"),
        ("shuffled", "check_shuffle"),
        ("summed", "check_decryption"),
        ("summed", "compute_result"),
    ],
)
def test_what_is_refused_after_the_proof_work_leaves_the_board_as_it_was(
    opening: Chamber, monkeypatch: pytest.MonkeyPatch, poll: str, proof: str
) -> None:
    chamber = Chamber(opening.plan, opening.journal)
    chamber.shares = opening.shares
    work, heads = getattr(chamber.workers, proof), []

    def overtaken(*arguments: Any) -> Any:
        done = work(*arguments)
        if chamber.state(poll) is not PollState.ANNULLED:
            chamber.service.polls.annul(poll, "示例原因")
            heads.append(chamber.service._ledger.boards[poll].board.head)
        return done

    monkeypatch.setattr(chamber.workers, proof, overtaken)
    monkeypatch.setattr(chamber, "until", partial(_until_overtaken, chamber, chamber.until, heads))
    with pytest.raises((Refused, _Overtaken)):
        hold(chamber, poll)
    gevent.sleep(0)
    board = chamber.service._ledger.boards[poll].board
    assert [board.head] == heads
    assert chamber.service.boards[poll].head == board.head
    assert "follow_up_failed" not in chamber.log.getvalue()


class _Overtaken(Exception):
    """The poll was annulled."""


def _until_overtaken(chamber: Chamber, until: Callable[[Any], None], heads: list[str], reached: Any) -> None:
    until(lambda: reached() or (heads and not chamber.service._clerk._busy))
    if heads:
        raise _Overtaken


def test_what_was_frozen_before_something_else_was_decided_is_not_opened(
    opening: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    chamber = Chamber(opening.plan, opening.journal)
    chamber.service.polls.prepare("summed")
    chamber.register("summed")

    def slow(*arguments: Any) -> Any:
        made = frozen(*arguments)
        chamber.service.record_departure("002")
        return made

    monkeypatch.setattr("voting.server.services.polls.frozen", slow)
    with pytest.raises(RuntimeError, match="no longer so"):
        chamber.service.polls.open("summed", None)
    assert chamber.state("summed") is PollState.PREPARED
    assert chamber.service._ledger.boards.get("summed") is None


@pytest.mark.parametrize(
    ("poll", "step"),
    [
        ("summed", "with_ballot"),
        ("summed", "with_seal"),
        ("shuffled", "with_shuffle"),
        ("summed", "with_decryption"),
        ("summed", "with_result"),
    ],
)
def test_nothing_is_put_on_a_board_when_something_else_was_decided_since_it_was_looked_at(
    opening: Chamber, monkeypatch: pytest.MonkeyPatch, poll: str, step: str
) -> None:
    chamber = Chamber(opening.plan, opening.journal)
    chamber.shares, grow, heads = opening.shares, getattr(PollBoard, step), list[str]()

    def overtaken(board: PollBoard, *arguments: Any, **options: Any) -> Any:
        growth = grow(board, *arguments, **options)
        if not heads:
            heads.append(board.board.head)
            chamber.service.call_item("opening")
        return growth

    monkeypatch.setattr(PollBoard, step, overtaken)
    monkeypatch.setattr(chamber, "until", partial(_until_overtaken, chamber, chamber.until, heads))
    with pytest.raises((RuntimeError, _Overtaken)) as stopped:
        hold(chamber, poll)
    assert "no longer so" in chamber.log.getvalue() + str(stopped.value)


def test_an_event_whose_head_is_not_the_boards_is_not_appended(opening: Chamber) -> None:
    chamber = Chamber(opening.plan, opening.journal)
    chamber.open("summed")
    ledger = chamber.service._ledger
    raw = chamber.ballot("summed", "001", 1, 0, 1).encode()
    command = StoreBallot(
        poll="summed",
        delegate="001",
        credential=chamber.credentials["summed", "001"].public,
        tracker=tracker_of(raw),
    )
    ledger.carry_out(command)
    before, board = ledger.decided, ledger.boards["summed"].board
    height, head = board.height, board.head
    wrong = AcceptBallot(poll="summed", delegate="001", tracker=command.tracker, height=height + 1, head="0" * 64)
    with pytest.raises(BoardDiffers):
        ledger.carry_out(wrong, beside=raw)
    assert (board.height, board.head, board.ballots) == (height, head, [])
    assert ledger.decided is before


def test_a_ballots_place_is_not_given_before_it_is_durable(opening: Chamber) -> None:
    chamber = Chamber(opening.plan, opening.journal, journal_type=WatchedJournal)
    journal, asked = chamber.journal, []
    assert isinstance(journal, WatchedJournal)

    def watch(unit: Unit) -> None:
        for event in unit.events:
            if isinstance(event, e.BallotAccepted):
                with pytest.raises(KeyError):
                    chamber.service.boards["named"].place(event.tracker)
                asked.append(event)

    journal.watch = watch
    chamber.open("named")
    chamber.choose("named", "001", "for")
    chamber.until(lambda: chamber.service.sitting.polls["named"].returned)
    [accepted] = asked
    place = chamber.service.boards["named"].place(accepted.tracker)
    assert (place.height, place.head, place.tracker) == (accepted.height, accepted.head, accepted.tracker)
