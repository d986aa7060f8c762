"""What the holder of the key could sign instead of what was counted, and the check that refuses it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.support.known import known
from tests.support.plans.hands import HANDS, one_paper
from voting.congress.law.question import Medium
from voting.record.count_statement import (
    CountCheck,
    CountedBy,
    CountStatement,
    HandEntry,
    joined_count,
)
from voting.sitting.counting import OutcomeKind


def with_figures(statement: CountStatement, **changes: Any) -> CountStatement:
    assert statement.by_hand is not None
    figures = replace(statement.by_hand.figures, **changes)
    return replace(statement, by_hand=replace(statement.by_hand, figures=figures))


def rejoined(statement: CountStatement) -> CountStatement:
    return replace(statement, count=joined_count(statement))


def with_entry(statement: CountStatement, **changes: Any) -> CountStatement:
    assert isinstance(statement.by_hand, HandEntry)
    return replace(statement, by_hand=replace(statement.by_hand, **changes))


Tell = Callable[[CountStatement], CountStatement]


class Lie(NamedTuple):
    """tell: what the count of this poll says instead; check, says: by which it is refused, and in which words."""

    name: str
    poll: str
    tell: Tell
    check: CountCheck
    says: str


C = CountCheck
SPELLING = "it is not of version 1, or a field is misspelled"
FROZEN = "poll, rules or roster are not those of the archive"
ROSTER = "no roster has these numbers"
VOTES = "the electronic votes are not those of the archive"
CONTRADICTION = "papers and medium contradict each other"
UNPLANNED = "the poll was not planned to be counted like this"
ALONE = "the count by hand was confirmed by the person who entered it"
METHOD = "the rules do not allow this way of counting"
ADDITION = "issued, returned, valid and void do not add up"
IMPOSSIBLE = "no ballots could give these figures"
REPLACED = "more papers replace terminals than can have"
UNCOUNTED = "papers are stated that nobody counted"
SUM = "the count is not the sum of its parts"
RULED = "the rules decide otherwise"
UNNAMED = "a person who counted has no name"
FOR_NOBODY = {"for": 0, "against": 1, "abstain": 0}
LIES: tuple[Lie, ...] = (
    Lie(
        "a_count_of_a_motion_with_two_options",
        "hands",
        lambda s: replace(s, poll=replace(s.poll, options=s.poll.options[:2])),
        C.FORM,
        "no such poll",
    ),
    Lie(
        "a_count_of_a_motion_with_seats_below_none",
        "hands",
        lambda s: replace(s, poll=replace(s.poll, seats=-1)),
        C.FORM,
        "no such poll could be held",
    ),
    Lie(
        "a_count_by_hand_with_a_fingerprint",
        "hands",
        lambda s: replace(s, fingerprint="0" * 64),
        C.FORM,
        SPELLING,
    ),
    Lie(
        "a_count_by_hand_with_an_archive",
        "hands",
        lambda s: replace(s, archive_sha256="0" * 64),
        C.FORM,
        SPELLING,
    ),
    Lie(
        "a_count_with_a_fingerprint_cut_short",
        "mixed",
        lambda s: replace(s, fingerprint="0" * 63),
        C.FORM,
        SPELLING,
    ),
    Lie(
        "a_count_with_a_hash_in_capitals",
        "mixed",
        lambda s: replace(s, archive_sha256="A" * 64),
        C.FORM,
        SPELLING,
    ),
    Lie(
        "a_count_with_a_number_beyond_what_readers_hold",
        "hands",
        lambda s: replace(s, statutory_seats=2**53),
        C.FORM,
        "it is no count statement",
    ),
    Lie("a_count_with_more_present_than_in_office", "hands", lambda s: replace(s, present=4), C.ARCHIVE, ROSTER),
    Lie("a_count_with_more_in_office_than_seats", "hands", lambda s: replace(s, in_office=4), C.ARCHIVE, ROSTER),
    Lie(
        "a_count_of_another_sitting",
        "mixed",
        lambda s: replace(s, sitting=replace(s.sitting, sitting="示例另一次会议")),
        C.ARCHIVE,
        FROZEN,
    ),
    Lie("a_count_of_another_identifier", "mixed", lambda s: replace(s, election_uuid="x"), C.ARCHIVE, FROZEN),
    Lie(
        "a_count_that_denies_its_archive",
        "mixed",
        lambda s: replace(s, archive_sha256="", fingerprint=""),
        C.ARCHIVE,
        "the poll was counted by hand and has no archive",
    ),
    Lie(
        "a_count_of_another_archive",
        "mixed",
        lambda s: replace(s, archive_sha256="0" * 64),
        C.ARCHIVE,
        "it belongs to another archive",
    ),
    Lie(
        "a_count_of_another_fingerprint",
        "mixed",
        lambda s: replace(s, fingerprint="0" * 64),
        C.ARCHIVE,
        "the fingerprint is not the archive's",
    ),
    Lie(
        "a_count_with_fewer_in_office_than_described",
        "mixed",
        lambda s: replace(s, in_office=2, present=2),
        C.ARCHIVE,
        FROZEN,
    ),
    Lie(
        "a_count_with_more_seats_than_described",
        "mixed",
        lambda s: replace(s, statutory_seats=4),
        C.ARCHIVE,
        FROZEN,
    ),
    Lie(
        "a_count_with_fewer_present_than_described",
        "mixed",
        lambda s: replace(s, present=2),
        C.ARCHIVE,
        FROZEN,
    ),
    Lie(
        "a_count_of_another_title",
        "mixed",
        lambda s: replace(s, poll=replace(s.poll, title="示例另一议案")),
        C.ARCHIVE,
        FROZEN,
    ),
    Lie(
        "a_count_with_other_electronic_votes",
        "mixed",
        lambda s: replace(s, electronic=replace(known(s.electronic), votes=FOR_NOBODY)),
        C.ELECTRONIC,
        VOTES,
    ),
    Lie(
        "a_count_without_its_electronic_votes",
        "mixed",
        lambda s: replace(s, electronic=None),
        C.ELECTRONIC,
        VOTES,
    ),
    Lie("a_count_without_its_papers", "mixed", lambda s: replace(s, by_hand=None), C.BY_HAND, CONTRADICTION),
    Lie(
        "a_count_that_calls_papers_electronic",
        "mixed",
        lambda s: replace(s, medium=Medium.ELECTRONIC),
        C.BY_HAND,
        CONTRADICTION,
    ),
    Lie(
        "a_count_that_calls_terminals_mixed",
        "motion",
        lambda s: replace(s, medium=Medium.MIXED),
        C.BY_HAND,
        CONTRADICTION,
    ),
    Lie(
        "a_count_by_hand_that_calls_hands_mixed",
        "hands",
        lambda s: replace(s, medium=Medium.MIXED),
        C.BY_HAND,
        UNPLANNED,
    ),
    Lie(
        "a_count_by_hand_confirmed_by_who_entered_it",
        "hands",
        lambda s: with_entry(s, confirmed_by=CountedBy(1, "示例监票人1")),
        C.BY_HAND,
        ALONE,
    ),
    Lie("a_count_of_papers_by_raised_hands", "mixed", lambda s: with_entry(s, method=HANDS), C.BY_HAND, METHOD),
    Lie(
        "a_count_by_hand_entered_by_nobody",
        "hands",
        lambda s: with_entry(s, entered_by=CountedBy(1, " ")),
        C.BY_HAND,
        UNNAMED,
    ),
    Lie(
        "a_count_by_hand_confirmed_by_nobody",
        "hands",
        lambda s: with_entry(s, confirmed_by=CountedBy(2, "")),
        C.BY_HAND,
        UNNAMED,
    ),
    Lie(
        "a_count_by_hand_with_more_papers_than_delegates",
        "hands",
        lambda s: replace(s, in_office=2, present=2),
        C.BY_HAND,
        "more papers were handed out",
    ),
    Lie(
        "a_count_by_hand_with_a_void_paper_too_many",
        "hands",
        lambda s: with_figures(s, void=1),
        C.BY_HAND,
        ADDITION,
    ),
    Lie(
        "a_count_by_hand_with_more_votes_than_papers",
        "hands",
        lambda s: with_figures(s, votes={"for": 4, "against": 0, "abstain": 0}),
        C.BY_HAND,
        IMPOSSIBLE,
    ),
    Lie(
        "a_count_by_hand_without_all_its_voices",
        "hands",
        lambda s: with_figures(s, votes={"for": 2}),
        C.BY_HAND,
        IMPOSSIBLE,
    ),
    Lie(
        "a_count_with_more_papers_instead_than_absent",
        "mixed",
        lambda s: replace(s, papers_instead=2),
        C.BY_HAND,
        REPLACED,
    ),
    Lie(
        "a_count_by_hand_with_papers_instead",
        "hands",
        lambda s: replace(s, papers_instead=1),
        C.BY_HAND,
        REPLACED,
    ),
    Lie(
        "a_count_with_papers_instead_that_nobody_counted",
        "motion",
        lambda s: replace(s, papers_instead=1),
        C.BY_HAND,
        UNCOUNTED,
    ),
    Lie(
        "a_count_that_is_not_the_sum_of_its_papers",
        "mixed",
        lambda s: with_figures(s, votes=one_paper("for").votes),
        C.JOINED,
        SUM,
    ),
    Lie("a_count_with_a_delegate_counted_twice", "mixed", lambda s: replace(s, papers_instead=0), C.JOINED, SUM),
    Lie(
        "a_count_by_hand_that_is_not_its_own_sum",
        "hands",
        lambda s: with_figures(s, votes={"for": 3, "against": 0, "abstain": 0}),
        C.JOINED,
        SUM,
    ),
    Lie(
        "a_count_by_hand_that_passed_without_votes",
        "hands",
        lambda s: rejoined(with_figures(s, votes={"for": 1, "against": 2, "abstain": 0})),
        C.OUTCOME,
        RULED,
    ),
    Lie(
        "a_count_that_passed_without_votes",
        "mixed",
        lambda s: replace(s, outcome=replace(s.outcome, kind=OutcomeKind.PASSED)),
        C.OUTCOME,
        RULED,
    ),
    Lie(
        "a_count_by_hand_with_another_majority",
        "hands",
        lambda s: replace(s, outcome=replace(s.outcome, majority=1)),
        C.OUTCOME,
        RULED,
    ),
)
