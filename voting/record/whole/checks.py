"""The checks of a whole sitting's record, in the order in which they are made, and the first of them: Z1 to Z6.

These concern the file and what it states of itself; the polls, one by one and together, come after them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voting.congress.law.question import Medium
from voting.record.spelling import Misspelled, read_spelled
from voting.record.whole.container import NoContainer, read_files
from voting.record.whole.statement import (
    ListedPoll,
    PollFiles,
    SittingStatement,
    folder_of,
    read_sitting_statement,
    signature_holds,
)
from voting.sitting.poll import PollState
from voting.tally.json_form import sha256_hex

Receipt = Mapping[str, Any]
MAX_RECEIPTS_BYTES = 1 << 26
COUNTED = frozenset({PollState.COUNTED, PollState.CONFIRMED, PollState.ANNOUNCED})


class SittingCheck(StrEnum):
    """The checks in their order; see `number`. A number is a name that never changes."""

    CONTAINER = "sitting_container"
    STATEMENT = "sitting_statement"
    SIGNATURE = "sitting_signature"
    FILES = "sitting_files"
    ROSTER = "sitting_roster"
    RECEIPTS = "sitting_receipts"
    POLLS = "sitting_polls"
    BELONGING = "sitting_belonging"
    SERVER_KEY = "sitting_server_key"
    ONE_ROSTER = "sitting_one_roster"
    TRUSTEES = "sitting_trustees"
    NOTHING_TWICE = "sitting_nothing_twice"
    FOLLOWS = "sitting_follows"
    ANNULLED = "sitting_annulled"

    @property
    def number(self) -> str:
        """Z1, Z2, … beside the numbers of the polls' own checks."""
        return f"Z{list(SittingCheck).index(self) + 1}"


class SittingRefused(Exception):
    """A check of the sitting failed. poll: the id of the poll where it did, "" where it concerns no single one."""

    def __init__(self, check: SittingCheck, detail: str, poll: str = "") -> None:
        where = f"poll {poll}: " if poll else ""
        super().__init__(f"{check.number} {check}: {where}{detail}")
        self.check, self.detail, self.poll = check, detail, poll


def require(holds: bool, check: SittingCheck, detail: str, poll: str = "") -> None:
    """Raises SittingRefused unless it holds."""
    if not holds:
        raise SittingRefused(check, detail, poll)


@dataclass(frozen=True)
class SittingFiles:
    """What stands in the file. roster: names by number; polls: the files of each poll, by id, in order."""

    statement: SittingStatement
    roster: Mapping[str, str]
    polls: Mapping[str, PollFiles]
    receipts: tuple[Receipt, ...]

    def listed(self) -> dict[str, ListedPoll]:
        """The polls by id, in order."""
        return {one.poll.id: one for one in self.statement.polls}


def read_container(raw: bytes) -> dict[str, bytes]:
    """Z1. Raises SittingRefused."""
    try:
        return read_files(raw)
    except NoContainer as error:
        raise SittingRefused(SittingCheck.CONTAINER, str(error)) from None


def read_statement_in(files: Mapping[str, bytes]) -> SittingStatement:
    """Z2. Raises SittingRefused."""
    try:
        return read_sitting_statement(files.get("sitting.json", b""))
    except Misspelled as error:
        detail = f"sitting.json is not written as the server writes it: {error}"
        raise SittingRefused(SittingCheck.STATEMENT, detail) from None


def check_signature(files: Mapping[str, bytes], statement: SittingStatement) -> None:
    """Z3. Raises SittingRefused."""
    holds = signature_holds(files["sitting.json"], statement)
    require(holds, SittingCheck.SIGNATURE, "the server's signature does not hold")


def files_of_polls(files: Mapping[str, bytes], statement: SittingStatement) -> dict[str, PollFiles]:
    """Z4: each poll has the files that its state asks for, and no file is another or beside them.

    Raises SittingRefused.
    """
    expected, found = ["sitting.json", "roster.json"], {}
    for number, listed in enumerate(statement.polls, 1):
        _check_presence(listed)
        folder, own = folder_of(number, listed.poll.id), {}
        for name, digest in (("record.bel", listed.record_sha256), ("count.json", listed.count_sha256)):
            if not digest:
                continue
            path = f"{folder}/{name}"
            expected.append(path)
            require(path in files, SittingCheck.FILES, f"{name} is missing", listed.poll.id)
            same = sha256_hex(files[path]) == digest
            require(same, SittingCheck.FILES, f"{name} is another file than the one that is stated", listed.poll.id)
            own[name] = files[path]
        found[listed.poll.id] = PollFiles(own.get("record.bel"), own.get("count.json"))
    names = [name for name in files if name != "receipts.json"]
    require(
        names == expected, SittingCheck.FILES, "files are missing, in another order, or beside those that are stated"
    )
    return found


def _check_presence(listed: ListedPoll) -> None:
    counted = bool(listed.count_sha256)
    by_terminals = listed.poll.medium is not Medium.BY_HAND
    with_record = bool(listed.record_sha256) == (counted and by_terminals)
    require(with_record, SittingCheck.FILES, "a count and its record belong together", listed.poll.id)
    if listed.state is not PollState.ANNULLED:
        as_stated = counted == (listed.state in COUNTED)
        require(as_stated, SittingCheck.FILES, f"a poll that is {listed.state} has other files", listed.poll.id)


def read_roster(files: Mapping[str, bytes], statement: SittingStatement) -> dict[str, str]:
    """Z5: the names by number. Raises SittingRefused."""
    raw = files["roster.json"]
    same = sha256_hex(raw) == statement.roster_sha256
    require(same, SittingCheck.ROSTER, "roster.json is another roster than the one that is stated")
    try:
        listed = read_spelled(raw, list[tuple[str, str]])
    except Misspelled as error:
        raise SittingRefused(SittingCheck.ROSTER, f"roster.json is no list of numbers and names: {error}") from None
    require(sorted(listed) == listed, SittingCheck.ROSTER, "roster.json is not sorted by number")
    names = dict(listed)
    require(len(names) == len(listed), SittingCheck.ROSTER, "a number occurs twice in the roster")
    enough = len(names) <= statement.statutory_seats
    require(enough, SittingCheck.ROSTER, "more delegates are in office than there are seats by law")
    return names


def read_given_receipts(
    files: Mapping[str, bytes], statement: SittingStatement, given: Sequence[Receipt]
) -> tuple[Receipt, ...]:
    """Z6: the receipts in the file and those given beside it; each belongs to a poll that is listed.

    Raises SittingRefused.
    """
    raw = files.get("receipts.json", b"[]")
    require(len(raw) <= MAX_RECEIPTS_BYTES, SittingCheck.RECEIPTS, "receipts.json is too large")
    try:
        inside = read_spelled(raw, list[dict[str, Any]])
    except Misspelled as error:
        raise SittingRefused(SittingCheck.RECEIPTS, f"receipts.json is no list of receipts: {error}") from None
    receipts = (*inside, *given)
    known = {one.election_uuid for one in statement.polls if one.election_uuid}
    for number, receipt in enumerate(receipts, 1):
        belongs = isinstance(uuid := receipt.get("election_uuid"), str) and uuid in known
        require(belongs, SittingCheck.RECEIPTS, f"receipt {number} belongs to no poll of this sitting")
    return receipts
