"""What follows by itself from what was committed, also after a failure or a restart."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import gevent
import pytest

from tests.support.chamber import SECONDS, Chamber
from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refused
from voting.server.proofs.workers import ProofWorkerFailed
from voting.server.services.ledger import OnCommit
from voting.sitting.events import BallotStored, DeadlineMoved, PollAnnulled, PollClosed
from voting.sitting.poll import ClosedBy, PollState
from voting.sitting.progress import setup_of
from voting.storage.database import Database
from voting.storage.journal.group_commit import Journal, MemoryJournal


class Still:
    """A clock that somebody else moves."""

    def __init__(self, now: int = 1_645_150_000_000) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


HOUR = 3_600_000


def _opened(
    seconds: int | None = None,
    journal_type: Callable[[OnCommit], Journal] = MemoryJournal,
    clock: Callable[[], int] | None = None,
) -> Chamber:
    chamber = Chamber(sample_plan(seconds=seconds), journal_type=journal_type, clock=clock)
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    return chamber


def test_a_ballot_whose_worker_failed_is_verified_at_the_next_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    chamber = _opened()
    check, failures = chamber.workers.check_ballot, [ProofWorkerFailed("died twice")]

    def failing(key: str, raw: bytes) -> None:
        if failures:
            raise failures.pop()
        check(key, raw)

    monkeypatch.setattr(chamber.workers, "check_ballot", failing)
    chamber.cast("projects", "001", 1, 0, 0)
    chamber.until(lambda: "follow_up_failed" in chamber.log.getvalue())
    assert chamber.service.sitting.polls["projects"].pending
    chamber.service.polls.close("projects")
    chamber.until(lambda: chamber.state("projects") is PollState.SEALED)
    assert set(chamber.service.sitting.polls["projects"].returned) == {"001"}


def test_a_poll_annulled_during_verification_leaves_the_board_as_it_is() -> None:
    chamber = _opened()
    chamber.cast("projects", "001", 1, 0, 0)
    chamber.service.polls.annul("projects", "示例原因")
    chamber.until(lambda: "follow_up_overtaken" in chamber.log.getvalue())
    assert chamber.service.boards["projects"].head == setup_of(chamber.service.sitting.polls["projects"]).fingerprint


def test_ballots_stored_before_a_crash_are_verified_after_it() -> None:
    chamber = _opened()
    chamber.cast("projects", "001", 1, 0, 0)
    assert chamber.service.sitting.polls["projects"].pending
    resumed = Chamber(chamber.plan, chamber.journal)
    resumed.until(lambda: resumed.service.sitting.polls["projects"].returned)
    assert list(resumed.service.sitting.polls["projects"].returned) == ["001"]


def test_a_close_before_a_crash_is_sealed_after_it() -> None:
    chamber = _opened()
    chamber.cast("projects", "001", 1, 0, 0)
    chamber.service.polls.close("projects")
    assert chamber.state("projects") is PollState.CLOSED
    resumed = Chamber(chamber.plan, chamber.journal)
    resumed.until(lambda: resumed.state("projects") is PollState.SEALED)
    kinds = [entry.raw for entry in resumed.service.boards["projects"].records() if entry.kind == "event"]
    assert [b'"Ballot"' in raw for raw in kinds].count(True) == 1


def test_a_deadline_that_passed_before_the_server_died_closes_at_the_start() -> None:
    clock = Still()
    chamber = _opened(seconds=3600, clock=clock)
    assert chamber.state("projects") is PollState.OPEN
    resumed = Chamber(chamber.plan, chamber.journal, clock=clock, last_alive=clock.now + HOUR)
    resumed.until(lambda: resumed.state("projects") is PollState.SEALED)


def test_the_deadline_of_a_poll_that_the_chair_closed_is_forgotten() -> None:
    """The clock is past the deadline at its next look, so the timer is due at once."""
    chamber = Chamber(sample_plan(seconds=3600), step=3_600_000)
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    chamber.service.polls.close("projects")
    chamber.until(lambda: chamber.state("projects") is PollState.SEALED)
    gevent.spawn_later(0.001, lambda: None).join(SECONDS)  # whatever was due before has had its turn
    closed = [event.by for event in chamber.events if isinstance(event, PollClosed)]
    assert (closed, chamber.log.getvalue()) == ([ClosedBy.CHAIR], "")


def test_the_log_of_a_whole_poll_tells_no_secret() -> None:
    chamber = _opened()
    tracker = chamber.cast("projects", "001", 1, 0, 0)
    chamber.until(lambda: chamber.service.sitting.polls["projects"].returned)
    chamber.finish("projects")
    written = chamber.log.getvalue()
    secrets = [tracker, *(credential.public for credential in chamber.credentials.values())]
    assert not [secret for secret in secrets if secret in written]


def test_a_ballot_in_hand_is_not_read_back_from_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    chamber = _opened()

    def read(poll: str, tracker: str) -> bytes:
        raise AssertionError("the bytes were in hand")

    monkeypatch.setattr(chamber.journal, "ballot", read)
    ballot = chamber.ballot("projects", "001", 1, 0, 0)
    for _ in range(2):
        chamber.service.ballots.cast("001", "projects", ballot)
    chamber.until(lambda: "001" in chamber.service.sitting.polls["projects"].returned)
    chamber.service.ballots.cast("001", "projects", ballot)
    with pytest.raises(Refused):
        chamber.cast("projects", "001", 0, 1, 0)
    assert chamber.service.ballots._in_hand == {}
    assert chamber.log.getvalue() == ""


def test_a_ballot_is_not_kept_in_hand_when_its_poll_was_annulled_before_it_was_durable(tmp_path: Path) -> None:
    database, batches = Database(tmp_path / "plenary.db", tmp_path / "high-water"), list[list[type]]()

    def open_journal(on_commit: OnCommit) -> Journal:
        return database.open_journal(on_commit, lambda error: pytest.fail(repr(error)))

    chamber = _opened(journal_type=open_journal)
    chamber.service.listen(lambda rows: batches.append([type(row.event) for row in rows]))
    ballot = chamber.ballot("projects", "001", 1, 0, 0)
    casting = gevent.spawn(chamber.service.ballots.cast, "001", "projects", ballot)
    annulling = gevent.spawn(chamber.service.polls.annul, "projects", "示例原因")
    with gevent.Timeout(SECONDS):
        tracker = casting.get()
        annulling.get()
    chamber.service.stop()
    assert batches == [[BallotStored, PollAnnulled]]
    assert chamber.service.ballots._in_hand == {}
    assert chamber.journal.ballot("projects", tracker) == ballot.encode()
    assert chamber.log.getvalue() == ""
    database.settle()


def test_what_is_under_way_is_not_begun_again_by_the_next_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prover takes its time while other ballots are stored and put on the board."""
    chamber = _opened()
    check, begun = chamber.workers.check_ballot, Counter[bytes]()

    def slow(key: str, raw: bytes) -> None:
        begun[raw] += 1
        for _ in range(5):
            gevent.sleep(0)
        check(key, raw)

    monkeypatch.setattr(chamber.workers, "check_ballot", slow)
    for number in ("001", "002", "003"):
        chamber.cast("projects", number, 1, 0, 0)
        gevent.sleep(0)
    chamber.until(lambda: len(chamber.service.sitting.polls["projects"].returned) == 3)
    assert list(begun.values()) == [1, 1, 1]


@pytest.mark.parametrize("step", [2 * HOUR, -3 * HOUR, 25 * HOUR])
@pytest.mark.parametrize("alive", [0, 20_000, 50_000])
def test_a_poll_has_after_a_restart_what_was_left_when_the_server_died(
    monkeypatch: pytest.MonkeyPatch, step: int, alive: int
) -> None:
    """The journal's last row is the opening; `alive` is until when the server is known to have lived after it."""
    clock = Still()
    chamber = _opened(seconds=60, clock=clock)
    asked = list[float]()
    monkeypatch.setattr(gevent, "spawn_later", lambda left, *_: asked.append(left))
    resumed = Chamber(chamber.plan, chamber.journal, clock=Still(clock.now + step), last_alive=clock.now + alive)
    assert asked == [60.0 - alive / 1000]
    opened = resumed.service.sitting.polls["projects"].opened
    assert opened is not None
    assert opened.closes_at == clock.now + step + 60_000 - alive
    again = Chamber(chamber.plan, resumed.journal, clock=Still(clock.now), last_alive=clock.now + step + 1)
    assert asked[1:] == [60.0 - alive / 1000 - 0.001]
    assert again.state("projects") is PollState.OPEN


def test_a_server_that_comes_back_at_once_moves_no_deadline() -> None:
    clock = Still()
    chamber = _opened(seconds=60, clock=clock)
    for pause, events in ((999, 0), (1_000, 1)):
        resumed = Chamber(chamber.plan, chamber.journal, clock=Still(clock.now + pause))
        moved = [row.event for row in resumed.journal.replay() if isinstance(row.event, DeadlineMoved)]
        assert len(moved) == events


def test_a_poll_without_a_preset_end_has_none_after_a_restart_either() -> None:
    clock = Still()
    chamber = _opened(clock=clock)
    resumed = Chamber(chamber.plan, chamber.journal, clock=Still(clock.now + 2 * HOUR))
    opened = resumed.service.sitting.polls["projects"].opened
    assert opened is not None
    assert opened.closes_at is None
