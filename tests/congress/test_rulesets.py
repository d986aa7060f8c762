"""Rulesets: what may not stand together, and what a poll without one is decided by."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import ruleset
from tests.support.repository import DOCS, PRESETS
from tests.support.sittings import asking, choose, motion
from voting.congress.law.kind import Asked
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import (
    DEFAULTS,
    AfterShortfall,
    BallotRule,
    Base,
    Ruleset,
    SecrecyRule,
    after_shortfall,
    completed,
    least,
)
from voting.congress.law.ruleset_checks import RulesetProblemCode, problems_of_ruleset
from voting.files.rules import load_ruleset

FRACTION, CONTRADICTION = RulesetProblemCode.FRACTION_IMPOSSIBLE, RulesetProblemCode.CONTRADICTION


@pytest.mark.parametrize(
    ("sections", "code", "key"),
    [
        ({"quorum": {"fraction": "4/3"}}, FRACTION, "quorum.fraction"),
        ({"majority": {"fraction": "1/1"}, "quorum": {"fraction": "1/1"}}, FRACTION, "majority.fraction"),
        ({"majority": {"fraction": "2/5"}}, FRACTION, "majority.fraction"),
        ({"majority": {"strictly_more": False}}, FRACTION, "majority.fraction"),
        ({"participation": {"fraction": "9/8"}}, FRACTION, "participation.fraction"),
        ({"majority": {"fraction": "3/4"}}, CONTRADICTION, "quorum.fraction"),
        ({"quorum": {"base": Base.PRESENT}}, CONTRADICTION, "quorum.base"),
        ({"participation": {"base": Base.VALID}}, CONTRADICTION, "participation.base"),
        ({"seats": {"shortfall": ()}}, CONTRADICTION, "seats.shortfall"),
        ({"secrecy": {"election": SecrecyRule.EITHER}}, CONTRADICTION, "secrecy.election"),
        ({"secrecy": {"motion": SecrecyRule.SECRET}}, CONTRADICTION, "fallback.show_of_hands"),
        ({"fallback": {"show_of_hands": (PollKind.RANK,)}}, CONTRADICTION, "fallback.show_of_hands"),
        ({"fallback": {"paper": (PollKind.RANK, PollKind.RANK)}}, CONTRADICTION, "fallback.paper"),
    ],
)
def test_what_cannot_stand_is_named_by_its_setting(
    sections: dict[str, Any], code: RulesetProblemCode, key: str
) -> None:
    assert [(p.code, p.key) for p in problems_of_ruleset(ruleset(**sections))] == [(code, key)]


@pytest.mark.parametrize(
    "sections",
    [
        {},
        {"quorum": {"fraction": "1/1"}, "majority": {"fraction": "1/1", "strictly_more": False}},
        {"majority": {"fraction": "2/3", "strictly_more": False}},
        {"majority": {"fraction": "3/4", "base": Base.PRESENT}},
        {"secrecy": {"motion": SecrecyRule.SECRET}, "fallback": {"show_of_hands": ()}},
    ],
)
def test_what_can_stand_may_be_adopted(sections: dict[str, Any]) -> None:
    assert problems_of_ruleset(ruleset(**sections)) == ()


def test_the_adopted_ruleset_decides_what_a_ballot_may_hold() -> None:
    generous = ruleset(ballots={"over": BallotRule.VALID, "under": BallotRule.VOID})
    poll = asking(choose(n=3, k=2), ruleset=generous)
    assert (poll.question.min_choices, poll.question.max_choices) == (2, 3)
    assert motion().question.max_choices == 1


@pytest.mark.parametrize(
    ("kind", "rules", "most"),
    [
        (PollKind.CHOOSE, Ruleset(), 2),
        (PollKind.ELECTION, Ruleset(), 2),
        (PollKind.APPROVE_EACH, Ruleset(), 5),
        (PollKind.APPROVE_EACH, ruleset(ballots={"over_approval": BallotRule.VOID}), 2),
        (PollKind.ELECTION, ruleset(ballots={"over": BallotRule.VALID}), 5),
        (PollKind.EVALUATION, Ruleset(), 1),
    ],
)
def test_over_voting_is_a_setting_per_kind(kind: PollKind, rules: Ruleset, most: int) -> None:
    assert KINDS[kind].most(Asked(2, 5, rules)) == most


@given(st.integers(0, 5000), st.integers(1, 60), st.integers(1, 60), st.booleans())
def test_least_is_the_smallest_number_that_reaches_a_share(number: int, part: int, whole: int, strict: bool) -> None:
    found = least(f"{part}/{whole}", number, strictly_more=strict)

    def reaches(n: int) -> bool:
        return n * whole > part * number if strict else n * whole >= part * number

    assert reaches(found)
    assert not reaches(found - 1)


def test_every_kind_has_its_secrecy() -> None:
    rules = ruleset(secrecy={"motion": SecrecyRule.RECORDED})
    found = {kind: KINDS[kind].secrecy(rules) for kind in PollKind}
    assert found == dict.fromkeys(PollKind, SecrecyRule.SECRET) | {PollKind.MOTION: SecrecyRule.RECORDED}


def test_the_defaults_are_those_that_the_guide_puts_first() -> None:
    rows = re.findall(r"^\| `([a-z_]+)\.([a-z_]+)` \| `([^`]+)`", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE)
    first = {f"{section}.{key}": value.strip('"') for section, key, value in rows}
    settings = {
        f"{name}.{key}": value
        for name, section in msgspec.to_builtins(DEFAULTS).items()
        if isinstance(section, dict)
        for key, value in section.items()
    }
    lists = {key for key, value in settings.items() if not isinstance(value, str | int)}
    assert lists == {"seats.shortfall", "seats.shortfall_of_projects", "fallback.show_of_hands", "fallback.paper"}
    assert first == {key: str(value).lower() for key, value in settings.items() if key not in lists}
    assert settings["seats.shortfall_of_projects"] == ("second_round", "next_session", "accept_fewer")
    assert after_shortfall(DEFAULTS, PollKind.ELECTION) == ("second_round", "next_session")
    above = {key: value for key, value in msgspec.to_builtins(DEFAULTS).items() if not isinstance(value, dict)}
    assert above == {"title": "", "body": "congress", "deviates": ()}
    assert (settings["fallback.show_of_hands"], settings["fallback.paper"]) == (("motion",), tuple(PollKind))


@pytest.mark.parametrize("preset", sorted(PRESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_seats_of_persons_are_filled_under_every_preset(preset: Path) -> None:
    offered = after_shortfall(load_ruleset(preset), PollKind.ELECTION)
    assert offered
    assert AfterShortfall.ACCEPT_FEWER not in offered


def test_projects_have_a_list_of_their_own_and_rules_of_before_one_for_all() -> None:
    everything = tuple(AfterShortfall)
    assert {after_shortfall(Ruleset(), kind) for kind in PollKind} == {everything}
    now = completed(ruleset(seats={"shortfall_of_projects": (AfterShortfall.NEXT_SESSION,)}))
    assert after_shortfall(now, PollKind.CHOOSE) == (AfterShortfall.NEXT_SESSION,)
    assert after_shortfall(now, PollKind.ELECTION) == everything[:2]


@pytest.mark.parametrize(
    ("seats", "key"),
    [
        ({"shortfall": (AfterShortfall.ACCEPT_FEWER,)}, "seats.shortfall"),
        ({"shortfall_of_projects": ()}, "seats.shortfall_of_projects"),
        ({"shortfall_of_projects": (AfterShortfall.ACCEPT_FEWER,) * 2}, "seats.shortfall_of_projects"),
    ],
)
def test_something_lawful_must_be_able_to_follow_a_shortfall(seats: dict[str, Any], key: str) -> None:
    found = problems_of_ruleset(completed(ruleset(seats=seats)))
    assert [(problem.code, problem.key) for problem in found] == [(CONTRADICTION, key)]
