"""The public record over HTTP GET: what was frozen, and the board."""

from enum import StrEnum

from voting.wire.base import Wire


class PollSetup(Wire, frozen=True):
    """GET /api/polls/<id>/setup (once open): archived texts and the fingerprint = hash of the Setup event."""

    election: str
    trustees: str
    credentials: str
    fingerprint: str


class BoardTrackers(Wire, frozen=True):
    """GET /api/polls/<id>/trackers (everybody, once sealed): what a receipt is compared with.

    trackers: of the ballots on the board, in the order of their heights, from 1. With the fingerprint the head after
    each of them and the closed head follow from it.
    """

    trackers: tuple[str, ...]


class RecordKind(StrEnum):
    """A document, or the event that names it."""

    DATA = "data"
    EVENT = "event"


class BoardRecord(Wire, frozen=True):
    """One record of the board in order; text byte-exact."""

    kind: RecordKind
    text: str


class BoardRecords(Wire, frozen=True):
    """GET /api/polls/<id>/board (scrutineer, chair: once closed; public: once announced)."""

    timestamp: int
    records: tuple[BoardRecord, ...]
