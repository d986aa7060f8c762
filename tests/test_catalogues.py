"""Every refusal has its words in both languages, with the same placeholders."""

import re

import pytest

from tests.support.repository import WEB
from voting.congress.refusal import RefusalCode
from voting.server.services.drafts import DraftProblem
from voting.sitting.plan_checks import PlanProblemCode

I18N = WEB / "kit" / "words"
LANGUAGES = ("zh", "en")
PROBLEMS_OF_POLLS = (
    "empty", "id_repeated", "seats_out_of_range", "seconds_out_of_range", "motion_options_wrong", "rules_contradict",
    "secrecy_forbidden", "medium_forbidden", "link_wrong", "write_ins_forbidden", "eligible_wrong",
    "candidates_out_of_range",
)  # fmt: skip
ENTRY = re.compile(r'^  (\w+):\s*"((?:[^"\\]|\\.)*)",$', re.MULTILINE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def catalogue(language: str) -> dict[str, str]:
    text = (I18N / language / "refusals.ts").read_text(encoding="utf-8")
    entries = ENTRY.findall(text)
    assert len(entries) == len(dict(entries)), f"{language}: a key appears twice"
    return dict(entries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    texts = catalogue(language)
    missing = [code.value for code in RefusalCode if not texts.get(code.value, "").strip()]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_a_draft_has_words(language: str) -> None:
    texts = catalogue(language)
    codes = {*DraftProblem, *(PlanProblemCode(name) for name in PROBLEMS_OF_POLLS)}
    assert [code.value for code in codes if not texts.get(f"plan_{code.value}", "").strip()] == []
    assert {f"plan_{code.value}" for code in codes} == {key for key in texts if key.startswith("plan_")}


def test_both_languages_have_the_same_refusals() -> None:
    assert catalogue("zh").keys() == catalogue("en").keys()


def test_placeholders_match_between_languages() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    differing = {
        key: (chinese[key], english[key])
        for key in chinese
        if sorted(PLACEHOLDER.findall(chinese[key])) != sorted(PLACEHOLDER.findall(english[key]))
    }
    assert differing == {}


def test_chinese_texts_are_chinese_and_english_texts_are_not() -> None:
    chinese_character = re.compile(r"[\u4e00-\u9fff]")
    assert [key for key, text in catalogue("zh").items() if not chinese_character.search(text)] == []
    assert [key for key, text in catalogue("en").items() if chinese_character.search(text)] == []
