"""What waits to be sent to one websocket: bounded, so that a slow reader costs itself its line and nobody memory."""

from typing import Any

from engineio.packet import Packet
from gevent.queue import JoinableQueue

MAX_WAITING = 4 << 20
"""In characters; the largest view, of 3,000 seats, has less than a quarter of it."""

_Queue: Any = JoinableQueue  # the library has no types


class SendQueue(_Queue):  # type: ignore[misc]
    """A queue of engine.io's packets and of None, which ends the line. Beyond MAX_WAITING it holds nothing but None."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting = 0
        self._is_over = False

    def put(self, item: Packet | None, *arguments: Any, **options: Any) -> None:
        """Add a packet; the one that is too much empties the queue and ends the line."""
        if item is not None:
            if self._is_over:
                return
            self._waiting += _length(item)
            if self._waiting > MAX_WAITING:
                self._is_over = True
                self._empty()
                item = None
        super().put(item, *arguments, **options)

    def get(self, *arguments: Any, **options: Any) -> Packet | None:
        """The oldest packet."""
        item: Packet | None = super().get(*arguments, **options)
        if item is not None:
            self._waiting -= _length(item)
        return item

    def _empty(self) -> None:
        while not self.empty():
            self.get()
            self.task_done()


def _length(packet: Packet) -> int:
    return len(packet.data) if isinstance(packet.data, str | bytes) else 1
