"""Chromium, the hall, and where the pictures go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.small_sitting import SmallHall, SmallSitting, windows_of
from tests.support.needed_tools import CHROMIUM_NAMES, needed_tool
from tests.support.repository import ROOT

STATIC = ROOT / "voting" / "server" / "static"
PICTURES = ROOT / "artifacts" / "screenshots"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Per package: while Playwright runs, its event loop holds the thread, and other packages' tests need one of their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = needed_tool(*CHROMIUM_NAMES)
    assert (STATIC / "seat").is_dir(), "the pages are not built: run `make pages`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def sitting(small: SmallHall) -> Iterator[SmallSitting]:
    """The windows of one test in the hall of its module, which says as `small` who is there."""
    with windows_of(small) as windows:
        yield windows


@pytest.fixture(scope="session")
def pictures() -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
