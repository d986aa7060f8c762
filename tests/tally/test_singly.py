"""Papers: what is written on one is what is read from it, and what cannot be read is void."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.tally.ballots.names import NAME_RANGES, is_name, normal_name
from voting.tally.ballots.singly import Paper, Ranks, WriteIns, read_use
from voting.tally.errors import TallyCode, TallyError

ROSTER = tuple(f"示例代表{n:03}" for n in range(1, 301))
listed = st.one_of([st.characters(min_codepoint=first, max_codepoint=last) for first, last in NAME_RANGES])
names = st.text(listed, min_size=1, max_size=4).map(normal_name).filter(is_name)


@st.composite
def layouts_with_papers(draw: st.DrawFn) -> tuple[WriteIns, Paper]:
    count = draw(st.integers(0, 9))
    write_ins = draw(st.integers(0, 3))
    roster = ROSTER if write_ins and draw(st.booleans()) else ()
    text_bytes = draw(st.sampled_from([0, 16] if roster else [16])) if write_ins else 0
    use = WriteIns(tuple(f"示例{n}" for n in range(count)), write_ins, roster, text_bytes)
    kinds: list[st.SearchStrategy[int | str]] = []
    kinds += [st.integers(1, len(roster))] if roster else []
    kinds += [names.filter(lambda name: len(name.encode()) <= 16)] if text_bytes else []
    written = draw(st.lists(st.one_of(kinds), max_size=write_ins, unique=True)) if kinds else []
    marks = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    return use, Paper(tuple(marks), tuple(written))


@settings(deadline=None)
@given(layouts_with_papers())
def test_a_paper_is_read_as_it_was_written(made: tuple[WriteIns, Paper]) -> None:
    use, paper = made
    numbers = use.write(paper)
    assert len(numbers) == use.size == len(use.labels())
    assert use.fits(len(numbers))
    read = use.read(numbers)
    assert read.marks == paper.marks
    assert len(read.write_ins) == len(paper.write_ins)
    assert use.write(read) == numbers


USE = WriteIns(("示例甲", "示例乙"), 2, ROSTER[:2], 6)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([0, 0, 0, 1, 2, 65, 66, 200]), min_size=USE.size, max_size=USE.size))
def test_any_numbers_are_a_paper_in_one_spelling_or_void(numbers: list[int]) -> None:
    try:
        paper = USE.read(numbers)
    except TallyError:
        return
    assert sorted(USE.write(paper)) == sorted(numbers)  # an empty line may stand before a written one


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((0b110000, *[0] * 16), id="a mark for a third candidate"),
        pytest.param((0, 0, 3, *[0] * 14), id="a number that is not in the roster"),
        pytest.param((0, 0, 1, 65, *[0] * 13), id="a number and a text at once"),
        pytest.param((0, 0, 0, 255, *[0] * 13), id="not text"),
        pytest.param((0, 0, 0, 32, 65, *[0] * 12), id="a space in front"),
        pytest.param((0, 0, 0, 65, 0, 66, *[0] * 11), id="a zero inside"),
        pytest.param((0, *[0, 1, *[0] * 6] * 2), id="a name twice"),
        pytest.param((0,) * 16, id="too short"),
    ],
)
def test_what_is_not_a_paper_is_void(numbers: tuple[int, ...]) -> None:
    with pytest.raises(TallyError) as caught:
        USE.read(numbers)
    assert caught.value.code is TallyCode.PAPER_MALFORMED


@pytest.mark.parametrize(
    "paper",
    [
        Paper((1,)),
        Paper((1, 4)),
        Paper((1, 1), (1, 2, "王")),
        Paper((1, 1), (3,)),
        Paper((1, 1), (0,)),
        Paper((1, 1), ("王小明",)),
        Paper((1, 1), (" ",)),
    ],
    ids=str,
)
def test_a_paper_that_the_question_forbids_is_a_programmers_error(paper: Paper) -> None:
    with pytest.raises(ValueError, match=r"mark|name"):
        USE.write(paper)


def test_one_name_has_one_spelling() -> None:
    wide = WriteIns((), 1, (), 20)
    assert wide.read(wide.write(Paper((), ("  e\u0301  x ",)))).write_ins == ("é x",)


@pytest.mark.parametrize("numbers", [(1, 2, 3), (0, 1, 0), (0, 0, 0)])
def test_a_ranking_may_be_partial(numbers: tuple[int, ...]) -> None:
    assert Ranks(3).read(numbers) == numbers


@pytest.mark.parametrize("numbers", [(1, 1, 0), (4, 0, 0)])
def test_a_place_given_twice_or_beyond_the_last_voids_the_paper(numbers: tuple[int, ...]) -> None:
    with pytest.raises(TallyError) as caught:
        Ranks(3).read(numbers)
    assert caught.value.code is TallyCode.PAPER_MALFORMED


@pytest.mark.parametrize(
    ("use", "count"),
    [
        (Ranks(4), 3),
        (Ranks(0), 3),
        (WriteIns(("甲",), 1), 1),
        (WriteIns(("甲",), 0, ROSTER), 1),
        (WriteIns(("甲",), 1, ROSTER), 2),
    ],
    ids=str,
)
def test_a_use_that_does_not_fit_its_numbers_is_noticed(use: Ranks | WriteIns, count: int) -> None:
    assert not use.fits(count)


@pytest.mark.parametrize("use", [Ranks(3), WriteIns(("甲",), 1, ROSTER[:2], 6), WriteIns((), 0, ())], ids=str)
def test_a_use_is_read_as_it_is_published(use: Ranks | WriteIns) -> None:
    assert read_use(use.to_json()) == use


@pytest.mark.parametrize("use", [Ranks(3), WriteIns(("甲",), 1, ROSTER[:2], 6)], ids=str)
@pytest.mark.parametrize("name", ["rank", "write_in", "", "RANK", "other"])
def test_a_use_of_another_name_than_its_fields_is_unknown(use: Ranks | WriteIns, name: str) -> None:
    renamed = use.to_json() | {"use": name}
    if renamed == use.to_json():
        return
    with pytest.raises(TallyError) as caught:
        read_use(renamed)
    assert caught.value.code is TallyCode.ELECTION_INVALID


def test_four_marks_share_a_number_the_first_in_its_lowest_bits() -> None:
    use = WriteIns(("示例甲", "示例乙", "示例丙", "示例丁", "示例戊"), 0)
    assert use.write(Paper((1, 2, 3, 0, 1))) == (0b00_11_10_01, 0b01)
    assert use.read((0b11_00_00_00, 0b10)) == Paper((0, 0, 0, 3, 2))
