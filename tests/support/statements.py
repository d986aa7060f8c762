"""A sitting with counts of every medium, their signed statements, and what a dishonest server could sign."""

from functools import cache
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.hand_counts import MIXED, mixed, two_papers
from tests.support.plans.hands import HANDS, PAPER, PASSED, hands_plan
from tests.support.signer import SIGNER
from tests.support.tally.scenes import seeded
from voting.congress.law.bases import Bases
from voting.record.count_checks import check_statement
from voting.record.count_statement import CountCheck, CountContent, CountRefused, CountStatement, joined_count
from voting.server.services.count_statements import CountStatements
from voting.sitting.counting import outcome_of
from voting.storage.server_key import ReceiptSigner
from voting.tally.verify.checks import VerifiedRecord, verify_archive

OTHER = ReceiptSigner(Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x01"))


def counted_sitting() -> Chamber:
    chamber = Chamber(hands_plan(), rng=seeded("a counted sitting"))
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.by_hand(
        "hands", HANDS, replace(PASSED, issued=3, returned=3, valid=3, votes={**PASSED.votes, "against": 1})
    )
    for poll in MIXED:
        mixed(chamber, poll)
        chamber.close(poll)
        chamber.enter_and_confirm(poll, PAPER, two_papers(poll))
        chamber.count(poll)
        chamber.annul_counted(poll) if poll == "mixed-named" else _announce(chamber, poll)
    chamber.open("motion")
    chamber.choose("motion", "001", "for")
    chamber.finish("motion")
    return chamber


def _announce(chamber: Chamber, poll: str) -> None:
    chamber.service.polls.confirm(poll, 1)
    chamber.service.polls.announce(poll)


def stated(chamber: Chamber, poll: str) -> bytes:
    return CountStatements(chamber.service.boards, SIGNER).of(poll, chamber.service.sitting)


def record_of(chamber: Chamber, poll: str) -> VerifiedRecord | None:
    """The verified record of a poll; None where all was counted by hand."""
    board = chamber.service.boards.get(poll)
    return verified(board.archive()) if board else None


@cache
def verified(archive: bytes) -> VerifiedRecord:
    """Each record is verified once."""
    return verify_archive(archive)


def signed(statement: CountStatement, signer: ReceiptSigner = SIGNER) -> bytes:
    """What a dishonest server could sign."""
    fields = {name: getattr(statement, name) for name in CountContent.__struct_fields__}
    content = CountContent(**fields | {"server_key": signer.public_hex})
    signature = signer.sign(b"plenary-count|" + msgspec.json.encode(content)).hex()
    fields |= {"server_key": signer.public_hex, "signature": signature}
    return msgspec.json.encode(CountStatement(**fields))


def decided(statement: CountStatement) -> CountStatement:
    """Everything that follows from the parts of a statement put right again."""
    count = joined_count(statement)
    bases = Bases(statement.in_office, statement.statutory_seats, max(statement.present, count.issued))
    outcome = outcome_of(statement.poll.question, count, bases)
    return replace(statement, medium=count.medium, count=count, outcome=outcome)


def refusal(raw: bytes, record: VerifiedRecord | None, **options: Any) -> tuple[CountCheck, str]:
    """The check that refuses the statement, and what it says."""
    with pytest.raises(CountRefused) as found:
        check_statement(raw, record, **options)
    return found.value.check, found.value.detail
