"""Polls in agenda.toml: what each kind may hold, which rules it adopts, and what is refused where."""

from pathlib import Path

import pytest

from tests.support.repository import SAMPLES
from tests.support.session_files import HEADER, SESSION, refused
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.ruleset import (
    LEAST_SECRET,
    BallotRule,
    BallotRules,
    Ruleset,
    Secrecy,
    completed,
)
from voting.files.session import load_session
from voting.record.questions import questions_of, write_in_bytes
from voting.tally.ballots.questions import check_questions
from voting.tally.groups.choice import group_by_name

ALL_KINDS = SAMPLES / "all-kinds"
SECOND = '[[scrutineers]]\nname = "示例第二监票人"\n'
"""What is counted by hand needs another scrutineer to confirm it."""
OPTIONS = """
[[polls.options]]
id = "a"
title = "示例甲"
[[polls.options]]
id = "b"
title = "示例乙"
"""
REST = "".join(f"{number},示例代表{number},示例团,\n" for number in (3, 4, 5))


def many(number: int) -> str:
    return "".join(f'[[polls.options]]\nid = "o{i}"\ntitle = "示例{i}"\n' for i in range(number))


def session(tmp_path: Path, poll: str) -> Path:
    items = '[[items]]\nid = "votes"\ntitle = "表决"\npolls = ["it"]\n'
    agenda = f'{items}[[polls]]\nid = "it"\ntitle = "示例"\n{poll}'
    (tmp_path / "session.toml").write_text(SESSION.replace("threshold = 1", "threshold = 2") + SECOND, encoding="utf-8")
    (tmp_path / "agenda.toml").write_text(agenda, encoding="utf-8")
    roster = HEADER + "1,示例代表1,示例团,\n2,示例代表2,示例团,\n" + REST
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    return tmp_path


def loaded(tmp_path: Path, poll: str) -> Question:
    return load_session(session(tmp_path, poll)).polls[0].question


def test_options_that_are_each_answered_may_have_no_seats(tmp_path: Path) -> None:
    assert loaded(tmp_path, f'kind = "approve_each"\n{OPTIONS}').seats == 0
    assert not loaded(tmp_path, f'kind = "approve_each"\n{OPTIONS}').fills_seats
    found = refused(lambda: loaded(tmp_path, f'kind = "choose"\n{OPTIONS}'))
    assert [(code, place) for code, _, place in found] == [("key_missing", "polls[1].seats")]


def test_the_sample_of_kinds_holds_every_kind_and_a_recorded_poll() -> None:
    polls = [poll.question for poll in load_session(ALL_KINDS).polls]
    assert {poll.kind for poll in polls} == set(PollKind)
    assert "named-resolution" in [poll.id for poll in polls if poll.secrecy is Secrecy.RECORDED]
    assert all(poll.ruleset.title for poll in polls)


def test_rules_are_adopted_by_name(tmp_path: Path) -> None:
    poll = loaded(tmp_path, f'kind = "choose"\nrules = "zhejiang-county"\nseats = 1\n{OPTIONS}')
    assert poll.ruleset.title == "浙江县级"


@pytest.mark.parametrize("voids", [True, False])
def test_a_poll_without_rules_has_the_defaults_and_its_two_settings(tmp_path: Path, voids: bool) -> None:
    settings = f"majority_floor = true\nfewer_than_seats_voids = {str(voids).lower()}\n"
    poll = loaded(tmp_path, f'kind = "choose"\nseats = 2\n{settings}{OPTIONS}')
    under = BallotRule.VOID if voids else BallotRule.VALID
    assert poll.ruleset == completed(Ruleset(ballots=BallotRules(under=under)))
    assert poll.ruleset.ballots.least_secret == LEAST_SECRET
    assert poll.min_choices == (2 if voids else 0)


def test_the_sessions_own_rules_come_before_the_presets(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "national.toml").write_text('title = "示例规则"\n', encoding="utf-8")
    assert loaded(tmp_path, 'kind = "motion"\nrules = "national"\n').ruleset.title == "示例规则"


def test_a_wrong_rules_file_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.toml").write_text('title = "x"\n[quorum]\nfraktion = "2/3"\n', encoding="utf-8")
    assert refused(lambda: loaded(tmp_path, 'kind = "motion"\nrules = "ours"\n')) == [("rules_wrong", 3, None)]


def test_the_most_options_that_a_ballot_holds_are_taken(tmp_path: Path) -> None:
    plan = loaded(tmp_path, f'kind = "approve_each"\nseats = 3\n{many(83)}')
    check_questions(questions_of(plan), group_by_name("Ed25519"), recorded=False)


@pytest.mark.parametrize(
    ("poll", "problem"),
    [
        ('kind = "motion"\nrules = "nobodys"\n', ("rules_missing", "polls[1].rules")),
        ('kind = "motion"\nrules = "../national"\n', ("value_wrong", "polls[1].rules")),
        ('kind = "motion"\nsecrecy = "open"\n', ("value_wrong", "polls[1].secrecy")),
        (f'kind = "election"\nseats = 2\nsecrecy = "recorded"\n{OPTIONS}', ("secrecy_forbidden", "poll it")),
        ('kind = "motion"\namends = "it"\n', ("link_wrong", "poll it")),
        (f'kind = "evaluation"\nseats = 1\n{OPTIONS}', ("key_unknown", "polls[1].seats")),
        (
            f'kind = "choose"\nrules = "national"\nseats = 1\nmajority_floor = false\n{OPTIONS}',
            ("key_unknown", "polls[1].majority_floor"),
        ),
        (f'kind = "choose"\nseats = 1\nmajority_floor = false\n{OPTIONS}', ("rules_deviate", "poll it")),
        ('kind = "motion"\nrules = "guangdong"\n', ("rules_renamed", "polls[1].rules")),
        ('kind = "motion"\nmedium = "paper"\n', ("value_wrong", "polls[1].medium")),
        ('kind = "motion"\nwrite_ins = true\n', ("key_unknown", "polls[1].write_ins")),
        (f'kind = "rank"\nseats = 1\n{many(31)}', ("too_many_numbers", "poll it")),
        (f'kind = "election"\nseats = 4\nwrite_ins = true\n{many(8)}', ("no_room_for_names", "poll it")),
        (f'kind = "election"\nseats = 1\neligible = "roster"\n{OPTIONS}', ("eligible_unused", "poll it")),
        (
            f'kind = "election"\nseats = 1\nwrite_ins = true\neligible = "../x.csv"\n{OPTIONS}',
            ("file_name_wrong", "polls[1].eligible"),
        ),
        (f'kind = "election"\nseats = 1\nwrite_ins = true\neligible = "none.csv"\n{OPTIONS}', ("file_missing", None)),
        (f'kind = "approve_each"\nseats = 3\n{OPTIONS}', ("seats_out_of_range", "poll it")),
        (f'kind = "approve_each"\nseats = 3\n{many(84)}', ("too_many_options", "poll it")),
        (f'kind = "choose"\nseats = 3\n{many(201)}', ("too_many_options", "poll it")),
    ],
)
def test_a_poll_that_cannot_be_held_is_refused_at_its_key(tmp_path: Path, poll: str, problem: tuple[str, str]) -> None:
    found = refused(lambda: loaded(tmp_path, poll))
    assert problem in [(code, place) for code, _, place in found]


ADDING = f'kind = "election"\nseats = 1\nwrite_ins = true\n{OPTIONS}'


def named(tmp_path: Path, source: str, names: str = "") -> Path:
    directory = session(tmp_path, ADDING.replace("[[polls.options]]", f'eligible = "{source}"\n[[polls.options]]', 1))
    (tmp_path / "eligible.csv").write_text(names, encoding="utf-8")
    return directory


@pytest.mark.parametrize("kind", ["rank", "election", "approve_each"])
def test_polls_whose_ballots_are_read_one_by_one_are_loaded(tmp_path: Path, kind: str) -> None:
    assert loaded(tmp_path, f'kind = "{kind}"\nseats = 1\n{OPTIONS}').kind is PollKind(kind)


def test_names_may_be_added_as_text_where_no_list_is_named(tmp_path: Path) -> None:
    poll = loaded(tmp_path, ADDING)
    assert (poll.write_ins, poll.eligible, write_in_bytes(poll)) == (True, (), 24)


def test_the_delegates_are_eligible_but_those_who_are_candidates(tmp_path: Path) -> None:
    directory = named(tmp_path, "roster")
    roster = HEADER + "1,示例代表1,示例团,\n2,示例甲,示例团,\n" + REST
    (directory / "roster.csv").write_text(roster, encoding="utf-8")
    assert load_session(directory).polls[0].question.eligible == ("示例代表1", "示例代表3", "示例代表4", "示例代表5")


def test_a_list_of_the_eligible_is_read_by_its_names(tmp_path: Path) -> None:
    directory = named(tmp_path, "eligible.csv", "姓名,职务\n示例　丙,示例单位\n示例丁,\n")
    assert load_session(directory).polls[0].question.eligible == ("示例丙", "示例丁")


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ("姓名\n示例丙\n示例丙\n", ("eligible_wrong", None, "poll it")),
        ("姓名\n示例丙\n示例甲\n", ("eligible_wrong", None, "poll it")),
        ("姓名\n", ("nobody_listed", None, None)),
        ("职务\n示例单位\n", ("column_missing", 1, None)),
        ("姓名,年龄\n示例丙,50\n", ("column_unknown", 1, "年龄")),
        ("姓名\n=1+1\n", ("character_wrong", 2, "姓名")),
        ("", ("column_missing", 1, None)),
    ],
)
def test_a_list_that_cannot_be_the_eligible_is_refused(
    tmp_path: Path, names: str, problem: tuple[str, int | None, str | None]
) -> None:
    assert problem in refused(lambda: load_session(named(tmp_path, "eligible.csv", names)))


def test_two_delegates_of_one_name_cannot_be_told_apart_on_a_ballot(tmp_path: Path) -> None:
    directory = named(tmp_path, "roster")
    roster = HEADER + "1,示例代表,示例团,\n2,示例代表,示例团,\n" + REST
    (directory / "roster.csv").write_text(roster, encoding="utf-8")
    assert refused(lambda: load_session(directory)) == [("eligible_wrong", None, "poll it")]


@pytest.mark.parametrize("medium", ["by_hand", "mixed", "electronic"])
def test_the_medium_is_taken_as_written(tmp_path: Path, medium: str) -> None:
    assert loaded(tmp_path, f'kind = "rank"\nseats = 1\nmedium = "{medium}"\n{OPTIONS}').medium == medium


def test_a_poll_by_hand_may_have_more_options_than_a_ballot_of_a_terminal(tmp_path: Path) -> None:
    poll = loaded(tmp_path, f'kind = "rank"\nseats = 1\nmedium = "by_hand"\n{many(31)}')
    assert len(poll.options) == 31


def test_the_larger_group_holds_no_ballots_that_are_read_one_by_one(tmp_path: Path) -> None:
    directory = session(tmp_path, f'kind = "rank"\nseats = 1\n{OPTIONS}')
    (directory / "session.toml").write_text('group = "BELENIOS-2048"\n' + SESSION, encoding="utf-8")
    assert refused(lambda: load_session(directory)) == [("not_read_singly", None, "poll it")]
