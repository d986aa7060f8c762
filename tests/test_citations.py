"""Every article that rules, documents and code name stands in docs/citations.toml, and nothing stands there unnamed."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import DOCS

ROOT = DOCS.parent
LIST = DOCS / "citations.toml"
LAWS = tomllib.loads(LIST.read_text(encoding="utf-8"))["law"]
FAR = 300
"""So many characters an article may stand behind the name of its law."""
CALLED = {called: law["name"] for law in LAWS for called in (*law["called"], law["title"])} | {"宪法": "宪法"}
_NAMES = "|".join(re.escape(called).replace(r"\ ", "[ ]") for called in sorted(CALLED, key=len, reverse=True))
_SHORT = "|".join(sorted({law["name"] for law in LAWS} - {"GB"}, key=len, reverse=True))
_DIGITS = "零一二三四五六七八九"
TOKEN = re.compile(
    rf"""
    GB[ ]50799(?:-2012)?,?[ ](?P<clause>(?:\d+\.)+\d+(?:\(\d+\))?)
    | (?P<of>{_NAMES})第(?P<number>[{_DIGITS}十百]+)条(?:第(?P<kuan>[{_DIGITS}十、]+)款)?
    | arts?\.[ ]?(?P<first>\d+)(?:[ ]paras?\.[ ](?P<paras>\d+(?:(?:,[ ]|[ ]and[ ])\d+)*)|[ ]item[ ](?P<item>\d+))?
      (?:[ ]of[ ]the[ ](?P<whose>{_NAMES}))?
    | (?<![\u4e00-\u9fff\w])(?P<short>{_SHORT})[ ](?P<article>\d+)(?P<parts>(?:\(\d+\))*)(?!\d|[ ]?[项名人个票年])
    | (?P<name>{_NAMES})
    """,
    re.VERBOSE,
)
Citation = tuple[str, str]
"""A law by its short name ("" where none is named near by), and the entry; a short name without paragraph is "25*"."""


def number_of(written: str) -> int:
    """The number that Chinese numerals below a thousand write."""
    total = digit = 0
    for character in written:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def entries(article: int | str, paragraphs: list[int]) -> list[str]:
    return [f"{article}({paragraph})" for paragraph in paragraphs] or [str(article)]


def numbers(text: str | None) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text or "")]


def one_citation(found: re.Match[str], nearest: str) -> list[Citation]:
    """What one place names. nearest: the law named before it."""
    if found["clause"]:
        return [("GB", found["clause"])]
    if found["number"]:
        paragraphs = [number_of(one) for one in (found["kuan"] or "").split("、") if one]
        return [(CALLED[found["of"]], entry) for entry in entries(number_of(found["number"]), paragraphs)]
    if found["short"]:
        written = entries(found["article"], numbers(found["parts"])) if found["parts"] else [f"{found['article']}*"]
        return [(found["short"], entry) for entry in written]
    law = CALLED[found["whose"]] if found["whose"] else nearest
    if found["item"]:
        return [(law, f"{found['first']} item {found['item']}")]
    return [(law, entry) for entry in entries(found["first"], numbers(found["paras"]))]


def cited(text: str) -> Iterator[tuple[int, Citation]]:
    """Every citation with its place."""
    law, named_at = "", -FAR
    for found in TOKEN.finditer(text):
        if found["name"]:
            law, named_at = CALLED[found["name"]], found.end()
            continue
        near = law if found.start() - named_at < FAR else ""
        yield from ((found.start(), citation) for citation in one_citation(found, near))


LISTED = {(law["name"], entry) for law in LAWS for entry in law["says"]}


def is_listed(law: str, entry: str) -> bool:
    if entry.endswith("*"):
        return any(name == law and re.match(rf"{entry[:-1]}(?!\d)", one) for name, one in LISTED)
    return (law, entry) in LISTED


def files() -> list[Path]:
    command = ["git", "ls-files", "config", "docs", "voting", "README.md", "CHANGELOG.md", "SECURITY.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    endings = (".py", ".ts", ".vue", ".md", ".toml", ".json", ".typ")
    named = [ROOT / name for name in done.stdout.splitlines() if name.endswith(endings)]
    return [path for path in named if path.is_file() and path != LIST and path.name != "package-lock.json"]


def test_every_citation_is_listed() -> None:
    wrong = []
    for path in files():
        text = path.read_text(encoding="utf-8")
        for at, (law, entry) in cited(text):
            if not is_listed(law, entry):
                wrong.append(f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, at) + 1}: {law or 'no law'} {entry}")
    assert wrong == []


def test_every_entry_is_named_somewhere() -> None:
    found = {citation for path in files() for _, citation in cited(path.read_text(encoding="utf-8"))}
    assert sorted(LISTED - found) == []


def test_every_entry_says_something_and_every_law_has_its_year() -> None:
    assert all(says.strip() for law in LAWS for says in law["says"].values())
    assert all(law["title"] and 1949 < law["year"] < 2100 for law in LAWS)
    assert len({law["name"] for law in LAWS}) == len(LAWS)


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        (
            "地方组织法 art. 14 para. 4; others: art. 51 paras. 3 and 4",
            [("组", "14(4)"), ("组", "51(3)"), ("组", "51(4)")],
        ),
        ("选举法 art. 52", [("选", "52")]),
        ("地方组织法 art. 11 item 3", [("组", "11 item 3")]),
        ("art. 31 para. 2 of the Electoral Law", [("选", "31(2)")]),
        ("与地方组织法第五十一条第三、四款不一致", [("组", "51(3)"), ("组", "51(4)")]),
        ("选举法第一百零五条", [("选", "105")]),
        ('deviates = ["组 25"]', [("组", "25*")]),
        ("浙江乡镇 24(2)", [("浙江乡镇", "24(2)")]),
        ("GB 50799-2012, 6.2.2(5), allows either", [("GB", "6.2.2(5)")]),
        ("最多选 10 项, 候选 3 名; 选 10 项", []),
        ("art. 25 alone", [("", "25")]),
        ("地方组织法" + " " * FAR + "art. 25", [("", "25")]),
    ],
)
def test_a_citation_is_found_however_it_is_written(text: str, citations: list[Citation]) -> None:
    assert [citation for _, citation in cited(text)] == citations
