"""The count of a poll as one document, signed by the server's key like a receipt, and how anybody checks it.

An archive holds the votes cast at terminals. Papers and hands are outside it, so the statement joins both: the
electronic count, which must be that of the archive it names by its hash; the count by hand, with who entered and who
confirmed it; their sum, and what that decides under the frozen rules. A poll counted by hand alone has no archive: then
the statement is its whole record, and its figures rest on the two persons it names.
"""

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from voting.congress.law.question import Medium
from voting.record.description import FrozenPoll, frozen_poll
from voting.record.spelling import Misspelled, read_spelled
from voting.sitting.counting import Count, Outcome
from voting.sitting.events import Titles
from voting.sitting.hand_counts import HandFigures, HandMethod, count_by_hand, joined
from voting.sitting.machine import PollProgress, Sitting
from voting.sitting.plan_checks import problems_of_question
from voting.sitting.progress import uuid_of

VERSION = 1
_PREFIX = b"plenary-count|"
_KEY_HEX, _HASH_HEX, _SIGNATURE_HEX = 64, 64, 128


class CountedBy(msgspec.Struct, frozen=True):
    """A scrutineer who entered or confirmed a count by hand."""

    index: int
    name: str


class HandEntry(msgspec.Struct, frozen=True):
    """A count by hand as it was confirmed; entered_at: Unix ms."""

    method: HandMethod
    figures: HandFigures
    reason: str
    entered_at: int
    entered_by: CountedBy
    confirmed_by: CountedBy


class CountContent(msgspec.Struct, frozen=True):
    """What is stated. present: at opening; fingerprint, archive_sha256: "" for a poll without a board.

    electronic: the votes in the archive, `issued` being its credentials. papers_instead: papers of delegates who stand
    on the archive's list of credentials, too, so that nobody is counted as issued twice. count: both together.
    """

    version: int
    sitting: Titles
    election_uuid: str
    poll: FrozenPoll
    fingerprint: str
    archive_sha256: str
    in_office: int
    statutory_seats: int
    present: int
    medium: Medium
    electronic: Count | None
    by_hand: HandEntry | None
    papers_instead: int
    count: Count
    outcome: Outcome
    server_key: str


class CountStatement(CountContent, frozen=True):
    """The content with the server's Ed25519 signature (hex) over `plenary-count|` and the content's bytes."""

    signature: str


class CountCheck(StrEnum):
    """The checks of a count statement, in the order in which they are made; see `number`."""

    FORM = "count_form"
    SIGNATURE = "count_signature"
    ARCHIVE = "count_archive"
    ELECTRONIC = "count_electronic"
    BY_HAND = "count_by_hand"
    JOINED = "count_joined"
    OUTCOME = "count_outcome"

    @property
    def number(self) -> str:
        """C1, C2, … beside the numbers of the record's own checks."""
        return f"C{list(CountCheck).index(self) + 1}"


class CountRefused(Exception):
    """A check of the statement failed; the text says how."""

    def __init__(self, check: CountCheck, detail: str) -> None:
        super().__init__(f"{check.number} {check}: {detail}")
        self.check = check
        self.detail = detail


def make_statement(
    state: Sitting, poll: str, *, archive_sha256: str, server_key: str, sign: Callable[[bytes], bytes]
) -> bytes:
    """The signed statement of a counted poll, as its canonical bytes. archive_sha256: "" for a poll without a board.

    `sign` makes raw Ed25519 signatures with `server_key` (hex). Raises ValueError for a poll that is not counted.
    """
    content = _content(state, state.polls[poll], archive_sha256, server_key)
    signature = sign(_signed_bytes(content)).hex()
    return msgspec.json.encode(msgspec.to_builtins(content) | {"signature": signature})


def read_statement(raw: bytes) -> CountStatement:
    """A statement whose form and signature hold. Raises CountRefused."""
    try:
        statement = read_spelled(raw.removesuffix(b"\n"), CountStatement)
    except Misspelled as error:
        raise CountRefused(CountCheck.FORM, f"it is no count statement as the server writes it: {error}") from None
    if statement.version != VERSION or not _well_spelled(statement):
        raise CountRefused(CountCheck.FORM, f"it is not of version {VERSION}, or a field is misspelled")
    for problem in problems_of_question(statement.poll.question):
        raise CountRefused(CountCheck.FORM, f"no such poll could be held: {problem.code} {problem.params}")
    _check_signature(msgspec.json.decode(raw, type=CountContent), statement.signature)
    return statement


def _content(state: Sitting, progress: PollProgress, archive_sha256: str, server_key: str) -> CountContent:
    counted, opened = progress.counted, progress.opened
    if counted is None or opened is None:
        raise ValueError(f"poll {progress.question.id} is not counted")
    count = counted.count
    roster, entry = state.plan.roster, _entry(state, progress)
    return CountContent(
        version=VERSION,
        sitting=state.plan.titles,
        election_uuid=uuid_of(progress),
        poll=frozen_poll(progress.question),
        fingerprint=opened.setup.fingerprint if opened.setup else "",
        archive_sha256=archive_sha256,
        in_office=roster.in_office,
        statutory_seats=roster.statutory_seats,
        present=opened.present,
        medium=count.medium,
        electronic=count if count.medium is Medium.ELECTRONIC else counted.electronic,
        by_hand=entry,
        papers_instead=progress.papers_instead,
        count=count,
        outcome=counted.outcome,
        server_key=server_key,
    )


def _entry(state: Sitting, progress: PollProgress) -> HandEntry | None:
    entry = progress.hand_count
    if entry is None or entry.confirmed_by is None:
        return None
    names = {scrutineer.index: scrutineer.name for scrutineer in state.plan.scrutineers}
    return HandEntry(
        method=entry.method,
        figures=entry.figures,
        reason=entry.reason,
        entered_at=entry.entered_at,
        entered_by=CountedBy(entry.entered_by, names[entry.entered_by]),
        confirmed_by=CountedBy(entry.confirmed_by, names[entry.confirmed_by]),
    )


def joined_count(statement: CountContent) -> Count:
    """The count that follows from the parts. Raises ValueError when there is no part at all."""
    question, electronic, entry = statement.poll.question, statement.electronic, statement.by_hand
    hand = count_by_hand(question, entry.figures, statement.in_office) if entry else None
    if electronic is not None and hand is not None:
        return joined(electronic, hand, statement.papers_instead)
    only = electronic or hand
    if only is None:
        raise ValueError("neither votes nor papers are stated")
    return only


def _well_spelled(statement: CountStatement) -> bool:
    fingerprint, archive = statement.fingerprint, statement.archive_sha256
    return (
        _is_hex(statement.server_key, _KEY_HEX)
        and _is_hex(statement.signature, _SIGNATURE_HEX)
        and (not (fingerprint or archive) or (_is_hex(fingerprint, _HASH_HEX) and _is_hex(archive, _HASH_HEX)))
    )


def _is_hex(text: str, digits: int) -> bool:
    return re.fullmatch(f"[0-9a-f]{{{digits}}}", text) is not None


def _check_signature(content: CountContent, signature: str) -> None:
    try:
        VerifyKey(bytes.fromhex(content.server_key)).verify(_signed_bytes(content), bytes.fromhex(signature))
    except (CryptoError, ValueError):
        raise CountRefused(CountCheck.SIGNATURE, "the server's signature does not hold") from None


def _signed_bytes(content: CountContent) -> bytes:
    return _PREFIX + msgspec.json.encode(content)
