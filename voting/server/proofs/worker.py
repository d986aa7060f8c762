"""A proof worker: `python -m voting.server.proofs.worker FD` does one job after the other until its socket closes.

It holds no secret, opens nothing and writes nothing; it yields to the server's event loop by its niceness.
"""

import os
import signal
import socket
import sys
import traceback

from voting.server.proofs.functions import LoadedPoll, perform, read_poll
from voting.server.proofs.jobs import AnyJob, AnyReply, Broken, Call, Done, LoadPoll, Refused, frame, read_job
from voting.tally.errors import TallyError

NICENESS = 10


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
            case Call():
                poll = None if job.poll is None else self._polls[job.poll]
                return Done(tuple(perform(job.proof, poll, job.arguments)))


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
