"""Room on the disk: a poll is not opened where its ballots might not all find a place."""

from collections.abc import Callable

from voting.congress.refusal import refuse
from voting.wire.refusals import WireRefusal

MEGABYTE = 1024 * 1024
LEAST_FREE_MEGABYTES = 200
"""3,000 ballots of 11 kB lie in the write-ahead log and once more in the database, and so do their shuffles."""


def require_room(free_bytes: Callable[[], int]) -> None:
    """Raise Refused (disk_space_low) where less than LEAST_FREE_MEGABYTES are free."""
    free = free_bytes() // MEGABYTE
    if free < LEAST_FREE_MEGABYTES:
        raise refuse(WireRefusal.DISK_SPACE_LOW, free=free, least=LEAST_FREE_MEGABYTES)
