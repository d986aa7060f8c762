"""Rules at odds with an article that binds their body are refused unless they name it, and name nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.congress.law.bodies import Article, Body
from voting.congress.law.deviations import BOUND, deviations_of
from voting.congress.law.ruleset import DEFAULTS, Base, Ruleset, as_first_written, completed
from voting.congress.law.ruleset_checks import RulesetProblemCode, problems_of_ruleset
from voting.files.rules import PRESETS, RulesRefused, load_ruleset

SAID = "deviation_unsaid"
CASES = [
    ("quorum", {"fraction": "1/2", "strictly_more": True}, Article.CONGRESS_QUORUM),
    ("quorum", {"strictly_more": True}, Article.CONGRESS_QUORUM),
    ("quorum", {"fraction": "3/4"}, Article.CONGRESS_QUORUM),
    ("quorum", {"base": Base.STATUTORY_SEATS}, Article.CONGRESS_QUORUM),
    ("majority", {"base": Base.PRESENT}, Article.CONGRESS_MAJORITY),
    ("majority", {"base": Base.VALID}, Article.CONGRESS_MAJORITY),
    ("majority", {"fraction": "2/3", "strictly_more": False}, Article.CONGRESS_MAJORITY),
    ("seats", {"majority_floor": False}, Article.CONGRESS_MAJORITY),
    ("seats", {"rank_needs_majority": False}, Article.CONGRESS_MAJORITY),
    ("candidates", {"chief_more_at_most": 5}, Article.CANDIDATES),
    ("candidates", {"deputy_more_at_least": 0}, Article.CANDIDATES),
    ("candidates", {"deputy_more_at_most": 9}, Article.CANDIDATES),
    ("candidates", {"member_more_at_least": "1/11"}, Article.CANDIDATES),
    ("candidates", {"member_more_at_most": "1/4"}, Article.CANDIDATES),
    ("candidates", {"delegate_more_at_least": "1/6"}, Article.DELEGATES),
    ("candidates", {"delegate_more_at_most": "2/3"}, Article.DELEGATES),
]
"""Among them: what was once adopted without a word."""


def changed(section: str, settings: dict[str, object], body: Body = Body.CONGRESS) -> Ruleset:
    return replace(DEFAULTS, body=body, **{section: replace(getattr(DEFAULTS, section), **settings)})


@pytest.mark.parametrize(("section", "settings", "article"), CASES)
@pytest.mark.parametrize("body", [Body.CONGRESS, Body.TOWNSHIP_CONGRESS])
def test_a_congress_adopts_it_only_openly(
    body: Body, section: str, settings: dict[str, object], article: Article
) -> None:
    rules = changed(section, settings, body)
    found = [(p.code, p.article) for p in problems_of_ruleset(rules) if p.key.startswith(f"{section}.")]
    assert set(found) == {(RulesetProblemCode.DEVIATION_UNSAID, article)}
    assert problems_of_ruleset(replace(rules, deviates=(article,))) == ()


@pytest.mark.parametrize(("section", "settings", "article"), CASES)
def test_nothing_else_is_admitted_in_its_place(section: str, settings: dict[str, object], article: Article) -> None:
    for other in set(Article) - {article}:
        found = problems_of_ruleset(replace(changed(section, settings), deviates=(article, other)))
        assert [p.code for p in found] == [RulesetProblemCode.DEVIATION_UNFOUNDED]


def test_an_article_is_named_once() -> None:
    rules = replace(changed("quorum", {"fraction": "3/4"}), deviates=(Article.CONGRESS_QUORUM,) * 2)
    assert [p.code for p in problems_of_ruleset(rules)] == [RulesetProblemCode.CONTRADICTION]


@pytest.mark.parametrize("body", list(Body))
def test_only_some_bodies_are_bound(body: Body) -> None:
    rules = changed("quorum", {"fraction": "3/5"}, body)
    assert bool(deviations_of(rules)) == (body in {Body.CONGRESS, Body.TOWNSHIP_CONGRESS, Body.STANDING_COMMITTEE})


def test_a_committee_has_another_quorum_than_a_congress() -> None:
    committee = changed("quorum", {"fraction": "1/2", "strictly_more": True}, Body.STANDING_COMMITTEE)
    assert problems_of_ruleset(committee) == ()
    of_congress = replace(DEFAULTS, body=Body.STANDING_COMMITTEE)
    assert {p.article for p in problems_of_ruleset(of_congress)} == {Article.COMMITTEE}


def test_equal_fractions_are_equal_however_they_are_written() -> None:
    assert problems_of_ruleset(changed("quorum", {"fraction": "4/6"})) == ()


@pytest.mark.parametrize(("section", "settings", "_"), CASES)
def test_rules_of_before_bodies_are_judged_as_before(section: str, settings: dict[str, object], _: Article) -> None:
    first = as_first_written(changed(section, settings))
    assert [p for p in problems_of_ruleset(first) if p.article is not None] == []


@given(st.sampled_from(list(Body)), st.sampled_from(CASES))
def test_what_a_file_leaves_out_is_filled_in_once_and_taken_away_again(
    body: Body, case: tuple[str, dict[str, object], Article]
) -> None:
    rules = changed(case[0], case[1], body)
    assert completed(rules) == rules
    first = as_first_written(rules)
    assert as_first_written(completed(first)) == first


def test_the_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('title = "示例"\n\n[majority]\nbase = "present"\n', encoding="utf-8")
    with pytest.raises(RulesRefused, match=r"ours\.toml:4: majority\.base: deviation_unsaid: deviates from 组 25"):
        load_ruleset(file)
    file.write_text('deviates = ["组 26"]\n', encoding="utf-8")
    with pytest.raises(RulesRefused, match=r":1: deviates: .*allowed: 组 14, 组 25, 组 27, 组 51, 选 31"):
        load_ruleset(file)


def test_of_the_presets_only_those_that_say_so_deviate() -> None:
    rules = {preset.stem: load_ruleset(preset) for preset in PRESETS.glob("*.toml")}
    assert {name for name, one in rules.items() if one.deviates} == {"projects-order", "shanghai-postponing"}
    assert set(BOUND) <= {one.body for one in rules.values()}
