"""What reports are made from: the fold of the journal, with each poll's moment of opening kept."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from voting.congress.events import AnyEvent, PollOpened
from voting.congress.rules import ruling_of
from voting.congress.ruling import Ruling
from voting.congress.sitting import PollProgress, Sitting, evolve


class OutcomeDiffers(Exception):  # noqa: N818 - a finding, named after what it says
    """The outcome in the journal is not the one that the frozen rules give for its count; no report is made of it."""


class PollRecord(msgspec.Struct, frozen=True):
    """One poll. present: delegates present when it was opened; archive_sha256: of its public record, once counted."""

    progress: PollProgress
    present: int | None = None
    archive_sha256: str | None = None


class SittingRecord(msgspec.Struct, frozen=True):
    """The sitting as of the journal's last event (Unix ms). polls: in the order of the plan."""

    sitting: Sitting
    as_of: int
    polls: dict[str, PollRecord]


def record_of(events: Iterable[AnyEvent], digests: Mapping[str, str] | None = None) -> SittingRecord:
    """Fold a journal. digests: poll -> sha256 of its archive. Raises ValueError on an empty journal."""
    sitting: Sitting | None = None
    as_of = 0
    present: dict[str, int] = {}
    for event in events:
        sitting, as_of = evolve(sitting, event), event.at
        if isinstance(event, PollOpened):
            present[event.poll] = len(sitting.present)
    if sitting is None:
        raise ValueError("the journal is empty")
    known = digests or {}
    polls = {id: PollRecord(progress, present.get(id), known.get(id)) for id, progress in sitting.polls.items()}
    return SittingRecord(sitting=sitting, as_of=as_of, polls=polls)


def with_digests(record: SittingRecord, digests: Mapping[str, str]) -> SittingRecord:
    """The record with the hashes of the archives."""
    polls = {id: replace(poll, archive_sha256=digests.get(id)) for id, poll in record.polls.items()}
    return replace(record, polls=polls)


def ruling_on(record: SittingRecord, poll: PollRecord) -> Ruling:
    """The outcome of a counted poll with its reasons. Raises OutcomeDiffers, and ValueError when it is not counted."""
    progress, roster = poll.progress, record.sitting.plan.roster
    if progress.count is None or progress.outcome is None:
        raise ValueError(f"poll {progress.plan.id} is not counted")
    ruling = ruling_of(
        progress.plan,
        roster.in_office,
        progress.count,
        present=poll.present,
        statutory_seats=roster.statutory_seats,
    )
    kept = progress.outcome
    found = (ruling.outcome, ruling.majority, ruling.elected, ruling.shortfall, ruling.verdicts)
    if found != (kept.kind, kept.majority, kept.elected, kept.shortfall, kept.verdicts):
        raise OutcomeDiffers(f"poll {progress.plan.id}: the journal says {kept.kind}, its rules {ruling.outcome}")
    return ruling
