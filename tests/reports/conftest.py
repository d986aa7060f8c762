import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.support.reports import records as samples
from voting.reports.paper import Paper
from voting.reports.pdf import pdf_of
from voting.reports.record import SittingRecord


@pytest.fixture(scope="session")
def everything() -> SittingRecord:
    return samples.everything()


@pytest.fixture(scope="session")
def read() -> Callable[[Paper], PdfReader]:
    """A paper as printed."""
    return lambda paper: PdfReader(io.BytesIO(pdf_of(paper, set())))


@pytest.fixture(scope="session")
def text_of() -> Callable[[PdfReader], str]:
    """All words of a PDF without any white space: what stands together on paper stands together here."""
    return lambda reader: re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
