"""Which modules are tried, by which tests, and which of them security rests on."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Room:
    """Modules that the same tests pin, the likeliest first. ``secure``: not one fault may go unnoticed there."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    secure: bool = False

    def files(self, root: Path) -> list[str]:
        """Its modules, in order."""
        found = {path for pattern in self.modules for path in root.glob(pattern)}
        return sorted(str(path.relative_to(root)) for path in found if path.name != "__init__.py")


TALLY = "tests/tally/test_"
SERVICES = tuple(
    f"tests/server/services/test_{name}.py" for name in ("whole_poll", "kinds", "hands", "singly", "clerk", "planning")
)
SERVER = ("tests/server/services", "tests/server/http", "tests/server/live")
SITTING = ("tests/sitting", *SERVER, "tests/kept")
LAW = (
    "tests/congress",
    "tests/sitting/test_outcomes.py",
    "tests/sitting/test_hand_counts.py",
    "tests/sitting",
    "tests/record",
)
LIMITS_PAGE = "tests/congress/test_limits_page.py"
REST_OF_TALLY = (
    "tests/tally",
    LIMITS_PAGE,
    "tests/kept",
    "tests/server/proofs/test_proof_workers.py",
    "tests/terminal_client/test_scrutineers_shuffle.py",
)
"""What follows the likeliest tests of a module of the tally; a file that was named before is not run again."""

ROOMS = (
    Room(
        ("voting/tally/ballots/*.py",),
        tuple(
            f"{TALLY}{name}.py"
            for name in (
                "limits",
                "ballots_at_every_place",
                "ballots",
                "defects",
                "kind_boards",
                "singly",
                "names",
                "at_every_place",
                "safeguards",
                "kinds",
                "embedding",
                "ceremony",
            )
        )
        + REST_OF_TALLY,
        secure=True,
    ),
    Room(
        ("voting/tally/groups/*.py",),
        tuple(f"{TALLY}{n}.py" for n in ("groups", "embedding", "kinds", "ballots")) + REST_OF_TALLY,
        secure=True,
    ),
    Room(
        ("voting/tally/trustees/*.py",),
        tuple(f"{TALLY}{n}.py" for n in ("limits", "ceremony", "blocks_of_keys", "safeguards", "at_every_place"))
        + REST_OF_TALLY,
        secure=True,
    ),
    Room(
        ("voting/tally/board/*.py", "voting/tally/*.py"),
        tuple(
            f"{TALLY}{n}.py"
            for n in (
                "limits",
                "forms",
                "board",
                "defects",
                "receipts",
                "shuffles",
                "safeguards",
                "kinds",
                "kind_boards",
                "verify",
                "at_every_place",
                "command",
                "ceremony",
                "ballots",
            )
        )
        + REST_OF_TALLY,
        secure=True,
    ),
    Room(
        ("voting/tally/verify/*.py",),
        tuple(
            f"{TALLY}{n}.py"
            for n in ("laws", "safeguards", "defects", "kinds", "at_every_place", "command", "kind_boards", "verify")
        )
        + REST_OF_TALLY,
        secure=True,
    ),
    Room(
        ("voting/record/count_checks.py", "voting/record/count_statement.py"),
        ("tests/record/test_count_statement.py", "tests/record", "tests/cli", LIMITS_PAGE),
        secure=True,
    ),
    Room(
        ("voting/record/whole/*.py",),
        (
            "tests/record/test_whole_sittings.py",
            "tests/record/test_forged_sittings.py",
            "tests/record/test_sitting_container.py",
            "tests/record",
            "tests/cli",
            LIMITS_PAGE,
        ),
        secure=True,
    ),
    Room(
        ("voting/record/[!c_]*.py", "voting/record/choices.py"), ("tests/record", "tests/cli", *SERVICES, LIMITS_PAGE)
    ),
    Room(("voting/congress/*.py", "voting/congress/law/*.py", "voting/congress/law/*/*.py"), LAW),
    Room(("voting/sitting/*.py", "voting/sitting/decide/*.py"), (*SITTING, "tests/record/test_mixed_counts.py")),
    Room(("voting/server/http/access.py",), ("tests/server/http/test_access_and_codes.py", LIMITS_PAGE), secure=True),
    Room(
        ("voting/server/http/routes.py", "voting/server/http/api.py"),
        (
            "tests/server/http/test_routes.py",
            "tests/server/http/test_api.py",
            "tests/server/test_health.py",
            "tests/server/http/test_report_maker.py",
            LIMITS_PAGE,
        ),
        secure=True,
    ),
    Room(
        ("voting/server/services/*.py",),
        (*SERVICES, *SERVER, LIMITS_PAGE),
    ),
    Room(
        ("voting/storage/journal/chain.py",),
        ("tests/storage/test_journal_chain.py", "tests/storage/test_upcast.py", "tests/storage"),
        secure=True,
    ),
    Room(
        ("voting/storage/journal/*.py",),
        (
            "tests/storage/test_journal_chain.py",
            "tests/storage/test_upcast.py",
            "tests/storage/test_group_commit.py",
            "tests/contracts/test_journal_contract.py",
            "tests/storage",
        ),
    ),
)


def rooms_by_file(root: Path) -> dict[str, Room]:
    """Of each module the first room that names it."""
    found: dict[str, Room] = {}
    for room in ROOMS:
        for file in room.files(root):
            found.setdefault(file, room)
    return found
