"""A method of voting as DOCX: A4, in the types of an official document; the same text gives the same bytes."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from voting.reports.method.text import Method, MethodArticle

_SONG, _HEI, _FANG_SONG = "宋体", "黑体", "仿宋"
_TITLE, _BODY, _SMALL = Pt(22), Pt(16), Pt(12)
_LINE = Pt(28)
_MARGINS = {"top_margin": 3.7, "bottom_margin": 3.5, "left_margin": 2.8, "right_margin": 2.6}
"""In centimetres, as GB/T 9704 has them for official documents; unverified."""
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PROGRAM = "Plenary"


def docx_of(method: Method) -> bytes:
    """The document."""
    document = Document()
    _page(document)
    for line in method.over:
        _line(document, line, _SONG, _BODY)
    _line(document, method.title, _SONG, _TITLE, bold=True)
    for chapter in method.chapters:
        _line(document, chapter.heading, _HEI, _BODY)
        for article in chapter.articles:
            _article(document, article)
    _properties(document, method.title)
    raw = io.BytesIO()
    document.save(raw)
    return _undated(raw.getvalue())


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name, size in _MARGINS.items():
        setattr(section, name, Cm(size))


def _line(document: Doc, text: str, font: str, size: Pt, *, bold: bool = False) -> None:
    paragraph = _paragraph(document)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, size, bold=bold)


def _article(document: Doc, article: MethodArticle) -> None:
    paragraph = _paragraph(document)
    paragraph.paragraph_format.first_line_indent = 2 * _BODY
    _run(paragraph, f"{article.number}　", _HEI, _BODY)
    _run(paragraph, article.text, _FANG_SONG, _BODY)
    if article.basis:
        _run(paragraph, article.basis, _FANG_SONG, _SMALL)


def _paragraph(document: Doc) -> Paragraph:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = _LINE, Pt(0), Pt(0)
    return paragraph


def _run(paragraph: Paragraph, text: str, font: str, size: Pt, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, size, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _properties(document: Doc, title: str) -> None:
    known = document.core_properties
    known.title, known.author, known.last_modified_by, known.comments = title, _PROGRAM, _PROGRAM, ""
    known.created = known.modified = _DATE


def _undated(raw: bytes) -> bytes:
    """The same files, sorted, without times and without compression, which differs between machines."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as kept:
        for name in sorted(given.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            kept.writestr(zipfile.ZipInfo(name, _ZIP_DATE), given.read(name))
    return out.getvalue()
