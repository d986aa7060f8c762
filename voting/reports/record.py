"""What reports are made from: the fold of the journal, and the hashes of the public records."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from voting.congress.law.ruling import Ruling
from voting.sitting.machine import PollProgress, Sitting, ruling_in


class OutcomeDiffers(Exception):
    """The outcome in the journal is not the one that the frozen rules give for its count; no report is made of it."""


class PollRecord(msgspec.Struct, frozen=True):
    """One poll. archive_sha256: of its public record, once counted; a count by hand alone has none.

    statement_sha256: of its signed count (count.json), where papers or hands were counted and the key is at hand.
    """

    progress: PollProgress
    archive_sha256: str | None = None
    statement_sha256: str | None = None

    @property
    def present(self) -> int | None:
        """Delegates present when it was opened; None before that."""
        return self.progress.opened.present if self.progress.opened else None


class SittingRecord(msgspec.Struct, frozen=True):
    """The sitting as of the journal's last event (Unix ms). polls: in the order of the plan.

    server_key: signs receipts and counts (hex), "" where it does not lie with the data; pages: hash of the pages that
    are served (hex), "" where nobody said it.
    """

    sitting: Sitting
    as_of: int
    polls: dict[str, PollRecord]
    server_key: str = ""
    pages: str = ""


def record_of(sitting: Sitting, as_of: int, digests: Mapping[str, str]) -> SittingRecord:
    """The record of a sitting as of `as_of` (Unix ms). digests: poll -> sha256 of its archive."""
    polls = {id: PollRecord(progress, archive_sha256=digests.get(id)) for id, progress in sitting.polls.items()}
    return SittingRecord(sitting=sitting, as_of=as_of, polls=polls)


def with_statements(record: SittingRecord, digests: Mapping[str, str]) -> SittingRecord:
    """The record with the hashes of the signed counts."""
    polls = {id: replace(poll, statement_sha256=digests.get(id)) for id, poll in record.polls.items()}
    return replace(record, polls=polls)


def ruling_on(record: SittingRecord, poll: PollRecord) -> Ruling:
    """The outcome of a counted poll with its reasons. Raises OutcomeDiffers, and ValueError when it is not counted."""
    ruling, kept = ruling_in(record.sitting, poll.progress.question.id), poll.progress.outcome
    if ruling is None or kept is None:
        raise ValueError(f"poll {poll.progress.question.id} is not counted")
    found = (ruling.outcome, ruling.majority, ruling.elected, ruling.shortfall, ruling.verdicts)
    if found != (kept.kind, kept.majority, kept.elected, kept.shortfall, kept.verdicts):
        said = f"the journal says {kept.kind}, its rules {ruling.outcome}"
        raise OutcomeDiffers(f"poll {poll.progress.question.id}: {said}")
    return ruling
