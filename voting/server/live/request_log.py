"""Which answers are logged: all of officials, and of everybody else so many refusals, so that nobody fills the disk."""

from collections.abc import Callable

from voting.congress.refusal import Refusal
from voting.server.live.budgets import Bucket, Rate
from voting.server.log import LinesLeftOut, Log, RequestAnswered, RequestFailed
from voting.wire.roles import OFFICIALS, Role

REFUSED_LINES = Rate(per_second=2, burst=100)


class RequestLog:
    """Of the socket requests. clock: seconds, monotonic."""

    def __init__(self, log: Log, clock: Callable[[], float]) -> None:
        self._log, self._clock = log, clock
        self._lines = Bucket(REFUSED_LINES)
        self._left_out = 0

    def answered(self, request: str, role: Role, refusal: Refusal | None) -> None:
        """refusal: None where it was carried out."""
        if role not in OFFICIALS and (refusal is None or not self._has_room()):
            return
        self._log.write(RequestAnswered(request=request, role=role.value, code=str(refusal.code) if refusal else "ok"))

    def failed(self, request: str, role: Role, error: BaseException) -> None:
        """It met a programmer error."""
        self._log.write(RequestFailed(request=request, role=role.value), error)

    def _has_room(self) -> bool:
        if not self._lines.take(self._clock()):
            self._left_out += 1
            return False
        if self._left_out:
            self._log.write(LinesLeftOut(count=self._left_out))
            self._left_out = 0
        return True
