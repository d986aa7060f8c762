"""What a PDF looks like to a machine: pages, repeated headers, embedded fonts, and content that is never markup."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.support.known import known
from tests.support.reports import records as samples
from tests.support.sittings import asking
from voting.congress.law.question import Option
from voting.reports.count_sheet import count_sheet
from voting.reports.fonts import BUNDLED, MAIN, Face, FontMissing, typeface_from
from voting.reports.pdf import pdf_of
from voting.reports.record import SittingRecord
from voting.reports.sheet import Sheet

Read = Callable[[Sheet], PdfReader]
TextOf = Callable[[PdfReader], str]
LONG = "关于进一步完善城乡养老服务体系、提升基层医疗卫生服务能力和改善农村人居环境的综合性示例工程项目（含配套设施）"
UNHEARD = "\U0002a6d6"  # a character that neither Noto font has
A4 = (595, 842)


def with_titles(titles: dict[int, str], number: int = 60) -> Sheet:
    plan, count = samples.choose(number, number)
    options = tuple(Option(o.id, titles.get(n, o.title)) for n, o in enumerate(plan.question.options, start=1))
    poll = asking(plan, options=options)
    record = samples.record((poll, count))
    return count_sheet(record, record.polls["projects"])


@pytest.fixture(scope="module")
def long_sheet(read: Read) -> PdfReader:
    return read(with_titles(dict.fromkeys(range(1, 60, 9), LONG)))


def test_sixty_options_make_several_pages_with_their_numbers(long_sheet: PdfReader) -> None:
    pages = [page.extract_text().replace(" ", "") for page in long_sheet.pages]
    assert len(pages) >= 4
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in text


def test_the_header_of_the_table_is_repeated_on_each_page_it_reaches(long_sheet: PdfReader) -> None:
    texts = [page.extract_text().replace(" ", "") for page in long_sheet.pages]
    with_rows = [text for text in texts if "示例项目" in text.split("结果依据")[0] and "名次" in text]
    assert len(with_rows) >= 3
    assert all("候选项目" in text and "得票" in text for text in with_rows)


def test_later_pages_say_which_sheet_they_belong_to(long_sheet: PdfReader) -> None:
    for page in long_sheet.pages[1:]:
        top = page.extract_text().replace(" ", "")
        assert "示例市第一届人民代表大会" in top
        assert "计票结果报告单" in top
        assert "示例民生实事项目票决" in top


def test_long_titles_are_complete(long_sheet: PdfReader, text_of: TextOf) -> None:
    assert text_of(long_sheet).count(LONG) >= 7


def test_pages_are_a4(long_sheet: PdfReader) -> None:
    for page in long_sheet.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4


def part(whole: DictionaryObject, name: str) -> DictionaryObject:
    """A dictionary in a dictionary; empty where there is none."""
    found = whole.get(name, DictionaryObject()).get_object()
    assert isinstance(found, DictionaryObject)
    return found


def fonts_of(reader: PdfReader) -> list[DictionaryObject]:
    found = {}
    for page in reader.pages:
        for name, font in part(part(page, "/Resources"), "/Font").items():
            found[name] = font.get_object()
    return list(found.values())


def test_every_font_is_embedded_and_chinese(long_sheet: PdfReader) -> None:
    fonts = fonts_of(long_sheet)
    assert fonts
    for font in fonts:
        [descendant] = known(font.get("/DescendantFonts")).get_object()
        descriptor = part(descendant.get_object(), "/FontDescriptor")
        assert any(name in descriptor for name in ("/FontFile2", "/FontFile3"))
        assert "NotoSerif" in str(font["/BaseFont"])


def test_characters_beyond_the_first_plane_are_printed(everything: SittingRecord, read: Read, text_of: TextOf) -> None:
    text = text_of(read(count_sheet(everything, everything.polls["deputies"])))
    assert samples.RARE_NAME in text
    assert samples.LONG_NAME in text


def test_a_character_no_font_has_is_printed_as_its_code_and_reported() -> None:
    missing: set[str] = set()
    only_noto = typeface_from(MAIN)
    sheet = with_titles({1: f"示例{UNHEARD}"}, number=2)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf_of(sheet, missing, only_noto))).pages)
    assert missing == {UNHEARD}
    assert "〔U+2A6D6〕" in text.replace(" ", "")


@pytest.mark.parametrize(
    "title",
    [
        "#strong[x]",
        "$a_1$",
        "*粗*_斜_",
        "<b>示例</b>",
        "{title}",
        "{0}",
        "\\n",
        "// 示例",
        "@示例",
        "#panic()",
        '"示例"',
    ],
)
def test_content_is_never_markup(title: str, read: Read, text_of: TextOf) -> None:
    assert title.replace(" ", "") in text_of(read(with_titles({1: title}, number=2)))


def test_control_characters_do_not_turn_a_line_round(read: Read, text_of: TextOf) -> None:
    text = text_of(read(with_titles({1: "示例\u202e甲\x00乙"}, number=2)))
    assert "\u202e" not in text
    assert "示例□甲□乙" in text


def test_the_same_sheet_gives_the_same_bytes(everything: SittingRecord) -> None:
    sheet = count_sheet(everything, everything.polls["motion"])
    assert pdf_of(sheet, set()) == pdf_of(sheet, set())


def test_without_a_font_the_refusal_names_the_package() -> None:
    with pytest.raises(FontMissing, match="apt install fonts-noto-cjk"):
        typeface_from((Face("Noto Serif SC", BUNDLED / "nowhere", "none.ttf"),))
