"""A reader that is too slow has its queue emptied and its line ended."""

from typing import Any

from engineio import packet
from engineio.packet import MESSAGE, NOOP

from voting.server.live.send_queue import MAX_WAITING, SendQueue

Packet: Any = packet.Packet  # the library has no types


def message(length: int) -> Any:
    return Packet(MESSAGE, "x" * length)


def drained(queue: SendQueue) -> list[Any]:
    items = []
    while not queue.empty():
        items.append(queue.get(block=False))
        queue.task_done()
    return items


def test_what_fits_is_given_back_in_its_order() -> None:
    queue = SendQueue()
    sent = [message(MAX_WAITING // 2), Packet(NOOP), message(MAX_WAITING // 2 - 1), None]
    for item in sent:
        queue.put(item)
    assert drained(queue) == sent


def test_what_was_read_makes_room() -> None:
    queue = SendQueue()
    for _ in range(5):
        queue.put(message(MAX_WAITING))
        assert len(drained(queue)) == 1


def test_one_too_many_empties_the_queue_and_ends_the_line() -> None:
    queue = SendQueue()
    queue.put(message(MAX_WAITING))
    queue.put(message(1))
    queue.put(message(1))
    assert drained(queue) == [None]
    queue.put(message(1))
    assert drained(queue) == []
    queue.put(None)
    assert drained(queue) == [None]
    queue.join()
