import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.support.reports import records as samples
from voting.reports.pdf import pdf_of
from voting.reports.record import SittingRecord
from voting.reports.sheet import Sheet


@pytest.fixture(scope="session")
def everything() -> SittingRecord:
    return samples.everything()


@pytest.fixture(scope="session")
def read() -> Callable[[Sheet], PdfReader]:
    """A sheet as printed."""
    return lambda sheet: PdfReader(io.BytesIO(pdf_of(sheet, set())))


@pytest.fixture(scope="session")
def text_of() -> Callable[[PdfReader], str]:
    """All words of a PDF without any white space: what stands together on paper stands together here."""
    return lambda reader: re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
