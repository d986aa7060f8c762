"""What the server pushes to a connection: its audience's view, and the person behind it."""

from typing import Any

from voting.wire.base import Wire
from voting.wire.roles import Audience, Role


class Receipt(Wire, frozen=True):
    """Signed by the server; see docs/protocol.md."""

    version: int
    election_uuid: str
    fingerprint: str
    tracker: str
    height: int
    board_head: str
    server_key: str
    signature: str


class MyPoll(Wire, frozen=True):
    """This delegate in one poll. credential: the public one; stored: tracker of a durable, unverified ballot;
    rejected: why the last ballot was refused after storing (code proof); receipt: of the last one verified and on the
    board; on_paper: this delegate votes on paper in a mixed poll."""

    credential: str | None
    stored: str | None
    rejected: str | None
    receipt: Receipt | None
    on_paper: bool


class Me(Wire, frozen=True):
    """The person behind this connection; pushed whole at connect and whenever it changes.

    terminals: how many connections this person has now, this one among them.
    """

    role: Role
    subject: str
    name: str
    delegation: str
    seat: str | None
    signed_in: bool
    polls: dict[str, MyPoll]
    terminals: int


class Snapshot(Wire, frozen=True):
    """view: the audience's whole view; seq: its number, counted per audience from the server's start.

    server_time: Unix ms.
    """

    audience: Audience
    seq: int
    server_time: int
    view: dict[str, Any]


class Patch(Wire, frozen=True):
    """RFC 6902 operations that turn the view at `base` into the view at `seq`. A gap means: send resync."""

    base: int
    seq: int
    ops: list[dict[str, Any]]


PUSHED: dict[str, type[Wire]] = {"snapshot": Snapshot, "patch": Patch, "me": Me}
"""By socket event."""
