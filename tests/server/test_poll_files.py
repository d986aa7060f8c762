"""Polls in agenda.toml: what each kind may hold, which rules it adopts, and what is refused where."""

from pathlib import Path

import pytest

from tests.server.test_session_files import SESSION, refused
from voting.congress.poll import PollKind, PollPlan
from voting.congress.ruleset import Secrecy
from voting.record.questions import questions_of
from voting.server.session_files import load_session
from voting.tally.group import group_by_name
from voting.tally.questions import check_questions

ALL_KINDS = Path(__file__).parents[2] / "config" / "samples" / "all-kinds"
OPTIONS = """
[[polls.options]]
id = "a"
title = "示例甲"
[[polls.options]]
id = "b"
title = "示例乙"
"""


def many(number: int) -> str:
    return "".join(f'[[polls.options]]\nid = "o{i}"\ntitle = "示例{i}"\n' for i in range(number))


def session(tmp_path: Path, poll: str) -> Path:
    items = '[[items]]\nid = "votes"\ntitle = "表决"\npolls = ["it"]\n'
    agenda = f'{items}[[polls]]\nid = "it"\ntitle = "示例"\n{poll}'
    (tmp_path / "session.toml").write_text(SESSION, encoding="utf-8")
    (tmp_path / "agenda.toml").write_text(agenda, encoding="utf-8")
    roster = "编号,姓名,代表团,座位\n1,示例代表1,示例团,\n2,示例代表2,示例团,\n3,示例代表3,示例团,\n"
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    return tmp_path


def loaded(tmp_path: Path, poll: str) -> PollPlan:
    return load_session(session(tmp_path, poll)).polls[0]


def test_the_sample_of_kinds_holds_every_kind_that_can_be_held_and_a_recorded_poll() -> None:
    polls = load_session(ALL_KINDS).polls
    assert {poll.kind for poll in polls} == set(PollKind) - {PollKind.RANK}
    assert [poll.id for poll in polls if poll.secrecy is Secrecy.RECORDED] == ["named-resolution"]
    assert all(poll.ruleset is not None for poll in polls)


def test_rules_are_adopted_by_name(tmp_path: Path) -> None:
    poll = loaded(tmp_path, f'kind = "choose"\nrules = "zhejiang-county"\nseats = 1\n{OPTIONS}')
    assert poll.ruleset is not None
    assert poll.adopted.title == "浙江县级"


def test_the_sessions_own_rules_come_before_the_presets(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "national.toml").write_text('title = "示例规则"\n', encoding="utf-8")
    assert loaded(tmp_path, 'kind = "motion"\nrules = "national"\n').adopted.title == "示例规则"


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
        (f'kind = "rank"\nseats = 1\n{OPTIONS}', ("poll_not_held", "polls[1].kind")),
        (f'kind = "election"\nseats = 1\n{OPTIONS}', ("poll_not_held", "polls[1].kind")),
        (f'kind = "election"\nseats = 2\nwrite_ins = true\n{OPTIONS}', ("poll_not_held", "polls[1].kind")),
        (f'kind = "approve_each"\nseats = 3\n{OPTIONS}', ("seats_out_of_range", "poll it")),
        (f'kind = "approve_each"\nseats = 3\n{many(84)}', ("value_wrong", "polls[1].options")),
        (f'kind = "choose"\nseats = 3\n{many(201)}', ("value_wrong", "polls[1].options")),
    ],
)
def test_a_poll_that_cannot_be_held_is_refused_at_its_key(tmp_path: Path, poll: str, problem: tuple[str, str]) -> None:
    found = refused(lambda: loaded(tmp_path, poll))
    assert problem in [(code, place) for code, _, place in found]
