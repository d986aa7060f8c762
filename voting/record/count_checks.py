"""The checks of a count statement: from the statement and the archive alone, each with its number.

What is recomputed here is everything but the counting of the papers themselves: for that, two persons stand.
"""

from collections.abc import Callable, Collection

import msgspec
from msgspec.structs import replace

from voting.congress.law.bases import Bases
from voting.congress.law.figures import FiguresInvalid
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruling import Ruling
from voting.congress.names import plain
from voting.record.count_statement import (
    CountCheck,
    CountRefused,
    CountStatement,
    HandEntry,
    joined_count,
    read_statement,
)
from voting.record.description import Description
from voting.record.outcome import ArchiveCount, OutcomeUnknown, count_in
from voting.sitting.counting import Count, outcome_of, ruling_of
from voting.sitting.hand_counts import adds_up, figures_possible, methods_of
from voting.tally.ballots.names import is_name
from voting.tally.verify.checks import VerifiedRecord

Note = Callable[[CountCheck], None]


class StatedCount(msgspec.Struct, frozen=True):
    """A statement that holds: what it says, and the ruling with every reason."""

    statement: CountStatement
    question: Question
    count: Count
    ruling: Ruling


def check_statement(
    raw: bytes, record: VerifiedRecord | None, *, server_keys: Collection[str] = (), passed: Note = lambda _: None
) -> StatedCount:
    """Check a statement against the verified record it belongs to (None: the poll was counted by hand alone).

    server_keys: the keys (hex) of receipts, if there are any; the statement must be signed by one of them, and by the
    key that the record states. `passed` is called with each check that passed. Raises CountRefused.
    """
    statement = read_statement(raw)
    passed(CountCheck.FORM)
    found = _count_in(record)
    _check_key(statement, found, server_keys)
    passed(CountCheck.SIGNATURE)
    _check_archive(statement, record, found)
    passed(CountCheck.ARCHIVE)
    _check_electronic(statement, None if isinstance(found, OutcomeUnknown) else found)
    passed(CountCheck.ELECTRONIC)
    _check_by_hand(statement)
    passed(CountCheck.BY_HAND)
    _check_joined(statement)
    passed(CountCheck.JOINED)
    ruling = _check_outcome(statement)
    passed(CountCheck.OUTCOME)
    return StatedCount(statement, statement.poll.question, statement.count, ruling)


def _count_in(record: VerifiedRecord | None) -> ArchiveCount | OutcomeUnknown | None:
    try:
        return None if record is None else count_in(record)
    except OutcomeUnknown as unknown:
        return unknown


def _check_key(
    statement: CountStatement, found: ArchiveCount | OutcomeUnknown | None, server_keys: Collection[str]
) -> None:
    if isinstance(found, ArchiveCount) and isinstance(found.description, Description):
        same = statement.server_key == found.description.server_key
        _require(same, CountCheck.SIGNATURE, "it is signed by another key than the record states")
    known = not server_keys or statement.server_key in server_keys
    _require(known, CountCheck.SIGNATURE, "it is signed by another key than the receipts")


def _check_archive(
    statement: CountStatement, record: VerifiedRecord | None, found: ArchiveCount | OutcomeUnknown | None
) -> None:
    """The archive is the one that is named, and says the same of the poll."""
    ordered = (statement.present, statement.in_office, statement.statutory_seats)
    _require(sorted(ordered) == list(ordered), CountCheck.ARCHIVE, "no roster has these numbers")
    if not statement.archive_sha256:
        _require(record is None, CountCheck.ARCHIVE, "the poll was counted by hand and has no archive")
        by_hand = statement.poll.medium is Medium.BY_HAND
        _require(by_hand, CountCheck.ARCHIVE, "a poll with votes at terminals names no archive")
        return
    if record is None or found is None:
        raise CountRefused(CountCheck.ARCHIVE, "it belongs to an archive, which is not given")
    same = record.archive_sha256 == statement.archive_sha256
    _require(same, CountCheck.ARCHIVE, "it belongs to another archive")
    if isinstance(found, OutcomeUnknown):
        raise CountRefused(CountCheck.ARCHIVE, str(found)) from None
    described = found.description
    stated = (statement.election_uuid, statement.sitting, statement.poll, statement.in_office)
    frozen = (found.election_uuid, described.sitting, described.poll, described.in_office)
    bases = (statement.statutory_seats, statement.present) == (described.statutory_seats, described.present)
    _require(stated == frozen and bases, CountCheck.ARCHIVE, "poll, rules or roster are not those of the archive")
    same = statement.fingerprint == record.fingerprint
    _require(same, CountCheck.ARCHIVE, "the fingerprint is not the archive's")


def _check_electronic(statement: CountStatement, record: ArchiveCount | None) -> None:
    found = record.count if record else None
    _require(statement.electronic == found, CountCheck.ELECTRONIC, "the electronic votes are not those of the archive")


def _check_by_hand(statement: CountStatement) -> None:
    """Papers were counted exactly where the medium says so, by two persons, and the figures can be true."""
    entry, instead = statement.by_hand, statement.papers_instead
    counted = statement.medium is not Medium.ELECTRONIC
    _require((entry is not None) == counted, CountCheck.BY_HAND, "papers and medium contradict each other")
    known = {Medium.BY_HAND: (Medium.BY_HAND,), Medium.MIXED: (Medium.MIXED, Medium.ELECTRONIC)}
    allowed = known.get(statement.poll.medium, (Medium.ELECTRONIC,))
    _require(statement.medium in allowed, CountCheck.BY_HAND, "the poll was not planned to be counted like this")
    if entry is None:
        _require(instead == 0, CountCheck.BY_HAND, "papers are stated that nobody counted")
        return
    two = entry.entered_by.index != entry.confirmed_by.index
    _require(two, CountCheck.BY_HAND, "the count by hand was confirmed by the person who entered it")
    named = all(plain(person.name) for person in (entry.entered_by, entry.confirmed_by))
    _require(named, CountCheck.BY_HAND, "a person who counted has no name")
    _check_figures(statement, entry)
    votes = statement.electronic
    most = min(entry.figures.issued, votes.issued - votes.returned) if votes else 0
    _require(0 <= instead <= most, CountCheck.BY_HAND, "more papers replace terminals than can have")


def _check_figures(statement: CountStatement, entry: HandEntry) -> None:
    question, figures = statement.poll.question, entry.figures
    _require(entry.method in methods_of(question), CountCheck.BY_HAND, "the rules do not allow this way of counting")
    _require(adds_up(figures), CountCheck.BY_HAND, "issued, returned, valid and void do not add up")
    named = bool(question.eligible) or all(map(is_name, figures.write_ins))
    _require(named, CountCheck.BY_HAND, "a name was added that is none")
    enough = figures.issued <= statement.in_office
    _require(enough, CountCheck.BY_HAND, "more papers were handed out than delegates are in office")
    possible = figures_possible(question, figures, _bases(statement))
    _require(possible, CountCheck.BY_HAND, "no ballots could give these figures")


def _bases(statement: CountStatement) -> Bases:
    return Bases(statement.in_office, statement.statutory_seats)


def _check_joined(statement: CountStatement) -> None:
    count = joined_count(statement)
    _require(statement.count == count, CountCheck.JOINED, "the count is not the sum of its parts")
    enough = count.issued <= statement.in_office
    _require(enough, CountCheck.JOINED, "more ballots were issued than delegates are in office")
    same = statement.medium is count.medium
    _require(same, CountCheck.JOINED, "the medium is not that of the count")


def _check_outcome(statement: CountStatement) -> Ruling:
    question, count = statement.poll.question, statement.count
    bases = replace(_bases(statement), present=max(statement.present, count.issued))
    try:
        ruling, outcome = ruling_of(question, count, bases), outcome_of(question, count, bases)
    except (FiguresInvalid, ValueError) as error:
        raise CountRefused(CountCheck.OUTCOME, f"nothing can be decided upon: {error}") from None
    _require(statement.outcome == outcome, CountCheck.OUTCOME, "the rules decide otherwise")
    return ruling


def _require(holds: bool, check: CountCheck, detail: str) -> None:
    if not holds:
        raise CountRefused(check, detail)
