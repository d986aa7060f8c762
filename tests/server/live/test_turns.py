"""Strangers are served one after another, each when nothing else is ready."""

from functools import partial

import gevent
import pytest
from gevent.pool import Group

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

    group = Group()
    for act in (busy, partial(stranger, "a"), partial(stranger, "b")):
        group.spawn(act)
    group.join(timeout=5)
    group.kill()
    assert sorted(served) == ["a", "b"]
