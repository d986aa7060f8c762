"""The whole verification of a sitting's record: the file, every poll by itself, and all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from voting.record.count_checks import StatedCount
from voting.record.verification import Demand, Verification, verify_poll
from voting.record.whole import across, checks
from voting.record.whole.checks import Receipt, SittingCheck, SittingFiles, SittingRefused
from voting.record.whole.statement import SittingStatement
from voting.sitting.poll import PollState
from voting.tally.verify.verdict import Verdict


class Open(StrEnum):
    """What a sitting's record leaves open although its checks hold."""

    POLL_NOT_STATED = "poll_not_stated"
    NOT_ENDED = "not_ended"
    FOLLOWS_ELSEWHERE = "follows_elsewhere"
    RECEIPTS_WITHOUT_RECORD = "receipts_without_record"


class SittingReservation(msgspec.Struct, frozen=True):
    """Why a sitting whose checks hold is not simply valid. poll: "" where it concerns no single one."""

    code: Open | Demand
    detail: str
    poll: str = ""


class Annulment(msgspec.Struct, frozen=True):
    """A poll that was annulled, and why; counted: whether its record is published."""

    poll: str
    reason: str
    counted: bool


@dataclass
class SittingVerification:
    """What was found, as far as the checks came. polls: what was found of each that has a record or count, by id.

    receipts: how many were given; covered, on_board: ballots with a receipt, and all ballots on the boards.
    """

    statement: SittingStatement | None = None
    passed: list[SittingCheck] = field(default_factory=list)
    refused: SittingRefused | None = None
    polls: dict[str, Verification] = field(default_factory=dict)
    reservations: list[SittingReservation] = field(default_factory=list)
    receipts: int = 0

    @property
    def covered(self) -> int:
        """Ballots that a receipt vouches for."""
        return sum(one.covered for one in self.polls.values())

    @property
    def on_board(self) -> int:
        """Ballots on all boards, those that were replaced by later ones among them."""
        records = [one.found.record for one in self.polls.values() if one.found]
        return sum(record.n_ballots + record.n_replaced for record in records if record)

    @property
    def annulled(self) -> list[Annulment]:
        """In the order of the polls."""
        listed = self.statement.polls if self.statement else ()
        return [
            Annulment(one.poll.id, one.annulled_because, bool(one.count_sha256))
            for one in listed
            if one.state is PollState.ANNULLED
        ]

    @property
    def verdict(self) -> Verdict:
        """Of the sitting."""
        if self.refused is not None:
            return Verdict.NOT_VALID
        return Verdict.OUTCOME_NOT_STATED if self.reservations else Verdict.VALID


def verify_sitting(raw: bytes, receipts: Sequence[Receipt] = (), *, require_receipts: int = 0) -> SittingVerification:
    """Make every check of a sitting's record (the bytes of a zip file), until one fails.

    receipts: beside those that lie in it. require_receipts: how many ballots all of them together must cover.
    """
    found = SittingVerification()
    try:
        files = _read(raw, receipts, found)
        held = _verify_polls(files, found)
        _check_together(files, held, found)
    except SittingRefused as refused:
        found.refused = refused
    else:
        _reserve(files, found)
        if found.covered < require_receipts:
            detail = f"the receipts cover {found.covered} ballots, and {require_receipts} were asked for"
            found.reservations.append(SittingReservation(Demand.RECEIPTS_TOO_FEW, detail))
    return found


def _read(raw: bytes, given: Sequence[Receipt], found: SittingVerification) -> SittingFiles:
    """Checks Z1 to Z6."""
    files = checks.read_container(raw)
    found.passed.append(SittingCheck.CONTAINER)
    found.statement = statement = checks.read_statement_in(files)
    found.passed.append(SittingCheck.STATEMENT)
    checks.check_signature(files, statement)
    found.passed.append(SittingCheck.SIGNATURE)
    polls = checks.files_of_polls(files, statement)
    found.passed.append(SittingCheck.FILES)
    roster = checks.read_roster(files, statement)
    found.passed.append(SittingCheck.ROSTER)
    receipts = checks.read_given_receipts(files, statement, given)
    found.receipts = len(receipts)
    found.passed.append(SittingCheck.RECEIPTS)
    return SittingFiles(statement, roster, polls, receipts)


def _verify_polls(files: SittingFiles, found: SittingVerification) -> dict[str, across.HeldPoll]:
    """Z7: the polls that were counted, by id. All are looked at before the first that fails is named."""
    listed, held = files.listed(), {}
    for id, own in files.polls.items():
        if own.count is None:
            continue
        receipts = [one for one in files.receipts if one["election_uuid"] == listed[id].election_uuid]
        found.polls[id] = verify_poll(own.record, receipts if own.record else (), own.count)
    for id, verified in found.polls.items():
        if verified.verdict is Verdict.NOT_VALID:
            raise SittingRefused(SittingCheck.POLLS, _why(verified), id)
    found.passed.append(SittingCheck.POLLS)
    for id, verified in found.polls.items():
        if isinstance(verified.decided, StatedCount):
            held[id] = across.held_poll(listed[id], verified.decided.statement, files.polls[id].record)
    return held


def _why(verified: Verification) -> str:
    if verified.found and verified.found.failure:
        return str(verified.found.failure)
    return str(verified.count.refused) if verified.count else ""


def _check_together(files: SittingFiles, held: dict[str, across.HeldPoll], found: SittingVerification) -> None:
    """Checks Z8 to Z14."""
    polls = list(held.values())
    for one in polls:
        across.check_belonging(files.statement, one)
    found.passed.append(SittingCheck.BELONGING)
    for one in polls:
        across.check_server_key(files.statement, one)
    found.passed.append(SittingCheck.SERVER_KEY)
    for one in polls:
        across.check_one_roster(files, one)
    found.passed.append(SittingCheck.ONE_ROSTER)
    across.check_trustees(polls)
    found.passed.append(SittingCheck.TRUSTEES)
    across.check_nothing_twice(files, polls)
    found.passed.append(SittingCheck.NOTHING_TWICE)
    for id in across.check_follows(files, held):
        detail = "it follows a poll of another sitting, whose record is not in this one"
        found.reservations.append(SittingReservation(Open.FOLLOWS_ELSEWHERE, detail, id))
    found.passed.append(SittingCheck.FOLLOWS)
    across.check_annulled(files.statement)
    found.passed.append(SittingCheck.ANNULLED)


def _reserve(files: SittingFiles, found: SittingVerification) -> None:
    """What the single polls leave open, which polls have not ended, and receipts that no record can honour."""
    for id, verified in found.polls.items():
        for one in verified.reservations:
            found.reservations.append(SittingReservation(Open.POLL_NOT_STATED, f"{one.code}: {one.detail}", id))
    for listed in files.statement.polls:
        if listed.state not in across.ENDED:
            detail = f"the poll is {listed.state}; it was neither announced nor annulled"
            found.reservations.append(SittingReservation(Open.NOT_ENDED, detail, listed.poll.id))
        own = [one for one in files.receipts if one["election_uuid"] == listed.election_uuid]
        if own and files.polls[listed.poll.id].record is None:
            detail = f"{len(own)} receipts were given, and the poll has no record that could honour them"
            found.reservations.append(SittingReservation(Open.RECEIPTS_WITHOUT_RECORD, detail, listed.poll.id))
