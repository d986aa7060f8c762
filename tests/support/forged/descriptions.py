"""Descriptions that lie about their poll, or are spelled otherwise, each signed by every ballot: checks 21 and 22."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from tests.support.forged.forgery import Files, Forgery
from tests.support.recorded import Recorded
from tests.support.signer import SIGNER
from tests.support.statements import OTHER
from voting.congress.law.ruleset import BallotRules, Press, Ruleset
from voting.record.description import Description, StatedTerms


def describing(stated: Description, **changes: Any) -> Description:
    """The description of a poll of which something else is said."""
    return msgspec.structs.replace(stated, poll=msgspec.structs.replace(stated.poll, **changes))


def with_nesting(text: str, depth: int) -> str:
    """Brackets within brackets in a field that nobody knows."""
    return text.replace('"in_office":3', f'"x":{"[" * depth}{"]" * depth},"in_office":3')


STATED: list[tuple[str, Callable[[Description], Description]]] = [
    ("another title", lambda d: describing(d, title="示例另一议案")),
    ("a key too short", lambda d: msgspec.structs.replace(d, server_key="0" * 63)),
    ("a key in capitals", lambda d: msgspec.structs.replace(d, server_key="A" * 64)),
    ("a hash too long", lambda d: msgspec.structs.replace(d, roster_sha256="0" * 65)),
    ("credentials of another list", lambda d: msgspec.structs.replace(d, credentials_sha256="0" * 64)),
    ("terms that the rules do not have", lambda d: msgspec.structs.replace(d, terms=StatedTerms("first"))),
    ("rules without their terms", lambda d: describing(d, ruleset=Ruleset(ballots=BallotRules(press=Press.LAST)))),
]
SPELLINGS: list[tuple[str, Callable[[str], str]]] = [
    ("two formats", lambda text: text.replace('"format":2,', '"format":2,"format":3,', 1)),
    ("a blank", lambda text: text.replace('"in_office":', '"in_office": ')),
    ("a key twice", lambda text: text.replace('"in_office":3', '"in_office":3,"in_office":3')),
    ("an unknown field", lambda text: text.replace('"in_office":3', '"note":"x","in_office":3')),
    (
        "another order",
        lambda text: text.replace('"in_office":3,"statutory_seats":4', '"statutory_seats":4,"in_office":3'),
    ),
    ("a float", lambda text: text.replace('"in_office":3', '"in_office":3.0')),
    ("an exponent", lambda text: text.replace('"in_office":3', '"in_office":3e0')),
    ("not a number", lambda text: text.replace('"in_office":3', '"in_office":NaN')),
    ("a number beyond 2^53", lambda text: text.replace('"statutory_seats":4', '"statutory_seats":9007199254740993')),
    ("a number of 2^53", lambda text: text.replace('"statutory_seats":4', '"statutory_seats":9007199254740992')),
    ("a number of 5000 digits", lambda text: text.replace('"statutory_seats":4', f'"statutory_seats":{"9" * 5000}')),
    ("nested 1,000 deep", lambda text: with_nesting(text, 1_000)),
    ("nested 100,000 deep", lambda text: with_nesting(text, 100_000)),
    ("an escape", lambda text: text.replace("示", "\\u793a", 1)),
    ("half a character", lambda text: text.replace("示", "\\ud800", 1)),
    ("cut off", lambda text: text[:-1]),
    ("something behind it", lambda text: text + " "),
]
ROSTERS: list[tuple[str, dict[str, int]]] = [
    ("fewer present than credentials", {"present": 1}),
    ("more present than in office", {"present": 4}),
    ("more in office than seats", {"in_office": 5}),
    ("fewer seats than in office", {"statutory_seats": 2}),
    ("one in office", {"in_office": 1, "present": 1}),
]


def lying(change: Callable[[Description], Description]) -> str:
    """The text of a description that says something else."""
    return msgspec.json.encode(change(Recorded().stated())).decode()


def counting(said: dict[str, int]) -> str:
    """It says that so many were present, in office, or had seats."""
    return lying(lambda stated: msgspec.structs.replace(stated, **said))


def spelled(spell: Callable[[str], str]) -> str:
    """The honest one in another spelling."""
    text = Recorded().text()
    assert spell(text) != text
    return spell(text)


def _described(text: Callable[[], str]) -> Callable[[], Files]:
    return lambda: Files(Recorded().archive(text()))


def _named(name: str) -> str:
    return f"a_description_with_{name}".replace(" ", "_").replace(",", "").replace("^", "_to_the_")


def _receipts_of(signer: Any) -> Files:
    archive = Recorded().archive()
    return Files(archive, None, Recorded().receipts(archive, signer))


DESCRIPTIONS: tuple[Forgery, ...] = (
    *(Forgery(_named(name), "21", _described(partial(lying, change))) for name, change in STATED),
    *(Forgery(_named(name), "21", _described(partial(spelled, spell))) for name, spell in SPELLINGS),
    *(Forgery(_named(name), "22", _described(partial(counting, said))) for name, said in ROSTERS),
    Forgery("receipts_of_another_server_than_described", "18", lambda: _receipts_of(OTHER)),
)
HONEST_DESCRIPTIONS: tuple[Forgery, ...] = (
    Forgery("honest_description", None, lambda: Files(Recorded().archive())),
    Forgery("honest_description_with_receipts", None, lambda: _receipts_of(SIGNER)),
)
