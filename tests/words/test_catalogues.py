"""Every code has its words in both languages, with the same placeholders, whatever the kind and the way of voting."""

import re
from collections.abc import Iterator
from itertools import product

import msgspec
import pytest

from voting.congress.law.evaluating import Level
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruleset import AfterShortfall, PercentageOf, Secrecy
from voting.congress.law.ruling import OutcomeKind
from voting.files.problems import ProblemCode
from voting.record.ballot_problems import BallotProblemCode
from voting.sitting.hand_counts import HandMethod
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.refusals import ChamberRefusal
from voting.wire.polls import DraftProblem
from voting.wire.refusals import WireRefusal
from voting.words import (
    TOO_FEW,
    Catalogue,
    Form,
    Language,
    Mark,
    ProblemForm,
    ProblemPlace,
    Voice,
    Way,
    catalogue_of,
    problem_form,
    way_of,
)

CHINESE, ENGLISH = (catalogue_of(language) for language in Language)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
CHINESE_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
VARIANTS = {*PollKind, *Way, *(f"{kind}.{way}" for kind, way in product(PollKind, Way)), "other"}


def forms(words: Catalogue) -> Iterator[tuple[str, Form]]:
    """Every text with where it stands."""
    terms, outcomes = words.terms, words.outcomes
    yield from (("idle", terms.idle), ("idle_label", terms.idle_label), ("seats_label", terms.seats_label))
    for name, texts in (
        ("reasons", words.reasons),
        ("after", terms.after),
        ("marks", terms.marks),
        ("refusals", words.refusals),
        ("file_problems", words.file_problems.what),
        *((name, getattr(outcomes, name)) for name in outcomes.__struct_fields__),
    ):
        yield from ((f"{name}.{code}", form) for code, form in texts.items())


def said(words: Catalogue, form: Form) -> Iterator[tuple[tuple[PollKind, Way], str]]:
    for kind, way in product(PollKind, Way):
        yield (kind, way), words.text(form, kind, way)


RUN_OFF_BY_VOTES = "run_off_by_votes"
"""What follows a tie where more votes than the others are enough."""


@pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_closed_list_has_its_words(words: Catalogue) -> None:
    assert set(words.kinds) == set(PollKind)
    assert set(words.reasons) == set(ReasonCode)
    assert words.refusals.keys() == {code.value for code in (*ChamberRefusal, *WireRefusal)}
    assert words.plan_problems.keys() == {code.value for code in (*DraftProblem, *PlanProblemCode, *BallotProblemCode)}
    assert words.file_problems.what.keys() == {code.value for code in ProblemCode}
    assert set(words.terms.voices) == set(Voice)
    assert set(words.terms.levels) == set(Level)
    assert set(words.terms.marks) == set(Mark)
    assert set(words.terms.of) == set(PercentageOf)
    assert set(words.terms.after) == set(AfterShortfall)
    for name in words.outcomes.__struct_fields__:
        settled = {OutcomeKind.ELECTED, OutcomeKind.PASSED, OutcomeKind.NOT_PASSED}
        settled |= {OutcomeKind.DECIDED, OutcomeKind.PRESELECTED, OutcomeKind.EVALUATED}
        after = {RUN_OFF_BY_VOTES, *(set(OutcomeKind) - settled)}
        expected = {TOO_FEW, *(after if name == "next" else OutcomeKind)}
        assert set(getattr(words.outcomes, name)) == expected, name


@pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_forms_name_kinds_and_ways_and_no_words_are_blank(words: Catalogue) -> None:
    for place, form in forms(words):
        texts = {"other": form} if isinstance(form, str) else form
        assert texts.keys() <= VARIANTS, place
        assert "other" in texts, place
        assert all(text.strip() for text in texts.values()), place
    assert all(text.strip() for kind in words.kinds.values() for text in msgspec.structs.astuple(kind))


def test_both_languages_have_the_same_placeholders_for_every_kind_and_way() -> None:
    english = dict(forms(ENGLISH))
    assert english.keys() == dict(forms(CHINESE)).keys()
    for place, form in forms(CHINESE):
        for (at, one), (_, other) in zip(said(CHINESE, form), said(ENGLISH, english[place]), strict=True):
            assert set(PLACEHOLDER.findall(one)) == set(PLACEHOLDER.findall(other)), (place, at)


def test_no_placeholder_of_a_kind_is_left_for_a_parameter() -> None:
    own = {*CHINESE.kinds[PollKind.MOTION].__struct_fields__, "idle"}
    for words in (CHINESE, ENGLISH):
        for place, form in forms(words):
            assert not any(own & set(PLACEHOLDER.findall(text)) for _, text in said(words, form)), place


def test_chinese_texts_are_chinese_and_english_texts_are_not() -> None:
    for place, form in forms(CHINESE):
        assert all(CHINESE_CHARACTER.search(text) for _, text in said(CHINESE, form)), place
    for place, form in forms(ENGLISH):
        assert not any(CHINESE_CHARACTER.search(text) for _, text in said(ENGLISH, form)), place


def test_the_most_specific_form_holds() -> None:
    form: Form = {"other": "a", "by_hand": "b", "rank": "c", "rank.by_hand": "d"}
    at = [(PollKind.CHOOSE, Way.MIXED), (PollKind.CHOOSE, Way.BY_HAND), (PollKind.RANK, Way.MIXED)]
    assert [CHINESE.text(form, kind, way) for kind, way in at] == ["a", "b", "c"]
    assert CHINESE.text(form, PollKind.RANK, Way.BY_HAND) == "d"


def test_a_way_of_voting_is_a_medium_or_a_show_of_hands() -> None:
    assert {way_of(medium) for medium in Medium} == set(Way) - {Way.SHOW_OF_HANDS}
    assert way_of(Medium.BY_HAND, HandMethod.SHOW_OF_HANDS) is Way.SHOW_OF_HANDS
    assert way_of(Medium.MIXED, HandMethod.PAPER) is Way.MIXED


def told(form: ProblemForm, place: str) -> str:
    """What is told at "place.case" or "place"."""
    if isinstance(form, str):
        return form
    return next(form[key] for key in (place, place.partition(".")[0], "other") if key in form)


def test_problems_are_told_by_place_in_both_languages_with_the_same_placeholders() -> None:
    cases = [f"form.{case}" for case in ("title", "options", "eligible", *Secrecy)]
    places = ("other", *ProblemPlace, *cases)
    for code, form in CHINESE.plan_problems.items():
        for one in (form, ENGLISH.plan_problems[code]):
            assert isinstance(one, str) or {"other"} < one.keys() <= set(places), code
        for place in places:
            chinese, english = told(form, place), told(ENGLISH.plan_problems[code], place)
            assert CHINESE_CHARACTER.search(chinese), (code, place)
            assert english.strip(), (code, place)
            assert not CHINESE_CHARACTER.search(english), (code, place)
            assert set(PLACEHOLDER.findall(chinese)) == set(PLACEHOLDER.findall(english)), (code, place)


def test_a_problem_is_told_as_its_place_asks() -> None:
    form = {"file": "a", "form.title": "b", "other": "c"}
    assert [problem_form(form, place) for place in ProblemPlace] == ["a", "c"]
    assert problem_form("d", ProblemPlace.FILE) == "d"
