"""Nothing is answered before it is durable, and a replayed board is the same board or none."""

from collections.abc import Callable, Iterator
from typing import Any

import gevent
import msgspec
import pytest

from tests.support.chamber import Chamber, Tick
from tests.support.known import known
from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refused
from voting.record.boards import BoardDiffers
from voting.record.published import PublishedBoard
from voting.server.services.ledger import Ledger, OnCommit, PlanDiffers
from voting.server.services.sitting import SittingService
from voting.sitting.commands import RegisterCredential, SignIn
from voting.sitting.events import BallotAccepted, CeremonyCompleted
from voting.sitting.refusals import ChamberRefusal
from voting.storage.journal.group_commit import JournalRow, MemoryJournal, Pending, Unit
from voting.storage.replay import replay


class SlowJournal(MemoryJournal):
    """Makes units durable only when told."""

    def __init__(self, on_commit: OnCommit) -> None:
        super().__init__(on_commit)
        self.hold = False
        self._held: list[tuple[Unit, Pending]] = []

    def append(self, unit: Unit) -> Pending:
        if not self.hold:
            return super().append(unit)
        pending = Pending()
        self._held.append((unit, pending))
        return pending

    def release(self) -> None:
        for unit, pending in self._held:
            pending.resolve(super().append(unit).wait())
        self._held.clear()


@pytest.fixture
def slow() -> Iterator[tuple[Ledger, SlowJournal]]:
    ledger = Ledger(SlowJournal, Tick(1))
    ledger.begin(sample_plan())
    journal = ledger.journal
    assert isinstance(journal, SlowJournal)
    yield ledger, journal
    journal.release()


def test_nothing_is_decided_or_told_before_a_sitting_is_convened() -> None:
    ledger = Ledger(SlowJournal, Tick(1))
    with pytest.raises(RuntimeError, match="no sitting is convened"):
        _ = ledger.decided
    with pytest.raises(RuntimeError, match="no sitting is convened"):
        _ = ledger.committed


def test_a_command_is_answered_only_when_it_is_durable(slow: tuple[Ledger, SlowJournal]) -> None:
    ledger, journal = slow
    journal.hold = True
    first = gevent.spawn(ledger.carry_out, SignIn(delegate="001"))
    gevent.sleep(0)
    assert "001" in ledger.decided.present
    assert "001" not in ledger.committed.present
    assert not first.ready()
    journal.release()
    first.join(10)
    assert "001" in ledger.committed.present
    assert len(first.get()) == 1


def test_a_repeated_command_waits_for_the_first_to_be_durable(slow: tuple[Ledger, SlowJournal]) -> None:
    ledger, journal = slow
    ledger.carry_out(SignIn(delegate="001"))
    _prepare(ledger)
    journal.hold = True
    command = RegisterCredential(poll="motion", delegate="001", credential="credential")
    calls = [gevent.spawn(ledger.carry_out, command) for _ in range(2)]
    gevent.sleep(0)
    assert not any(call.ready() for call in calls)
    journal.release()
    gevent.joinall(calls, timeout=10)
    assert [len(call.get()) for call in calls] == [1, 0]


def _prepare(ledger: Ledger) -> None:
    from voting.sitting.commands import CompleteCeremony, PostCeremonyMessage, PreparePoll

    for round_ in (1, 2, 3):
        for index in (1, 2, 3):
            ledger.carry_out(PostCeremonyMessage(round=round_, scrutineer=index, message="{}"))
    ledger.carry_out(CompleteCeremony(trustees="[]", public_key="key"))
    ledger.carry_out(PreparePoll(poll="motion", election_uuid="uuid"))


def test_a_decision_sees_what_was_decided_before_it_is_durable(slow: tuple[Ledger, SlowJournal]) -> None:
    ledger, journal = slow
    journal.hold = True
    gevent.spawn(ledger.carry_out, SignIn(delegate="001"))
    gevent.sleep(0)
    with pytest.raises(Refused) as refused:
        ledger.carry_out(SignIn(delegate="001"))
    assert refused.value.refusal.code is ChamberRefusal.ALREADY_SIGNED_IN


def test_a_journal_of_another_plan_is_not_resumed() -> None:
    first = Chamber(sample_plan())
    journal = first.journal
    with pytest.raises(PlanDiffers):
        Chamber(sample_plan(delegates=4), journal)
    assert Chamber(sample_plan(), journal).service.sitting == first.service.sitting


@pytest.fixture(scope="module")
def announced() -> Chamber:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    for number in ("001", "002", "003"):
        chamber.cast("projects", number, 1, 0, 1)
    chamber.finish("projects")
    return chamber


def test_a_resumed_sitting_has_the_same_state_and_the_same_archive(announced: Chamber) -> None:
    resumed = Chamber(announced.plan, announced.journal)
    assert resumed.service.sitting == announced.service.sitting
    assert resumed.service.boards["projects"].archive() == announced.service.boards["projects"].archive()
    assert resumed.service.boards.digests() == announced.service.boards.digests()


def test_a_board_as_of_an_earlier_head_knows_nothing_of_later_ballots(announced: Chamber) -> None:
    """The board itself has grown on; what leaves the server ends at the head that is committed."""
    accepted = [row.event for row in announced.journal.replay() if isinstance(row.event, BallotAccepted)]
    whole = known(replay(announced.journal.replay(), announced.journal.ballot)).boards["projects"]
    published = PublishedBoard(whole, accepted[1].head)
    assert [published.place(event.tracker).height for event in accepted[:2]] == [1, 2]
    for later in (accepted[2].tracker, "unknown"):
        with pytest.raises(KeyError):
            published.place(later)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda s: s.ceremony.post(1, 1, "{}"), ChamberRefusal.CEREMONY_COMPLETE),
        (lambda s: s.ceremony.post(4, 3, "{}"), ChamberRefusal.UNKNOWN_SCRUTINEER),
        (lambda s: s.ballots.register("001", "motion", "misspelled"), ChamberRefusal.POLL_NOT_PREPARED),
        (lambda s: s.ballots.cast("001", "motion", "{}"), ChamberRefusal.POLL_NOT_OPEN),
        (lambda s: s.polls.post_shuffle("motion", 1, 0, "{}", "{}"), ChamberRefusal.POLL_NOT_SEALED),
        (lambda s: s.polls.release("motion", 1, "{}"), ChamberRefusal.POLL_NOT_SEALED),
        (lambda s: s.polls.seal("motion"), ChamberRefusal.POLL_NOT_CLOSED),
    ],
)
def test_what_is_refused_anyhow_costs_no_proof(
    ask: Callable[[SittingService], None], code: ChamberRefusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody keeps the provers busy with what could not be carried out."""
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    monkeypatch.setattr(chamber.workers, "call", lambda *_, **__: pytest.fail("a proof was asked for"))
    with pytest.raises(Refused) as refused:
        ask(chamber.service)
    assert refused.value.refusal.code is code


def test_a_ballot_exchanged_in_the_store_stops_the_replay(announced: Chamber) -> None:
    accepted = [row.event for row in announced.journal.replay() if isinstance(row.event, BallotAccepted)]
    other = announced.journal.ballot("projects", accepted[1].tracker)
    with pytest.raises(BoardDiffers, match="another one"):
        replay(announced.journal.replay(), lambda poll, tracker: other)


def test_a_poll_opened_before_there_were_keys_stops_the_replay(announced: Chamber) -> None:
    rows = [row for row in announced.journal.replay() if not isinstance(row.event, CeremonyCompleted)]
    with pytest.raises(BoardDiffers, match="before the key ceremony was complete"):
        replay(iter(rows), announced.journal.ballot)


def test_a_ballot_that_is_neither_in_hand_nor_kept_is_not_taken_for_a_wrong_one(announced: Chamber) -> None:
    with pytest.raises(RuntimeError, match="missing from the journal"):
        announced.service.ballots.verify("projects", "001", "nowhere")


def test_a_ballot_missing_from_the_store_stops_the_replay(announced: Chamber) -> None:
    with pytest.raises(BoardDiffers, match="missing"):
        replay(announced.journal.replay(), lambda poll, tracker: None)


@pytest.mark.parametrize(("change", "why"), [({"head": "0" * 64}, "head"), ({"height": 7}, "height 7 is another one")])
def test_a_head_or_height_that_is_not_the_boards_stops_the_replay(
    announced: Chamber, change: dict[str, Any], why: str
) -> None:
    def forged() -> Iterator[JournalRow]:
        for row in announced.journal.replay():
            event = row.event
            if isinstance(event, BallotAccepted):
                event = msgspec.structs.replace(event, **change)
            yield JournalRow(row.seq, row.hash, event)

    with pytest.raises(BoardDiffers, match=why):
        replay(forged(), announced.journal.ballot)
