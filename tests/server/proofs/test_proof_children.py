"""Proof workers against their own death."""

import os
import signal
from typing import Any

import gevent
import pytest
from gevent.event import Event

from tests.support.proof_polls import ceremony, poll
from voting.server.proofs.child import ProofChild
from voting.server.proofs.functions import Proof
from voting.server.proofs.jobs import Call, Done, LoadPoll
from voting.server.proofs.workers import ProofWorkerFailed, ProofWorkers
from voting.tally.board.result import sum_ballots


def _sums(job: object) -> bool:
    return isinstance(job, Call) and job.proof is Proof.SUM_BALLOTS


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[ProofChild]:
    """Every child that is made, in order."""
    made: list[ProofChild] = []
    original = ProofChild.__init__

    def recorded(self: ProofChild) -> None:
        original(self)
        made.append(self)

    monkeypatch.setattr(ProofChild, "__init__", recorded)
    return made


def one_worker() -> ProofWorkers:
    made = ProofWorkers(1)
    made.load_poll("p", poll().election.raw, ceremony().trustees, poll().credentials)
    made.start()
    return made


def test_the_loop_runs_on_while_a_worker_works(children: list[ProofChild]) -> None:
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    pid = children[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    check = gevent.spawn(made.check_ballot, "p", poll().ballots[1])
    for _ in range(100):
        gevent.sleep(0)
    assert not check.ready()
    os.kill(pid, signal.SIGCONT)
    check.get()
    made.stop()


def test_a_killed_worker_is_replaced_and_reads_the_poll_again(children: list[ProofChild]) -> None:
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    first = children[0].pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    made.check_ballot("p", poll().ballots[1])
    assert children[0].pid not in (None, first)
    made.stop()


def test_a_job_whose_worker_died_is_done_by_another(
    children: list[ProofChild], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, killed = ProofChild.ask, list[int]()

    def killed_once(self: ProofChild, job: Any) -> Any:
        if _sums(job) and not killed and self.pid is not None:
            killed.append(self.pid)
            os.kill(self.pid, signal.SIGKILL)
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", killed_once)
    made = one_worker()
    assert made.sum_ballots("p", poll().ballots) == sum_ballots(poll().election, poll().ballots)
    assert len(killed) == 1
    made.stop()


def test_a_job_that_kills_two_workers_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ask, killed = ProofChild.ask, list[int]()

    def deadly(self: ProofChild, job: Any) -> Any:
        if _sums(job) and self.pid is not None:
            killed.append(self.pid)
            os.kill(self.pid, signal.SIGKILL)
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", deadly)
    made = one_worker()
    with pytest.raises(ProofWorkerFailed, match="ended 2 workers"):
        made.sum_ballots("p", poll().ballots)
    assert len(set(killed)) == 2
    made.check_ballot("p", poll().ballots[0])
    made.stop()


def test_stopping_fails_what_is_in_hand_and_in_the_queue_and_leaves_no_process(
    children: list[ProofChild], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_hand, ask = Event(), ProofChild.ask

    def endless(self: ProofChild, job: Any) -> Any:
        if _sums(job):
            in_hand.set()
            Event().wait()
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", endless)
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    pid = children[0].pid
    assert pid is not None
    waiting = [gevent.spawn(made.sum_ballots, "p", poll().ballots) for _ in range(3)]
    in_hand.wait()
    made.stop()
    gevent.joinall(waiting)
    assert [type(greenlet.exception) for greenlet in waiting] == [ProofWorkerFailed] * 3
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(ProofWorkerFailed):
        made.check_ballot("p", poll().ballots[0])
    made.stop()


def test_a_worker_holds_no_descriptor_but_its_socket() -> None:
    listener = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(listener, True)
    child = ProofChild()
    child.ensure_running()
    loaded = child.ask(LoadPoll("p", poll().election.raw, ceremony().trustees, poll().credentials))
    targets = {os.readlink(f"/proc/{child.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{child.pid}/fd") if int(fd) > 2}
    niceness = os.getpriority(os.PRIO_PROCESS, child.pid or 0)
    child.end()
    os.close(listener)
    assert isinstance(loaded, Done)
    assert [target.split(":")[0] for target in targets] == ["socket"]
    assert niceness >= 10


def test_a_worker_ends_by_itself_when_its_server_is_gone() -> None:
    child = ProofChild()
    child.ensure_running()
    assert child._socket is not None
    assert child._process is not None
    child._socket.close()
    assert child._process.wait(timeout=30) == 0
