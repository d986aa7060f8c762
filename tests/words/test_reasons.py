"""Reasons in words: titles for ids, words for codes, several as a list; persons and hands in their own words."""

import pytest

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import ReasonCode, because
from voting.words import Language, Way, in_words

TIE = because(ReasonCode.TIE, options=("Smith, John", "p2"), votes=6, seats=1)


def test_a_name_that_holds_a_comma_is_told_as_one_person() -> None:
    titles = {"p2": "示例候选人"}
    line = in_words(TIE, Language.CHINESE, PollKind.ELECTION, titles=titles)
    assert line == "Smith, John、示例候选人：均为 6 票，票数相等，须就其再次投票，从中选 1 名"


def test_a_title_is_never_read_as_a_placeholder() -> None:
    elected = because(ReasonCode.ELECTED, option="p1", votes=6)
    line = in_words(elected, Language.CHINESE, PollKind.CHOOSE, titles={"p1": "{votes}{unit}"})
    assert line == "{votes}{unit}：6 票，入选"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (PollKind.CHOOSE, "p1: chosen with 6 votes"),
        (PollKind.ELECTION, "p1: elected with 6 votes"),
        (PollKind.RANK, "p1: chosen with a sum of ranks of 6"),
    ],
)
def test_persons_are_elected_and_projects_chosen(kind: PollKind, line: str) -> None:
    assert in_words(because(ReasonCode.ELECTED, option="p1", votes=6), Language.ENGLISH, kind) == line


@pytest.mark.parametrize(
    ("way", "idle"),
    [
        (Way.ELECTRONIC, "未按表决器 2 人"),
        (Way.MIXED, "未投票 2 人"),
        (Way.BY_HAND, "未投票 2 人"),
        (Way.SHOW_OF_HANDS, "未举手 2 人"),
    ],
)
def test_who_took_no_part_is_called_after_the_way_of_voting(way: Way, idle: str) -> None:
    code = ReasonCode.MOTION_VOTES_ALL
    reason = because(code, votes=3, against=1, abstain=0, not_pressed=2, percent="75.0", of="cast")
    line = in_words(reason, Language.CHINESE, PollKind.MOTION, way)
    assert line == f"赞成 3 票，反对 1 票，弃权 0 票，{idle}；赞成占投票数的 75.0%"


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (PollKind.CHOOSE, "a second round now, or accept fewer"),
        (PollKind.ELECTION, "another election now, or accept fewer"),
    ],
)
def test_what_may_follow_a_shortfall_is_a_list_of_choices(kind: PollKind, choices: str) -> None:
    short = because(ReasonCode.SHORTFALL, missing=1, seats=3, choices=("second_round", "accept_fewer"))
    line = in_words(short, Language.ENGLISH, kind)
    assert line == f"1 of 3 seats unfilled: the sitting decides ({choices})"
