"""Sends each audience the changes of its view, after commit, from one place.

Law: snapshot(old) + patches == snapshot(new). Each audience's view is a stream numbered by its own counter: `seq` goes
up by one whenever that audience's view changes, be it by a committed event or by a terminal that comes or goes
(presence is not journalled). The counters start at 0 with the process, so a client takes a fresh snapshot at every
connect; a patch whose `base` is not the number it has means that it asks for one (resync).

Changes that come while a patch is being worked out share the next one, and after each the loop belongs to others for
PAUSE_RATIO times as long as it took: thousands of casts in a second cost a few patches and not thousands.
"""

import time
from collections.abc import Callable
from typing import Any

import gevent
import jsonpatch
import msgspec
from gevent.event import Event

from voting.server.live.views import Scene, view_data
from voting.wire.pushed import Patch
from voting.wire.roles import Audience

PAUSE_RATIO = 4


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """RFC 6902 operations that turn `old` into `new`; parts that are equal are left out before they are compared."""
    left, right = _differing(old, new)
    ops: list[dict[str, Any]] = jsonpatch.make_patch(left, right).patch
    return ops


def _differing(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    left: dict[str, Any] = {}
    right: dict[str, Any] = {}
    for key in old.keys() | new.keys():
        if key in old and key in new:
            if old[key] == new[key]:
                continue
            if isinstance(old[key], dict) and isinstance(new[key], dict):
                left[key], right[key] = _differing(old[key], new[key])
                continue
        if key in old:
            left[key] = old[key]
        if key in new:
            right[key] = new[key]
    return left, right


class EncodedSnapshot(msgspec.Struct, frozen=True):
    """A wire Snapshot, of which the view is JSON already."""

    audience: Audience
    seq: int
    server_time: int
    view: msgspec.Raw


class Stream:
    """One audience's numbered view."""

    def __init__(self, audience: Audience, scene: Scene) -> None:
        self._audience = audience
        self._view = view_data(audience, scene)
        self._encoded: msgspec.Raw | None = None
        self._seq = 0

    def snapshot(self, now: int) -> EncodedSnapshot:
        """The view as last sent, encoded when it is first asked for. now: Unix ms."""
        if self._encoded is None:
            self._encoded = msgspec.Raw(msgspec.json.encode(self._view))
        return EncodedSnapshot(audience=self._audience, seq=self._seq, server_time=now, view=self._encoded)

    def advance(self, scene: Scene) -> Patch | None:
        """Take the view of `scene`; the patch that leads there, or None when this audience sees no difference."""
        view = view_data(self._audience, scene)
        if view == self._view:
            return None
        patch = Patch(base=self._seq, seq=self._seq + 1, ops=changes(self._view, view))
        self._view, self._seq, self._encoded = view, self._seq + 1, None
        return patch


class Broadcaster:
    """Keeps the streams and sends their patches. scene: what is committed and who is connected, now."""

    def __init__(
        self, scene: Callable[[], Scene], send: Callable[[Audience, Patch], None], clock: Callable[[], int]
    ) -> None:
        self._scene = scene
        self._send = send
        self._clock = clock
        self._changed = Event()
        first = scene()
        self._streams = {audience: Stream(audience, first) for audience in Audience}

    def note_change(self) -> None:
        """Something in the scene is different; the next patch will carry it."""
        self._changed.set()

    def snapshot(self, audience: Audience) -> EncodedSnapshot:
        """What a connection of this audience starts from; the next patch follows it without a gap."""
        return self._streams[audience].snapshot(self._clock())

    def publish(self) -> None:
        """Send what changed since the last time."""
        scene = self._scene()
        for audience, stream in self._streams.items():
            patch = stream.advance(scene)
            if patch is not None:
                self._send(audience, patch)

    def publish_next(self) -> None:
        """Wait for a change, publish it, and pause; to be called for ever in a greenlet of its own."""
        self._changed.wait()
        self._changed.clear()
        started = time.perf_counter()
        self.publish()
        gevent.sleep((time.perf_counter() - started) * PAUSE_RATIO)
