"""Tools that some tests need: skipped by name where one is missing, a failure in continuous integration."""

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def needed_tool(*names: str) -> str:
    """Path of the first of `names` that is installed."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{names[0]} is missing; continuous integration must have it")
    pytest.skip(f"{names[0]} is not installed")
