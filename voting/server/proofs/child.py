"""The parent's end of one proof worker."""

import sys

from gevent import socket, subprocess

from voting.server.proofs.jobs import AnyJob, AnyReply, frame, read_reply

_END_SECONDS = 5


class ProofChild:
    """A worker process and its successors. It inherits its own socket and nothing else."""

    def __init__(self) -> None:
        self.polls: set[str] = set()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while there is a process."""
        return None if self._process is None else self._process.pid

    def ensure_running(self) -> None:
        """Start the process, or another one when it died; a new one has read no poll. Raises OSError."""
        if self._process is not None and self._process.poll() is None:
            return
        self.end()
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "voting.server.proofs.worker", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=(theirs.fileno(),)
            )
        self._socket = ours

    def ask(self, job: AnyJob) -> AnyReply:
        """One job, one reply; blocks this greenlet only. Raises OSError or EOFError when the process is gone."""
        if self._socket is None:
            raise EOFError
        self._socket.sendall(frame(job))
        return read_reply(self._socket.recv)

    def end(self) -> None:
        """End the process and wait for it. Ending it twice does nothing."""
        ours, process = self._socket, self._process
        self._socket = self._process = None
        self.polls.clear()
        if ours is not None:
            ours.close()
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
