"""The data directory of one sitting. No other module knows what its files are called."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO, cast

from voting.storage.private_files import make_directory, make_private, open_private
from voting.storage.rotating import RotatingFile

LOG_BYTES, OLDER_LOGS = 16 << 20, 3
"""Of one file of the log, and how many older ones are kept."""


class DataDirInUse(Exception):
    """Another server holds the directory."""


class DataDir:
    """The files of a sitting that is held, or was held, in the directory `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def database(self) -> Path:
        """Journal, ballots, board places and access codes (SQLite)."""
        return self.path / "plenary.db"

    @property
    def high_water(self) -> Path:
        """Which row of the journal was durable last, outside of the database."""
        return self.path / "high-water"

    @property
    def alive(self) -> Path:
        """Until when its server was alive."""
        return self.path / "alive"

    @property
    def login_secret(self) -> Path:
        """The key of login tokens and of the codes' MACs."""
        return self.path / "secret.key"

    @property
    def signing_key(self) -> Path:
        """The key with which the server signs receipts and counts (PEM)."""
        return self.path / "server.key"

    @property
    def codes(self) -> Path:
        """Everybody's code in clear, to be handed out."""
        return self.path / "codes.csv"

    @property
    def badges(self) -> Path:
        """The codes as cards to print."""
        return self.path / "badges.html"

    @property
    def log(self) -> Path:
        """The server's log, one JSON object per line."""
        return self.path / "plenary.log"

    @property
    def listening(self) -> Path:
        """Where its server takes connections, as long as it does."""
        return self.path / "listening.json"

    @property
    def errors(self) -> Path:
        """What the server's process said on standard error, where a command started it."""
        return self.path / "stderr.log"

    @contextmanager
    def taken(self) -> Iterator[TextIO]:
        """Hold the directory for one server, made and private to its owner; the log to append to.

        Raises DataDirInUse.
        """
        make_directory(self.path)
        with ExitStack() as cleanup:
            lock = cleanup.enter_context(open_private(self.path / "lock"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DataDirInUse from None
            make_private(self.path)
            # SQLite would create it for everybody to read; its write-ahead log takes the mode of the file it is for.
            open_private(self.database).close()
            yield cast(TextIO, cleanup.enter_context(RotatingFile(self.log, LOG_BYTES, OLDER_LOGS)))
