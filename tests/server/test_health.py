"""Health is the journal's: asked every second, and the reason is told."""

from collections.abc import Callable

import gevent
import pytest

from tests.support.chamber import Chamber
from tests.support.http_client import Client
from tests.support.plans.plain import sample_plan
from voting.server.health import STALLED_SECONDS, Health, HealthProblem
from voting.storage.journal.group_commit import JournalFailed, MemoryJournal, Unit
from voting.storage.journal.port import Pending
from voting.storage.journal.stopping import StopReason


class Failing(MemoryJournal):
    """Takes nothing more once `reason` is set."""

    reason: StopReason | None = None

    def append(self, unit: Unit) -> Pending:
        pending = Pending()
        if self.reason is None:
            return super().append(unit)
        pending.fail(JournalFailed(self.reason))
        return pending

    def stopped(self) -> StopReason | None:
        return self.reason


def test_a_journal_that_answers_is_healthy_and_one_that_does_not_is_stalled() -> None:
    now = [0.0]
    health = Health(MemoryJournal(), lambda: now[0])
    for moment, problem in ((STALLED_SECONDS, None), (STALLED_SECONDS + 0.1, HealthProblem.STALLED)):
        now[0] = moment
        assert health.problem() is problem
    health.probe()
    assert health.problem() is None


@pytest.mark.parametrize("reason", StopReason)
def test_a_stopped_journal_says_why(reason: StopReason) -> None:
    journal = Failing()
    health = Health(journal)
    journal.reason = reason
    assert health.problem() is reason


def test_the_watch_ends_with_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voting.server.health.PROBE_SECONDS", 0)
    journal = Failing()
    watching = gevent.spawn(Health(journal).watch)
    gevent.sleep(0)
    journal.reason = StopReason.DISK_FULL
    with gevent.Timeout(30):
        watching.get()


def test_healthz_answers_503_with_the_reason() -> None:
    chamber = Chamber(sample_plan(), journal_type=_failing)
    client = Client(chamber)
    assert (client.get("/healthz").status_code, client.get("/healthz").json) == (200, {"ok": True})
    journal = chamber.journal
    assert isinstance(journal, Failing)
    journal.reason = StopReason.DISK_FULL
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"ok": False, "problem": "disk_full"})


def _failing(on_commit: Callable[..., None]) -> Failing:
    return Failing(on_commit)
