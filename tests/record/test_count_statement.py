"""Signed statements of counts: each agrees with its archive, and every alteration is found by its own check."""

import hashlib

import pytest
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.hand_counts import MIXED
from tests.support.http_client import Client
from tests.support.plans.hands import PAPER, hands_plan
from tests.support.sittings import asking
from tests.support.statements import record_of, stated
from voting.congress.law.question import Medium
from voting.record.count_checks import StatedCount, check_statement
from voting.record.count_statement import (
    CountCheck,
)
from voting.sitting.counting import OutcomeKind
from voting.sitting.hand_counts import HandFigures
from voting.sitting.poll import PollState
from voting.wire.roles import Role


def checked(chamber: Chamber, poll: str) -> StatedCount:
    return check_statement(stated(chamber, poll), record_of(chamber, poll))


@pytest.mark.parametrize("poll", ["hands", *MIXED, "motion"])
def test_every_count_is_stated_and_the_archive_alone_confirms_it(chamber: Chamber, poll: str) -> None:
    done: list[CountCheck] = []
    found = check_statement(stated(chamber, poll), record_of(chamber, poll), passed=done.append)
    progress = chamber.service.sitting.polls[poll]
    assert done == list(CountCheck)
    assert (found.count, found.statement.outcome) == (progress.count, progress.outcome)
    assert progress.outcome is not None
    assert found.ruling.outcome is progress.outcome.kind


def test_a_mixed_count_shows_both_of_its_parts(chamber: Chamber) -> None:
    statement = checked(chamber, "mixed").statement
    assert statement.electronic is not None
    assert statement.by_hand is not None
    assert (statement.electronic.issued, statement.electronic.returned) == (2, 1)
    assert (statement.by_hand.figures.issued, statement.by_hand.figures.returned) == (2, 1)
    assert (statement.papers_instead, statement.count.issued, statement.medium) == (1, 3, Medium.MIXED)
    names = (statement.by_hand.entered_by.name, statement.by_hand.confirmed_by.name)
    assert names == ("示例监票人1", "示例监票人2")


def test_a_count_by_hand_states_the_rules_and_the_figures_it_rests_on(chamber: Chamber) -> None:
    found = checked(chamber, "hands")
    statement = found.statement
    assert (statement.archive_sha256, statement.fingerprint, statement.electronic) == ("", "", None)
    assert (statement.in_office, statement.statutory_seats, statement.present) == (3, 3, 3)
    assert (found.ruling.outcome, found.count.votes["for"]) == (OutcomeKind.PASSED, 2)


def test_there_is_no_statement_of_a_poll_that_is_not_counted() -> None:
    chamber = Chamber(hands_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    for poll in ("motion", "hands"):
        with pytest.raises(ValueError, match=f"poll {poll} is not counted"):
            stated(chamber, poll)


def test_an_unaltered_statement_is_the_same_bytes_each_time(chamber: Chamber) -> None:
    assert stated(chamber, "mixed") == stated(chamber, "mixed")
    assert check_statement(stated(chamber, "mixed") + b"\n", record_of(chamber, "mixed"))


def test_a_statement_is_fetched_where_an_archive_would_be(chamber: Chamber) -> None:
    client = Client(chamber)
    for poll in ("hands", "mixed"):
        answer = client.get(f"/api/polls/{poll}/count.json")
        assert (answer.status_code, answer.data) == (200, stated(chamber, poll))
        assert answer.headers["ETag"].strip('"') == hashlib.sha256(answer.data).hexdigest()
    assert chamber.state("mixed-named") is PollState.ANNULLED
    assert client.get("/api/polls/mixed-named/count.json", Role.SCRUTINEER, "1").status_code == 200
    for role in (Role.PUBLIC, Role.DELEGATE):
        answer = client.get("/api/polls/mixed-named/count.json", role, "001")
        assert (answer.status_code, answer.data) == (200, stated(chamber, "mixed-named"))
    for poll, status in (("projects", 403), ("nothing", 404)):
        assert client.get(f"/api/polls/{poll}/count.json", Role.CHAIR).status_code == status


def with_names(medium: Medium) -> Chamber:
    """The election takes other names, too."""
    plan = hands_plan()
    election = asking(plan.polls[-1], seats=1, write_ins=True, medium=medium)
    chamber = Chamber(replace(plan, polls=(*plan.polls[:-1], election)))
    chamber.sign_in()
    return chamber


def papers_for(*names: str, issued: int) -> HandFigures:
    """Each paper names one other person."""
    votes = {"c1": 0, "c2": 0} | {name: names.count(name) for name in names}
    added = tuple(dict.fromkeys(names))
    returned = len(names)
    return HandFigures(issued=issued, returned=returned, valid=returned, void=0, votes=votes, write_ins=added)


def test_a_name_that_papers_added_is_elected_in_the_statement_too() -> None:
    chamber = with_names(Medium.BY_HAND)
    chamber.by_hand("election", PAPER, papers_for("示例甲", "示例甲", "示例乙", issued=3))
    assert check_statement(stated(chamber, "election"), None).ruling.elected == ("示例甲",)


def test_names_on_papers_and_at_terminals_are_added_by_name() -> None:
    chamber = with_names(Medium.MIXED)
    chamber.hold_ceremony()
    chamber.service.polls.prepare("election")
    chamber.register("election")
    chamber.service.hands.issue_paper("election", "003", "示例：终端故障")
    chamber.service.polls.open("election", None, no_kin=True)
    chamber.service.hands.issue_paper("election", "002", "示例：终端故障")
    chamber.choose("election", "001", "c1=against", "+示例甲")
    chamber.close("election")
    chamber.enter_and_confirm("election", PAPER, papers_for("示例乙", " 示例甲 ", issued=2))
    chamber.count("election")
    found = checked(chamber, "election")
    assert found.count.votes == {"c1": 0, "c2": 0, "示例甲": 2, "示例乙": 1}
    assert found.statement.electronic is not None
    assert found.statement.electronic.write_ins == ("示例甲",)
    assert found.ruling.elected == ("示例甲",)
