"""A database as a server makes it at its first start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from voting.storage.engine import open_engine, upgrade


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "plenary.db")
    upgrade(made)
    yield made
    made.dispose()
