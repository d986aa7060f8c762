"""Proof workers: cryptography in child processes, so that the event loop never waits for a proof.

One greenlet per child hands it jobs from one queue. A child that dies is replaced; the job it died on is given to
another child once more, and fails as a programmer error if that one dies too.
"""

import contextlib
from collections import deque

import gevent
from gevent.event import AsyncResult
from gevent.lock import Semaphore

from voting.server.proofs.child import ProofChild
from voting.server.proofs.functions import Documents, Proof
from voting.server.proofs.jobs import AnyReply, Broken, Call, Done, LoadPoll, Refused
from voting.server.proofs.port import Prover
from voting.tally.errors import TallyError

_LIVES = 2
_STOPPED = Broken("the workers were stopped")


class ProofWorkerFailed(Exception):
    """A programmer error in a worker, a job that killed two workers, or workers that were stopped."""


class _Waiting:
    """A job on its way."""

    def __init__(self, job: Call) -> None:
        self.job = job
        self.deaths = 0
        self._settled: AsyncResult[None] = AsyncResult()
        self._reply: AnyReply = Broken("no reply")

    def settle(self, reply: AnyReply) -> None:
        """Wake the greenlet that asked."""
        self._reply = reply
        self._settled.set(None)

    def wait(self) -> AnyReply:
        """Block this greenlet until the job is settled."""
        self._settled.get()
        return self._reply


class ProofWorkers(Prover):
    """`count` child processes; every method but start, stop and load_poll blocks the calling greenlet only."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._polls: dict[str, LoadPoll] = {}
        self._queue: deque[_Waiting] = deque()
        self._ready = Semaphore(0)
        self._greenlets: list[gevent.Greenlet[..., None]] = []
        self._stopped = False

    def start(self) -> None:
        """Start the children. Jobs given before wait until then."""
        self._greenlets = [gevent.spawn(self._serve) for _ in range(self._count)]

    def stop(self) -> None:
        """End the children; jobs in hand and in the queue fail with ProofWorkerFailed. Stopping again does nothing."""
        self._stopped = True
        gevent.killall(self._greenlets)
        while self._queue:
            self._queue.popleft().settle(_STOPPED)

    def load_poll(self, poll: str, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Remember an open poll; each worker reads it at its first job, a restarted one again."""
        documents = LoadPoll(poll, election, trustees, credentials)
        if self._polls.setdefault(poll, documents) != documents:
            raise ValueError(f"poll {poll} was loaded with other documents")

    def call(self, proof: Proof, *arguments: bytes, poll: str | None = None) -> Documents:
        """What one of the children makes of it. Raises ProofWorkerFailed besides what Prover says."""
        if self._stopped:
            raise ProofWorkerFailed(_STOPPED.where)
        if poll is not None and poll not in self._polls:
            raise KeyError(poll)
        waiting = _Waiting(Call(proof, arguments, poll))
        self._queue.append(waiting)
        self._ready.release()
        return _done(waiting.wait()).documents

    def _serve(self) -> None:
        child = ProofChild()
        try:
            with contextlib.suppress(OSError):
                child.ensure_running()
            while True:
                self._ready.acquire()
                self._hand(child, self._queue.popleft())
        finally:
            child.end()

    def _hand(self, child: ProofChild, waiting: _Waiting) -> None:
        """Let the child do the job; give the job back, once, when the child dies over it."""
        try:
            waiting.settle(self._do(child, waiting))
        except (OSError, EOFError):
            child.end()
            waiting.deaths += 1
            if waiting.deaths == _LIVES:
                waiting.settle(Broken(f"{waiting.job.proof} ended {_LIVES} workers"))
                return
            self._queue.appendleft(waiting)
            self._ready.release()
        except gevent.GreenletExit:
            waiting.settle(_STOPPED)
            raise

    def _do(self, child: ProofChild, waiting: _Waiting) -> AnyReply:
        child.ensure_running()
        key = waiting.job.poll
        if key is not None and key not in child.polls:
            loaded = child.ask(self._polls[key])
            if not isinstance(loaded, Done):
                return Broken(f"poll {key} cannot be read: {loaded}")
            child.polls.add(key)
        return child.ask(waiting.job)


def _done(reply: AnyReply) -> Done:
    match reply:
        case Done():
            return reply
        case Refused():
            raise TallyError(reply.code, reply.detail)
        case Broken():
            raise ProofWorkerFailed(reply.where)
