"""A method of voting says everything that its rules say, by their types, and its document is one with them."""

import io
import typing
import zipfile
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from docx import Document
from msgspec.structs import replace

from tests.support.repository import ROOT
from voting.cli import cli
from voting.congress.law.bodies import Article, Body
from voting.congress.law.ruleset import DEFAULTS, Ruleset, Section
from voting.files.rules import load_ruleset
from voting.record.description import rules_sha256
from voting.reports.method.docx import docx_of
from voting.reports.method.sentences import SENTENCES
from voting.reports.method.text import Method, method_of
from voting.words import Purpose

RULES = ROOT / "config" / "rules"
SAMPLES = ROOT / "config" / "samples"
ASKED = replace(DEFAULTS, participation=replace(DEFAULTS.participation, required=True))
"""Rules under which every setting bears."""
ONLY_VALUE = {"seats.tie"}


def settings() -> Iterator[str]:
    for name in Ruleset.__struct_fields__:
        section = getattr(DEFAULTS, name)
        keys = section.__struct_fields__ if isinstance(section, Section) else ()
        yield from (f"{name}.{key}" for key in keys) if keys else (name,)


def values(kind: typing.Any) -> Iterator[object]:
    """Several values of a setting's type."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        yield from ((one,) for one in list(values(parts[0]))[:2])
    elif parts:
        real = [part for part in parts if part is not msgspec.UnsetType and not isinstance(part, msgspec.Meta)]
        yield from values(real[0])
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from kind
    else:
        yield from {bool: (False, True), int: (3, 4), str: ("1/3", "3/4")}[kind]


def varied(setting: str) -> list[Ruleset]:
    section, _, key = setting.partition(".")
    holder = getattr(ASKED, section) if key else ASKED
    given = typing.get_type_hints(type(holder))[key or section]
    if not key:
        return [replace(ASKED, **{section: value}) for value in values(given)]
    return [replace(ASKED, **{section: replace(holder, **{key: value})}) for value in values(given)]


def text_of(method: Method) -> list[str]:
    return [article.text for chapter in method.chapters for article in chapter.articles]


def said(rules: Ruleset, purpose: Purpose) -> str:
    """The articles without the one that names the hash, which differs with any setting."""
    return "\n".join(text for text in text_of(method_of(rules, purpose)) if rules_sha256(rules) not in text)


def paragraphs(raw: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(raw)).paragraphs)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("setting", list(settings()))
def test_another_value_of_any_setting_is_another_text(setting: str, purpose: Purpose) -> None:
    texts = [said(rules, purpose) for rules in varied(setting)]
    assert len(set(texts)) == len(texts)
    assert len(texts) > 1 or setting in ONLY_VALUE


def test_every_setting_is_stated_once() -> None:
    assert sorted(setting for sentence in SENTENCES for setting in sentence.settings) == sorted(settings())


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("path", sorted(RULES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_preset_is_a_document_that_names_its_hash_and_no_file(path: Path, purpose: Purpose) -> None:
    rules = load_ruleset(path)
    method = method_of(rules, purpose)
    raw = docx_of(method)
    text = paragraphs(raw)
    assert raw == docx_of(method)
    assert rules_sha256(rules) in text
    assert method.title in text
    assert all(article in text for article in text_of(method))
    assert "{" not in text
    assert ".toml" not in text


def test_a_document_bears_no_time_and_no_compression_of_its_own() -> None:
    raw = docx_of(method_of(DEFAULTS, Purpose.ALL))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        entries = packed.infolist()
    assert {(entry.date_time[0], entry.compress_type) for entry in entries} == {(1980, zipfile.ZIP_STORED)}
    assert [entry.filename for entry in entries][1:] == sorted(entry.filename for entry in entries)[1:]
    known = Document(io.BytesIO(raw)).core_properties
    assert known.created == known.modified
    assert known.author == known.last_modified_by == "Plenary"


def test_articles_are_numbered_through_and_the_annex_by_itself() -> None:
    method = method_of(DEFAULTS, Purpose.PROJECTS)
    *chapters, annex = method.chapters
    numbers = [article.number for chapter in chapters for article in chapter.articles]
    assert numbers[:3] == ["第一条", "第二条", "第三条"]
    assert len(set(numbers)) == len(numbers)
    assert annex.articles[0].number == "（一）"
    assert len(method_of(DEFAULTS, Purpose.ALL).chapters) == len(chapters)


def bases(rules: Ruleset) -> str:
    return "".join(one.basis for chapter in method_of(rules, Purpose.ALL).chapters for one in chapter.articles)


def test_a_body_is_told_the_law_that_binds_it_and_no_other() -> None:
    assert "地方组织法第十四条第四款" in bases(DEFAULTS)
    committee = bases(replace(DEFAULTS, body=Body.STANDING_COMMITTEE))
    assert "地方组织法第五十一条第三、四款" in committee
    assert "第十四条" not in committee
    assert "第二十五条" not in committee
    assert "地方组织法" not in bases(replace(DEFAULTS, body=Body.OTHER))


def test_an_article_that_is_set_aside_is_no_basis() -> None:
    aside = replace(DEFAULTS, deviates=(Article.CONGRESS_QUORUM,))
    assert "第十四条" not in bases(aside)
    assert "与地方组织法第十四条第四款不一致" in said(aside, Purpose.ALL)


def test_persons_are_never_left_out_of_what_must_be_filled() -> None:
    [line] = [text for text in text_of(method_of(DEFAULTS, Purpose.PERSONS)) if text.startswith("当选人数少于")]
    assert "不再补足" not in line


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["method", *map(str, arguments)])


def test_the_sample_s_method_is_that_of_its_project_poll(tmp_path: Path) -> None:
    out = tmp_path / "method.docx"
    done = run(SAMPLES / "pinghu-2022", "--out", out)
    assert done.exit_code == 0, done.output
    text = paragraphs(out.read_bytes())
    assert "民生实事项目票决办法（草案）" in text
    assert done.output.split()[-1] in text


def test_rules_by_themselves_are_written_for_everything_unless_told(tmp_path: Path) -> None:
    out = tmp_path / "method.docx"
    assert run(RULES / "national.toml", "--out", out).exit_code == 0
    assert "\n表决办法（草案）" in f"\n{paragraphs(out.read_bytes())}"
    assert run(RULES / "national.toml", "--for", "persons", "--out", out).exit_code == 0
    assert "选举办法（草案）" in paragraphs(out.read_bytes())


def test_polls_under_different_rules_have_no_one_method(tmp_path: Path) -> None:
    refused = run(SAMPLES / "all-kinds", "--for", "all", "--out", tmp_path / "method.docx")
    assert refused.exit_code == 2
    assert "rules_differ" in refused.output


def test_no_method_is_made_for_what_no_poll_asks(tmp_path: Path) -> None:
    refused = run(SAMPLES / "pinghu-2022", "--for", "persons", "--out", tmp_path / "method.docx")
    assert refused.exit_code == 2
    assert "no_such_poll" in refused.output
