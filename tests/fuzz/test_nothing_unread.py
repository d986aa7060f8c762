"""Whoever adds a parser adds a reader here: every place that asks a library to parse is known, with who fuzzes it."""

import re

from tests.fuzz.readers import READERS
from tests.support.repository import ROOT, modules

PARSES = re.compile(
    r"json\.decode\(|json\.Decoder\(|json\.loads\(|msgpack\.decode\(|tomllib\.loads?\(|load_workbook\(|csv\.(?:Dict)?[rR]eader\("
    r"|load_pem_|fromstring\(|pickle|yaml|\.loads\(|unpack_from\(|\bint\(raw"
)
OURS = "our own process wrote it"
READ_BY = {
    "files/rosters/tables.py": "roster workbook sheet",
    "files/rules/counts.py": "counts",
    "files/rules/lines.py": "rules",
    "files/toml_text.py": "rules session agenda",
    "record/count_statement.py": "statement",
    "record/whole/statement.py": "sitting",
    "record/spelling.py": "description statement sitting",
    "record/whole/container.py": "sitting",
    "server/http/access.py": "token",
    "server/http/api.py": "tests/server/http/test_api.py",
    "server/http/reports.py": OURS,
    "server/live/frames.py": "frame",
    "server/live/views.py": OURS,
    "server/proofs/functions.py": "ceremony",
    "server/services/codes.py": "codes",
    "server/services/ceremony.py": "ceremony",
    "storage/last_alive.py": "alive",
    "storage/journal/upcast.py": "journal history",
    "storage/listening.py": "listening",
    "storage/server_key.py": "key",
    "tally/__main__.py": "receipts",
    "tally/json_form.py": "archive ceremony",
    "tally/trustees/private_share.py": "share",
    "words/catalogue.py": OURS,
    "words/fingerprints.py": OURS,
    "words/method.py": OURS,
}
"""Readers by module, or why none is needed."""


def test_every_place_that_parses_has_its_reader() -> None:
    found = {
        str(path.relative_to(ROOT / "voting")) for path in modules() if PARSES.search(path.read_text(encoding="utf-8"))
    }
    honest = {name for name in found if name.startswith(("terminal_client/simulated/", "rehearsal/"))}
    assert found - honest - READ_BY.keys() == set()


def test_the_readers_named_are_readers() -> None:
    known = {reader.name for reader in READERS}
    named = {name for names in READ_BY.values() if names != OURS and "/" not in names for name in names.split()}
    assert named <= known
