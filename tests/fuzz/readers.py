"""Every reader of what others wrote: what it reads, and how it refuses."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.fuzz import documents, hall, repairs
from tests.fuzz.places import CORPUS, KEPT
from tests.support.repository import HAMLET, PRESETS
from voting.congress.law.ruleset import Ruleset
from voting.congress.refusal import Refused
from voting.files.problems import LoadRefused
from voting.files.rosters.people import load_observers, load_roster
from voting.files.rules import CountsRefused, RulesRefused, load_ruleset, read_counts
from voting.files.session import load_session
from voting.record.boards import BoardDiffers
from voting.record.count_checks import check_statement
from voting.record.count_statement import CountRefused
from voting.record.outcome import OutcomeUnknown
from voting.record.whole.checks import SittingRefused
from voting.server.http.access import SecretDamaged, ServerSecret, Tokens
from voting.server.services.codes import CodesDamaged, read_codes
from voting.storage.high_water import MarkDamaged, read_mark
from voting.storage.journal.chain import JournalBroken, JournalTooNew, check_chain
from voting.storage.last_alive import read_alive
from voting.storage.listening import address_of
from voting.storage.replay import replay
from voting.storage.server_key import KeyDamaged, ReceiptSigner
from voting.tally.__main__ import UnreadableFileError
from voting.tally.errors import CheckFailed, TallyError

Read = Callable[[bytes, Path], object]
SECRET = ServerSecret(bytes(64))


@dataclass(frozen=True)
class Reader:
    """A reader. read: given the input and an empty folder to lay it in; refusals: all that it may raise.

    seeds: files whose contents are read without a refusal, beside those of the corpus; repair: makes damage pass the
    outer checks (hashes, signatures), so that what lies behind them is reached.
    """

    name: str
    read: Read
    refusals: tuple[type[Exception], ...] = ()
    seeds: tuple[Path, ...] = ()
    repair: Callable[[bytes], bytes] = bytes

    @property
    def corpus(self) -> tuple[Path, ...]:
        """What is kept for it, the smallest first."""
        return tuple(sorted((CORPUS / self.name).glob("*"), key=lambda path: (path.stat().st_size, path.name)))

    @property
    def valid(self) -> tuple[Path, ...]:
        """Every input that it must read."""
        return (*(path for path in self.corpus if not path.name.startswith("failed-")), *self.seeds)


def _laid(name: str, read: Callable[[Path], object]) -> Read:
    """Of a reader that opens its file."""

    def lay(raw: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(raw)
        return read(path)

    return lay


def _in_session(name: str) -> Read:
    """Of a session directory in which this file is the input, and all others are in order."""

    def lay(raw: bytes, folder: Path) -> object:
        shutil.copytree(HAMLET, folder, dirs_exist_ok=True)
        (folder / name).write_bytes(raw)
        return load_session(folder)

    return lay


@cache
def _workbook() -> dict[str, bytes]:
    """The parts of an empty workbook."""
    file = BytesIO()
    Workbook().save(file)
    with ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _sheet(raw: bytes, folder: Path) -> object:
    """The XML of the only sheet of a workbook that is in order otherwise."""
    with ZipFile(folder / "roster.xlsx", "w", ZIP_DEFLATED) as parts:
        for name, content in _workbook().items():
            parts.writestr(name, raw if name.endswith("/sheet1.xml") else content)
    return load_roster(folder / "roster.xlsx")


def _journal(raw: bytes, _folder: Path) -> object:
    """A journal of the input's lines, whose chain holds whatever they are."""
    return list(check_chain(repairs.chained(raw.splitlines())))


def _history(raw: bytes, _folder: Path) -> object:
    """The sitting and the boards that such a journal would make; it knows no ballots."""
    return replay(check_chain(repairs.chained(raw.splitlines())), lambda _poll, _tracker: None)


def _token(raw: bytes, _folder: Path) -> object:
    """As a token, and as what a token of ours would say."""
    tokens = Tokens(SECRET, lambda _: 0)
    with suppress(Refused):
        tokens.principal_of(raw.decode("utf-8", "replace"))
    return tokens.principal_of(repairs.as_token(SECRET, raw))


READERS = (
    Reader("frame", hall.read_frame),
    Reader("stream", hall.read_stream),
    Reader("archive", documents.read_record, (CheckFailed,), (KEPT / "records" / "named.bel",), repairs.rehashed),
    Reader("sitting", documents.read_sitting, (SittingRefused,)),
    Reader("statement", lambda raw, _: check_statement(raw, None), (CountRefused,), (), repairs.signed),
    Reader("description", documents.read_stated, (OutcomeUnknown, CheckFailed)),
    Reader("receipts", _laid("r.json", documents.read_honoured), (UnreadableFileError, CheckFailed)),
    Reader("ceremony", documents.read_message, (TallyError,)),
    Reader("share", documents.read_share, (TallyError,)),
    Reader("roster", _laid("roster.csv", load_roster), (LoadRefused,), (HAMLET / "roster.csv",)),
    Reader("workbook", _laid("roster.xlsx", load_roster), (LoadRefused,)),
    Reader("sheet", _sheet, (LoadRefused,)),
    Reader("observers", _laid("observers.csv", load_observers), (LoadRefused,), (HAMLET / "observers.csv",)),
    Reader("rules", _laid("rules.toml", load_ruleset), (RulesRefused,), tuple(sorted(PRESETS.glob("*.toml")))),
    Reader("session", _in_session("session.toml"), (LoadRefused,), (HAMLET / "session.toml",)),
    Reader("agenda", _in_session("agenda.toml"), (LoadRefused,), (HAMLET / "agenda.toml",)),
    Reader("counts", _laid("counts.json", lambda path: read_counts(path, Ruleset())), (CountsRefused,)),
    Reader("journal", _journal, (JournalBroken, JournalTooNew)),
    Reader("history", _history, (JournalBroken, JournalTooNew, BoardDiffers)),
    Reader("mark", _laid("high-water", read_mark), (MarkDamaged,)),
    Reader("key", _laid("server.key", ReceiptSigner.load), (KeyDamaged,), (KEPT / "data" / "server.key",)),
    Reader("codes", _laid("codes.csv", read_codes), (CodesDamaged,)),
    Reader("secret", _laid("secret.key", ServerSecret.load), (SecretDamaged,)),
    Reader("alive", _laid("alive", read_alive)),
    Reader("token", _token, (Refused,)),
    Reader("listening", _laid("listening.json", lambda path: address_of(path, 1))),
)
