"""The closed list of characters that names are made of: the same for every reader, whatever Unicode it knows."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.repository import WEB
from voting.tally.ballots.names import NAME_RANGES, is_name, normal_name

PAGES = WEB / "tally" / "ballots" / "names.ts"
IDEOGRAPHS = range(0x20000, 0x40000)


def test_the_list_is_in_order_and_names_no_character_twice() -> None:
    points = [point for one in NAME_RANGES for point in one]
    assert points == sorted(points)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(NAME_RANGES))


def test_pages_hold_the_same_list() -> None:
    rows = re.findall(r"^ {2}\[(0x[0-9a-f]+), (0x[0-9a-f]+)\],", PAGES.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(first, 16), int(last, 16)) for first, last in rows] == list(NAME_RANGES)


def test_every_listed_character_is_one_that_can_be_seen_and_whose_spelling_is_settled() -> None:
    listed = [chr(p) for first, last in NAME_RANGES for p in range(first, last + 1) if p not in IDEOGRAPHS]
    assert [f"U+{ord(c):04X}" for c in listed if not c.isprintable()] == []


@pytest.mark.parametrize(
    "name", ["示例代表001", "示例𠮷·𬱖㛃", "Example 示例", "\U00031350示例", "ئۇيغۇر", "བཀྲ་ཤིས", "ꆈꌠ"]
)
def test_names_of_every_people_are_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "示例 ",
        "示  例",
        "示\u3000例",
        "示\n例",
        "\u202e示例",
        "示\u200b例",
        "示\U000e0100例",
        "\ue000",
        "e\u0301",
        "😀",
        "\uf900",
    ],
)
def test_what_cannot_be_told_apart_or_seen_is_no_name(text: str) -> None:
    assert not is_name(text)


@given(st.text(max_size=12))
def test_a_name_has_one_spelling(text: str) -> None:
    normal = normal_name(text)
    assert normal_name(normal) == normal
    if is_name(text):
        assert text == normal == unicodedata.normalize("NFC", text)
        assert all(any(first <= ord(c) <= last for first, last in NAME_RANGES) for c in text)
