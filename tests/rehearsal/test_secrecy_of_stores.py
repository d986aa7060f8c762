"""After a rehearsal with known choices, nothing that was kept tells how one delegate voted.

Kept are: every table of the database and its raw files, the journal, the logs, the codes, the archives and receipts.
The search looks for a delegate named beside an option, for a whole choice, and for every secret that a terminal drew
(signing keys, the randomness of ciphertexts and proofs, scrutineers' shares), in every spelling we could think of. The
same search must find each kind of leak when it is planted.
"""

import asyncio
import base64
import contextlib
import io
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.support.repository import HAMLET
from voting.congress.law.poll_kinds import PollKind
from voting.files.session import load_session
from voting.rehearsal import hall
from voting.rehearsal.choices import Choices, read_choices
from voting.rehearsal.output import prepare_output
from voting.rehearsal.server_process import ServerProcess
from voting.rehearsal.steps import Steps
from voting.sitting.events import SittingPlan
from voting.tally.groups.choice import group_by_name
from voting.terminal_client.simulated import board as simulated_board
from voting.terminal_client.simulated import crypto as simulated_crypto
from voting.terminal_client.simulated import scrutineer as simulated_scrutineer
from voting.terminal_client.simulated import seat as simulated_seat

pytestmark = pytest.mark.rehearsal

ORDER = group_by_name("Ed25519").q
BOX_NONCE_BYTES = 24  # printed in front of every box between scrutineers; the only public draws of a terminal
BALLOTS_OF_SECRETS = 14

Draws = list[bytes]


@dataclass(frozen=True)
class Kept:
    """What a rehearsal left, and what is known about it from outside."""

    out: Path
    plan: SittingPlan
    choices: Choices
    draws: tuple[bytes, ...]


def hold(out: Path, draws: Draws) -> Kept:
    """A rehearsal in which every random draw of every terminal is written down."""
    genuine = simulated_crypto.random_bytes

    def recorded(count: int) -> bytes:
        draws.append(genuine(count))
        return draws[-1]

    @contextlib.contextmanager
    def in_this_process() -> Iterator[Executor]:
        with ThreadPoolExecutor(2) as pool:
            yield pool

    plan = load_session(HAMLET)
    choices = read_choices(HAMLET / "choices.csv", plan)
    server = ServerProcess(HAMLET, prepare_output(out, tuple(poll.id for poll in plan.polls)))

    async def held() -> hall.RehearsalOutcome:
        with Steps(Console(file=io.StringIO())) as steps:
            return await hall.rehearse(hall.RehearsalPlan(plan, choices, server, out), steps)

    with pytest.MonkeyPatch.context() as patch:
        for module in (simulated_crypto, simulated_board, simulated_seat, simulated_scrutineer):
            patch.setattr(module, "random_bytes", recorded)
        patch.setattr(hall, "terminal_pool", in_this_process)
        outcome = asyncio.run(held())
    assert outcome.differences == []
    outcome.report.write(out / "result.json")
    public = published_scalars(out)
    secret = (draw for draw in draws if len(draw) != BOX_NONCE_BYTES and scalar(draw) not in public)
    return Kept(out, plan, choices, tuple(secret))


def scalar(draw: bytes) -> int:
    return int.from_bytes(draw, "big") % ORDER


def published_scalars(out: Path) -> set[int]:
    """Challenges and responses of ballots' proofs: of those a terminal draws the simulated ones, which tell nothing."""
    published = rb'"(?:challenge|response)":"([0-9]+)"'
    rows = (row for table, row in rows_of(out / "server" / "plenary.db") if table == "ballots")
    return {int(number) for row in rows for number in re.findall(published, row)}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return hold(tmp_path_factory.mktemp("secrecy") / "out", [])


@pytest.fixture
def spoilt(kept: Kept, tmp_path: Path) -> Kept:
    """A copy to plant leaks in."""
    return Kept(Path(shutil.copytree(kept.out, tmp_path / "out")), kept.plan, kept.choices, kept.draws)


# --- the search ---


def rows_of(database: Path) -> Iterator[tuple[str, bytes]]:
    """(table, row) of every table, columns joined by line feeds."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield table, b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)


def records_of(out: Path) -> Iterator[tuple[str, bytes]]:
    """(place, record): rows of the database, lines of every text file. The plan precedes all votes and is left out."""
    for path in sorted(out.rglob("*")):
        if path.suffix == ".db":
            rows = ((table, row) for table, row in rows_of(path) if b'"type":"sitting_convened' not in row)
            yield from ((f"{path.name}:{table}", row) for table, row in rows)
        elif path.is_file() and not path.name.startswith("plenary.db"):
            yield from ((path.name, line) for line in path.read_bytes().split(b"\n"))


def spellings(draw: bytes) -> Iterator[bytes]:
    """A secret as bytes, hex, base64 or a decimal number, in both byte orders, reduced or not."""
    for raw in (draw, draw[::-1]):
        number = int.from_bytes(raw, "big")
        reduced = (number % ORDER).to_bytes(32, "big")
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), str(number).encode())
        yield from (reduced, reduced[::-1], reduced.hex().encode(), reduced[::-1].hex().encode())
        yield str(number % ORDER).encode()
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield from (encode(raw).rstrip(b"="), encode(reduced).rstrip(b"="))


def secrets_in(kept: Kept) -> Iterator[str]:
    """Files, raw, that hold a secret of a terminal."""
    wanted = {spelling for draw in kept.draws for spelling in spellings(draw)}
    for path in (path for path in sorted(kept.out.rglob("*")) if path.is_file()):
        content = path.read_bytes()
        yield from (f"{path.name}: a secret of a terminal" for secret in wanted if secret in content)


def word(text: str) -> bytes:
    return rb"(?<![0-9A-Za-z+/_-])" + re.escape(text.encode()) + rb"(?![0-9A-Za-z+/_-])"


def options_pattern(plan: SittingPlan) -> bytes:
    """Any option by id or title; those of motions only as quoted words, since "for" is also English."""
    words = []
    for poll in plan.polls:
        for option in poll.question.options:
            quoted = [f'"{option.id}"', f"={option.id}", f"'{option.id}'"]
            motion = poll.question.kind is PollKind.MOTION
            words += [re.escape(text.encode()) for text in quoted] if motion else [word(option.id)]
            words.append(re.escape(option.title.encode()))
    return b"|".join(words)


def named_choices_in(kept: Kept) -> Iterator[str]:
    """Records that name a delegate and an option."""
    options = re.compile(options_pattern(kept.plan))
    people = re.compile(
        b"|".join(word(d.number) + b"|" + re.escape(d.name.encode()) for d in kept.plan.roster.delegates)
    )
    for place, record in records_of(kept.out):
        if people.search(record) and options.search(record):
            yield f"{place}: a delegate beside an option"


def whole_choices_in(kept: Kept) -> Iterator[str]:
    """Records that hold some ballot in clear: as ticked ids or as zeros and ones."""
    wanted: set[bytes] = set()
    for poll in kept.plan.polls:
        for delegate in kept.choices.attending:
            ticks = kept.choices.of(poll.id, delegate)
            if ticks is None:
                continue
            marks = [str(int(option.id in ticks)) for option in poll.question.options]
            wanted |= {f"[{glue.join(marks)}]".encode() for glue in (",", ", ")}
            if len(ticks) > 1:
                wanted |= {glue.join(ticks).encode() for glue in (" ", ",", '","', '", "', "', '")}
    for place, record in records_of(kept.out):
        if any(choice in record for choice in wanted):
            yield f"{place}: a choice in clear"


def leaks(kept: Kept) -> list[str]:
    return [*named_choices_in(kept), *whole_choices_in(kept), *secrets_in(kept)]


# --- what it finds ---


def test_nothing_that_was_kept_tells_one_delegates_choice(kept: Kept) -> None:
    assert leaks(kept) == []


def test_the_search_had_something_to_search(kept: Kept) -> None:
    tables = {place for place, _ in records_of(kept.out) if place.startswith("plenary.db:")}
    assert {"plenary.db:journal", "plenary.db:ballots", "plenary.db:board", "plenary.db:access"} <= tables
    names = {path.name for path in kept.out.rglob("*")}
    assert {"codes.csv", "plenary.log", "receipts.json", "result.json"} <= names
    ballots = sum(kept.choices.pressed(poll.id) for poll in kept.plan.polls)
    assert ballots == BALLOTS_OF_SECRETS
    assert len(kept.draws) > ballots * 10


def in_journal(out: Path, text: str) -> None:
    with contextlib.closing(sqlite3.connect(out / "server" / "plenary.db")) as connection:
        last = "SELECT max(seq) FROM journal"
        connection.execute(f"UPDATE journal SET event = ? WHERE seq = ({last})", (text.encode(),))
        connection.commit()


def in_log(out: Path, text: str) -> None:
    with (out / "server" / "plenary.log").open("a", encoding="utf-8") as log:
        log.write(text + "\n")


def in_archive(out: Path, text: str) -> None:
    path = next(out.glob("projects/*.bel"))
    path.write_bytes(path.read_bytes() + text.encode())


@pytest.mark.parametrize("plant", [in_journal, in_log, in_archive])
@pytest.mark.parametrize(
    "leak",
    [
        '{"delegate":"701","option":"clinic-hours"}',
        '{"delegate":"703","choice":"against"}',
        "示例代表003 投了 示例书房",
        '{"choices":[1,0,1]}',
        '["bridge-repair","clinic-hours"]',
    ],
)
def test_a_planted_choice_is_found(spoilt: Kept, plant: Callable[[Path, str], None], leak: str) -> None:
    plant(spoilt.out, leak)
    assert leaks(spoilt) != []


@pytest.mark.parametrize("plant", [in_journal, in_log, in_archive])
@pytest.mark.parametrize("which", [0, -1])
def test_a_planted_secret_is_found_in_each_spelling(
    spoilt: Kept, plant: Callable[[Path, str], None], which: int
) -> None:
    draw = spoilt.draws[which]
    number = scalar(draw)
    spelled: list[Any] = [draw.hex(), number, f"{number:064x}", base64.b64encode(draw).decode()]
    for text in spelled:
        plant(spoilt.out, f"private={text}")
        assert list(secrets_in(replace(spoilt, draws=(draw,)))) != [], text


def test_equal_choices_make_different_ballots(kept: Kept) -> None:
    bodies = [row for table, row in rows_of(kept.out / "server" / "plenary.db") if table == "ballots"]
    alphas = re.findall(rb'"alpha":"([0-9a-f]+)"', b"".join(bodies))
    assert len(alphas) == sum(kept.choices.pressed(poll.id) * len(poll.question.options) for poll in kept.plan.polls)
    assert len(set(alphas)) == len(alphas)
