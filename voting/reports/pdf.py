"""A Sheet as PDF (A4, PDF/A-2u, fonts embedded), set by Typst from the template sheet.typ.

Content reaches the template as JSON data, never as markup: a title cannot change the page. Nothing is read but the
template and the fonts, and nothing from the network.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst

from voting.reports import texts
from voting.reports.characters import named_where_missing, printable
from voting.reports.fonts import Typeface, installed_typeface
from voting.reports.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")


def pdf_of(sheet: Sheet, missing: set[str], typeface: Typeface | None = None) -> bytes:
    """The PDF; the same sheet gives the same bytes. missing: gets the characters no font has. Raises FontMissing."""
    face = typeface or installed_typeface()
    data = _texts_changed(
        msgspec.to_builtins(sheet), lambda text: named_where_missing(printable(text), face.covered, missing)
    )
    for block in data["blocks"]:
        if block.get("qr"):
            block["qr_image"] = segno.make(block["qr"], error="m", micro=False).svg_inline(border=2)
    inputs = {
        "sheet": msgspec.json.encode(data).decode(),
        "families": msgspec.json.encode(face.families).decode(),
        "page": texts.PAGE.zh,
    }
    compiled: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(face.folders),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2u"],
        timestamp=sheet.as_of // 1000,
    )
    return compiled


@lru_cache(maxsize=4)
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def _texts_changed(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _texts_changed(value, change) for key, value in data.items()}
    return [_texts_changed(value, change) for value in data] if isinstance(data, list | tuple) else data
