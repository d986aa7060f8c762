"""Proof workers: cryptography in child processes, so that the event loop never waits for a proof.

One greenlet per child hands it jobs from one queue. A child that dies is replaced; the job it died on is given to
another child once more, and fails as a programmer error if that one dies too.
"""

import contextlib
import json
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.lock import Semaphore

from voting.server.proofs.child import ProofChild
from voting.server.proofs.jobs import (
    AnyJob,
    AnyReply,
    AssembleTrustees,
    Broken,
    Ceremony,
    CheckBallot,
    CheckCertificate,
    CheckDealing,
    CheckDecryption,
    CheckShuffle,
    CheckVerificationKey,
    ComputeResult,
    Done,
    LoadPoll,
    Refused,
    SumBallots,
)
from voting.tally.errors import TallyError
from voting.tally.trustees.ceremony import CeremonyPlan

Message = Mapping[str, Any]
_LIVES = 2
_STOPPED = Broken("the workers were stopped")


class ProofWorkerFailed(Exception):  # noqa: N818 - a state of the workers, named as one
    """A programmer error in a worker, a job that killed two workers, or workers that were stopped."""


class _Waiting:
    """A job on its way; key: the poll a worker must have read before."""

    def __init__(self, job: AnyJob, key: str | None) -> None:
        self.job, self.key = job, key
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


class ProofWorkers:
    """`count` child processes; every method but start, stop and load_poll blocks the calling greenlet only.

    Methods raise voting.tally.errors.TallyError as the tally function they stand for does, or ProofWorkerFailed.
    """

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

    def load_poll(self, key: str, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Remember an open poll under `key`; each worker reads it at its first job, a restarted one again.

        Raises ValueError when other documents are known under this key.
        """
        poll = LoadPoll(key, election, trustees, credentials)
        if self._polls.setdefault(key, poll) != poll:
            raise ValueError(f"poll {key} was loaded with other documents")

    def check_ballot(self, key: str, raw: bytes) -> None:
        """Membership, signature and every proof of a ballot of poll `key`."""
        self._ask(CheckBallot(key, raw), key)

    def check_shuffle(self, key: str, encrypted_tally: bytes, raw: bytes) -> bytes:
        """A shuffle of `encrypted_tally`; what it leaves for the next one, or to be decrypted."""
        return self._ask(CheckShuffle(key, encrypted_tally, raw), key).document

    def check_decryption(self, key: str, owner: int, encrypted_tally: bytes, raw: bytes) -> None:
        """Scrutineer `owner`'s (from 1) partial decryption of the encrypted sum, or of what the shuffles left."""
        self._ask(CheckDecryption(key, owner, encrypted_tally, raw), key)

    def sum_ballots(self, key: str, ballots: Sequence[bytes]) -> bytes:
        """The encrypted tally's archived JSON."""
        return self._ask(SumBallots(key, list(ballots)), key).document

    def compute_result(
        self, key: str, encrypted_tally: bytes, n_ballots: int, decryptions: Mapping[int, bytes]
    ) -> bytes:
        """The result's archived JSON, from checked decryptions by owner."""
        return self._ask(ComputeResult(key, encrypted_tally, n_ballots, dict(decryptions)), key).document

    def check_certificate(self, plan: CeremonyPlan, index: int, message: Message) -> None:
        """Round 1 of the ceremony."""
        self._ask(CheckCertificate(_ceremony(plan), index, _text(message)))

    def check_dealing(self, plan: CeremonyPlan, index: int, certificates: Sequence[Message], message: Message) -> None:
        """Round 2 of the ceremony (its public part)."""
        self._ask(CheckDealing(_ceremony(plan, certificates), index, _text(message)))

    def check_verification_key(
        self,
        plan: CeremonyPlan,
        index: int,
        certificates: Sequence[Message],
        dealings: Sequence[Message],
        message: Message,
    ) -> None:
        """Round 3 of the ceremony; n-of-n form: with empty certificates and dealings."""
        self._ask(CheckVerificationKey(_ceremony(plan, certificates, dealings), index, _text(message)))

    def assemble_trustees(
        self,
        plan: CeremonyPlan,
        certificates: Sequence[Message],
        dealings: Sequence[Message],
        verification_keys: Sequence[Message],
    ) -> tuple[bytes, str]:
        """The trustees' archived JSON, all its checks passed, and the joint public key."""
        done = self._ask(AssembleTrustees(_ceremony(plan, certificates, dealings, verification_keys)))
        return done.document, done.public_key

    def _ask(self, job: AnyJob, key: str | None = None) -> Done:
        if self._stopped:
            raise ProofWorkerFailed(_STOPPED.where)
        if key is not None and key not in self._polls:
            raise KeyError(key)
        waiting = _Waiting(job, key)
        self._queue.append(waiting)
        self._ready.release()
        return _done(waiting.wait())

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
                waiting.settle(Broken(f"{type(waiting.job).__name__} ended {_LIVES} workers"))
                return
            self._queue.appendleft(waiting)
            self._ready.release()
        except gevent.GreenletExit:
            waiting.settle(_STOPPED)
            raise

    def _do(self, child: ProofChild, waiting: _Waiting) -> AnyReply:
        child.ensure_running()
        key = waiting.key
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


def _text(message: Message | Sequence[Message]) -> str:
    return json.dumps(message)


def _ceremony(plan: CeremonyPlan, *rounds: Sequence[Message]) -> Ceremony:
    return Ceremony(plan.group, plan.names, plan.threshold, *map(_text, rounds))
