"""Tools that some tests need: skipped by name where one is missing, a failure in continuous integration."""

import os
import shutil
import subprocess
from typing import NoReturn

import pytest

from tests.support.repository import WEB

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def needed_tool(*names: str) -> str:
    """Path of the first of `names` that is installed."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    return missing(names[0])


def needed_belenios_2() -> str:
    """belenios-tool in the version of Debian 12, the strictest. What another version lets through may differ."""
    tool = needed_tool("belenios-tool")
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.0"):
        missing(f"belenios-tool 2.0 (this is {version.strip()})")
    return tool


def needed_page_tool(name: str) -> str:
    """Path of a tool among the pages' own packages, which `make lint` installs; it runs on Node."""
    needed_tool("node")
    path = WEB / "node_modules" / ".bin" / name
    if not path.exists():
        missing(f"{name} (a package of the pages)")
    return str(path)


def missing(what: str) -> NoReturn:
    """Skip the test for want of `what`; in continuous integration nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; continuous integration must have it")
    pytest.skip(f"{what} is not installed")
