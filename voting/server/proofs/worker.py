"""A proof worker: `python -m voting.server.proofs.worker FD` does one job after the other until its socket closes.

It holds no secret, opens nothing and writes nothing; it yields to the server's event loop by its niceness.
"""

import json
import os
import signal
import socket
import sys
import traceback
from typing import Any, NamedTuple

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
    frame,
    read_job,
)
from voting.tally.ballots.ballot import check_ballot
from voting.tally.ballots.by_name import read_voters
from voting.tally.ballots.credential import read_credentials
from voting.tally.board.election import Election
from voting.tally.board.result import check_partial_decryption, compute_results, sum_ballots
from voting.tally.board.shuffle import check_shuffle, mixed_tally
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees import ceremony as protocol
from voting.tally.trustees.document import Trustees

NICENESS = 10


class LoadedPoll(NamedTuple):
    """An open poll, read and checked once."""

    election: Election
    trustees: Trustees | None  # None: a recorded poll
    credentials: frozenset[str]

    @property
    def keys(self) -> Trustees:
        """The scrutineers' keys of a secret poll."""
        if self.trustees is None:
            raise ValueError("a recorded poll has no scrutineers' keys")
        return self.trustees


def read_poll(election: bytes, trustees: bytes, credentials: bytes) -> LoadedPoll:
    """The documents of an open poll, checked. Raises TallyError."""
    read = Election.parse(election)
    if read.recorded:
        voters = read_voters(read.group, credentials)
        return LoadedPoll(read, None, frozenset(voter.credential for voter in voters))
    return LoadedPoll(read, Trustees.parse(read.group, trustees), read_credentials(read.group, credentials))


class Worker:
    """Answers jobs; remembers polls by key."""

    def __init__(self) -> None:
        self._polls: dict[str, LoadedPoll] = {}

    def answer(self, job: AnyJob) -> AnyReply:
        """Never raises: a refusal and a programmer error are answers too."""
        try:
            return self._do(job)
        except TallyError as error:
            return Refused(error.code, error.detail)
        except Exception as error:
            return Broken(_where(error))

    def _do(self, job: AnyJob) -> Done:
        match job:
            case LoadPoll():
                self._polls[job.key] = read_poll(job.election, job.trustees, job.credentials)
                return Done()
            case CheckBallot() | CheckShuffle() | CheckDecryption() | SumBallots() | ComputeResult():
                return _do_for_poll(self._polls[job.key], job)
            case _:
                return _do_for_ceremony(job)


def _do_for_poll(
    poll: LoadedPoll, job: CheckBallot | CheckShuffle | CheckDecryption | SumBallots | ComputeResult
) -> Done:
    match job:
        case CheckBallot():
            check_ballot(poll.election, poll.credentials, job.raw)
            return Done()
        case CheckShuffle():
            check_shuffle(poll.election, job.encrypted_tally, job.raw)
            return Done(document=mixed_tally(poll.election, job.encrypted_tally, job.raw))
        case CheckDecryption():
            check_partial_decryption(poll.election, poll.keys, job.owner, job.encrypted_tally, job.raw)
            return Done()
        case SumBallots():
            return Done(document=sum_ballots(poll.election, job.ballots))
        case ComputeResult():
            document, _ = compute_results(poll.election, poll.keys, job.encrypted_tally, job.n_ballots, job.decryptions)
            return Done(document=document)


def _do_for_ceremony(job: CheckCertificate | CheckDealing | CheckVerificationKey | AssembleTrustees) -> Done:
    ceremony = job.ceremony
    plan = protocol.CeremonyPlan(ceremony.group, ceremony.names, ceremony.threshold)
    certificates, dealings = _messages(ceremony)
    match job:
        case CheckCertificate():
            protocol.check_certificate(plan, job.index, json.loads(job.message))
        case CheckDealing():
            protocol.check_dealing(plan, job.index, certificates, json.loads(job.message))
        case CheckVerificationKey():
            protocol.check_verification_key(plan, job.index, certificates, dealings, json.loads(job.message))
        case AssembleTrustees():
            keys = json.loads(ceremony.verification_keys)
            document = protocol.assemble_trustees(plan, certificates, dealings, keys)
            public_key = Trustees.parse(group_by_name(plan.group), document).public_key
            return Done(document=document, public_key=public_key)
    return Done()


def _messages(ceremony: Ceremony) -> tuple[list[Any], list[Any]]:
    return json.loads(ceremony.certificates), json.loads(ceremony.dealings)


def _where(error: Exception) -> str:
    """Type and places of an error; no message, since that might quote a ballot."""
    places = [f"{entry.filename}:{entry.lineno}" for entry in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"


def main(descriptor: int) -> None:
    """Serve until the parent closes its end, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.nice(NICENESS)
    worker = Worker()
    with socket.socket(fileno=descriptor) as connection:
        connection.setblocking(True)
        while True:
            try:
                job = read_job(connection.recv)
                connection.sendall(frame(worker.answer(job)))
            except (EOFError, ConnectionError):
                return


if __name__ == "__main__":
    main(int(sys.argv[1]))
