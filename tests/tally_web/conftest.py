"""One build of the pages' tally code for all tests of this folder."""

from pathlib import Path

import pytest

from tests.tally_web.tally_page import Page, build_page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("page")
    return build_page(folder)
