"""Strangers are served one after another, each when nothing else is ready."""

import gevent
import pytest

from voting.server.live import turns as module
from voting.server.live.turns import Turns


def test_what_is_ready_is_served_before_the_next_stranger() -> None:
    turns, served = Turns(), []

    def stranger() -> None:
        turns.take(0.0)
        served.append("stranger")
        gevent.spawn(served.append, "known")

    gevent.joinall([gevent.spawn(stranger) for _ in range(3)], raise_error=True)
    gevent.idle()
    assert served == ["stranger", "known"] * 3


def test_whoever_waits_for_nobody_goes_on_at_once() -> None:
    turns, served = Turns(), []

    def known() -> None:
        turns.take(None)
        served.append("known")

    gevent.spawn(served.append, "first")
    known()
    gevent.idle()
    assert served == ["known", "first"]


def test_a_server_that_never_rests_serves_strangers_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_SECONDS", 0.05)
    turns = Turns()
    served: list[str] = []

    def stranger(name: str) -> None:
        turns.take(0.0)
        served.append(name)

    def busy() -> None:
        while len(served) < 2:
            gevent.sleep(0)

    greenlets = [gevent.spawn(busy), gevent.spawn(stranger, "a"), gevent.spawn(stranger, "b")]
    gevent.joinall(greenlets, timeout=5)
    gevent.killall(greenlets)
    assert sorted(served) == ["a", "b"]
