"""Readers of what scrutineers, voters and auditors hand over."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.fuzz.places import CORPUS
from voting.record.outcome import outcome_in
from voting.record.record_checks import RECORD_CHECKS
from voting.record.verification import verify_poll
from voting.record.whole.verification import verify_sitting
from voting.tally.__main__ import read_receipts
from voting.tally.json_form import load
from voting.tally.trustees.ceremony import CeremonyPlan
from voting.tally.trustees.messages import check_certificate, check_dealing, check_verification_key
from voting.tally.trustees.private_share import PrivateShare
from voting.tally.verify.checks import VerifiedRecord, verify_archive

CEREMONY = CeremonyPlan("Ed25519", ("示例监票人一", "示例监票人二", "示例监票人三"), 2)


def read_record(raw: bytes, _folder: Path) -> object:
    """A whole .bel file."""
    found = verify_poll(raw)
    if found.found and found.found.failure:
        raise found.found.failure
    return found


def read_sitting(raw: bytes, _folder: Path) -> object:
    """A sitting's record."""
    found = verify_sitting(raw)
    if found.refused:
        raise found.refused
    return found


@cache
def recorded() -> bytes:
    """The smallest record of the corpus."""
    return (CORPUS / "archive" / "recorded.bel").read_bytes()


@cache
def verified() -> VerifiedRecord:
    """What it says."""
    return verify_archive(recorded())


def read_stated(raw: bytes, _folder: Path) -> object:
    """The description of a record that is valid otherwise: any text at all, and half characters too."""
    text = raw.decode("utf-8", "surrogateescape")
    stated = replace(verified(), election=replace(verified().election, description=text))
    for check in RECORD_CHECKS:
        check.run(stated)
    return outcome_in(stated)


def read_honoured(path: Path) -> object:
    """Receipts, to be honoured by a valid record."""
    return verify_archive(recorded(), read_receipts(path))


def read_message(raw: bytes, _folder: Path) -> object:
    """Scrutineer 1's message of any round, after the others' honest ones."""
    message, rounds = load(raw), honest_rounds()
    check_certificate(CEREMONY, 1, message) if message_has(message, "box") else None
    if message_has(message, "shares"):
        check_dealing(CEREMONY, 1, rounds["certificates"], message)
    if not message_has(message, "box") and not message_has(message, "shares"):
        check_verification_key(CEREMONY, 1, rounds["certificates"], rounds["dealings"], message)
    return message


def message_has(message: Any, field: str) -> bool:
    """Whether it looks like a message of the round that has this field."""
    return isinstance(message, dict) and field in message


@cache
def honest_rounds() -> dict[str, Any]:
    """All messages of a ceremony."""
    rounds: dict[str, Any] = json.loads((Path(__file__).parent / "rounds.json").read_bytes())
    return rounds


def read_share(raw: bytes, _folder: Path) -> object:
    """A scrutineer's sealed file, opened."""
    return PrivateShare.from_json(raw.decode("utf-8", "surrogateescape"))
