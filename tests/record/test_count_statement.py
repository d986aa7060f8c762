"""Signed statements of counts: each agrees with its archive, and every alteration is found by its own check."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.hand_counts import MIXED, mixed, two_papers
from tests.support.http_client import SIGNER, Client
from tests.support.known import known
from tests.support.plans.hands import HANDS, PAPER, PASSED, hands_plan, one_paper
from voting.record.count_checks import StatedCount, check_statement
from voting.record.count_statement import (
    CountCheck,
    CountContent,
    CountedBy,
    CountRefused,
    CountStatement,
    HandEntry,
    joined_count,
    read_statement,
)
from voting.server.services.count_statements import CountStatements
from voting.sitting.counting import OutcomeKind
from voting.sitting.hand_counts import HandFigures
from voting.sitting.poll import Medium, PollState
from voting.storage.server_key import ReceiptSigner
from voting.wire.messages import Role

OTHER = ReceiptSigner(Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x01"))


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    chamber = Chamber(hands_plan())
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
        chamber.service.polls.annul(poll, "示例原因") if poll == "mixed-named" else _announce(chamber, poll)
    chamber.open("motion")
    chamber.choose("motion", "001", "for")
    chamber.finish("motion")
    return chamber


def _announce(chamber: Chamber, poll: str) -> None:
    chamber.service.polls.confirm(poll, 1)
    chamber.service.polls.announce(poll)


def stated(chamber: Chamber, poll: str) -> bytes:
    return CountStatements(chamber.service.boards, SIGNER).of(poll, chamber.service.sitting)


def archive(chamber: Chamber, poll: str) -> bytes | None:
    board = chamber.service.boards.get(poll)
    return board.archive() if board else None


def checked(chamber: Chamber, poll: str) -> StatedCount:
    return check_statement(stated(chamber, poll), archive(chamber, poll))


@pytest.mark.parametrize("poll", ["hands", *MIXED, "motion"])
def test_every_count_is_stated_and_the_archive_alone_confirms_it(chamber: Chamber, poll: str) -> None:
    done: list[CountCheck] = []
    found = check_statement(stated(chamber, poll), archive(chamber, poll), passed=done.append)
    progress = chamber.service.sitting.polls[poll]
    assert done == list(CountCheck)
    assert (found.count, found.statement.outcome) == (progress.count, progress.outcome)
    assert progress.outcome is not None
    assert found.ruling.outcome is progress.outcome.kind


def test_a_mixed_count_shows_both_of_its_parts(chamber: Chamber) -> None:
    statement = checked(chamber, "mixed").statement
    assert statement.electronic is not None
    assert statement.by_hand is not None
    assert (statement.electronic.issued, statement.electronic.returned) == (2, 1)
    assert (statement.by_hand.figures.issued, statement.by_hand.figures.returned) == (2, 1)
    assert (statement.papers_instead, statement.count.issued, statement.medium) == (1, 3, Medium.MIXED)
    names = (statement.by_hand.entered_by.name, statement.by_hand.confirmed_by.name)
    assert names == ("示例监票人1", "示例监票人2")


def test_a_count_by_hand_states_the_rules_and_the_figures_it_rests_on(chamber: Chamber) -> None:
    found = checked(chamber, "hands")
    statement = found.statement
    assert (statement.archive_sha256, statement.fingerprint, statement.electronic) == ("", "", None)
    assert (statement.in_office, statement.statutory_seats, statement.present) == (3, 3, 3)
    assert (found.ruling.outcome, found.count.votes["for"]) == (OutcomeKind.PASSED, 2)


def test_an_unaltered_statement_is_the_same_bytes_each_time(chamber: Chamber) -> None:
    assert stated(chamber, "mixed") == stated(chamber, "mixed")
    assert check_statement(stated(chamber, "mixed") + b"\n", archive(chamber, "mixed"))


# --- alterations ---


def signed(statement: CountStatement, signer: ReceiptSigner = SIGNER) -> bytes:
    """What a dishonest server could sign."""
    fields = {name: getattr(statement, name) for name in CountContent.__struct_fields__}
    content = CountContent(**fields | {"server_key": signer.public_hex})
    signature = signer.sign(b"plenary-count|" + msgspec.json.encode(content)).hex()
    fields |= {"server_key": signer.public_hex, "signature": signature}
    return msgspec.json.encode(CountStatement(**fields))


def refused(raw: bytes, archive: bytes | None, **options: Any) -> CountCheck:
    with pytest.raises(CountRefused) as found:
        check_statement(raw, archive, **options)
    assert found.value.check.number in str(found.value)
    return found.value.check


def test_a_figure_changed_without_the_key_breaks_the_signature(chamber: Chamber) -> None:
    for poll in ("hands", "mixed"):
        raw = stated(chamber, poll)
        altered = raw.replace(b'"for":2', b'"for":3').replace(b'"for":1', b'"for":3')
        assert altered != raw
        assert refused(altered, archive(chamber, poll)) is CountCheck.SIGNATURE


@pytest.mark.parametrize("field", [name for name in CountContent.__struct_fields__ if name != "version"])
def test_the_signature_covers_every_field(chamber: Chamber, field: str) -> None:
    one, other = read_statement(stated(chamber, "mixed")), read_statement(stated(chamber, "hands"))
    different = {
        "sitting": replace(one.sitting, sitting="示例另一次会议"),
        "in_office": 4,
        "statutory_seats": 4,
        "present": 2,
        "server_key": OTHER.public_hex,
        "papers_instead": 0,
        "fingerprint": "0" * 64,
        "archive_sha256": "0" * 64,
    }.get(field, getattr(other, field))
    altered = replace(one, **{field: different})
    assert altered != one
    assert refused(msgspec.json.encode(altered), archive(chamber, "mixed")) is CountCheck.SIGNATURE


def test_a_signature_by_another_key_than_the_receipts_is_found(chamber: Chamber) -> None:
    raw = signed(read_statement(stated(chamber, "hands")), OTHER)
    assert check_statement(raw, None)
    assert refused(raw, None, server_keys={SIGNER.public_hex}) is CountCheck.SIGNATURE


def test_another_archive_or_none_is_found(chamber: Chamber) -> None:
    raw = stated(chamber, "mixed")
    assert refused(raw, archive(chamber, "motion")) is CountCheck.ARCHIVE
    assert refused(raw, None) is CountCheck.ARCHIVE
    assert refused(stated(chamber, "hands"), archive(chamber, "mixed")) is CountCheck.ARCHIVE


@pytest.mark.parametrize(
    "written",
    [
        lambda raw: b"{}",
        lambda raw: b"\xff",
        lambda raw: raw.replace(b'"version":1', b'"version":2'),
        lambda raw: raw.replace(b'"version":1', b'"version": 1'),
        lambda raw: raw.replace(b'"version":1', b'"version":1,"note":"x"'),
        lambda raw: raw.replace(b'"version":1', b'"in_office":3,"version":1'),
        lambda raw: raw.upper(),
    ],
)
def test_what_is_not_written_like_a_statement_is_refused(chamber: Chamber, written: Callable[[bytes], bytes]) -> None:
    assert refused(written(stated(chamber, "hands")), None) is CountCheck.FORM


def _hand(statement: CountStatement, **changes: Any) -> CountStatement:
    assert statement.by_hand is not None
    figures = replace(statement.by_hand.figures, **changes)
    return replace(statement, by_hand=replace(statement.by_hand, figures=figures))


def _rejoined(statement: CountStatement) -> CountStatement:
    return replace(statement, count=joined_count(statement))


def _entry(statement: CountStatement, **changes: Any) -> CountStatement:
    assert isinstance(statement.by_hand, HandEntry)
    return replace(statement, by_hand=replace(statement.by_hand, **changes))


LIES: list[tuple[str, Callable[[CountStatement], CountStatement], CountCheck]] = [
    ("hands", lambda s: replace(s, poll=replace(s.poll, options=s.poll.options[:2])), CountCheck.FORM),
    ("hands", lambda s: replace(s, poll=replace(s.poll, seats=-1)), CountCheck.FORM),
    ("mixed", lambda s: replace(s, election_uuid="x"), CountCheck.ARCHIVE),
    ("mixed", lambda s: replace(s, archive_sha256="", fingerprint=""), CountCheck.ARCHIVE),
    ("mixed", lambda s: replace(s, fingerprint="0" * 64), CountCheck.ARCHIVE),
    ("mixed", lambda s: replace(s, in_office=2), CountCheck.ARCHIVE),
    ("mixed", lambda s: replace(s, present=2), CountCheck.ARCHIVE),
    ("mixed", lambda s: replace(s, poll=replace(s.poll, title="示例另一议案")), CountCheck.ARCHIVE),
    (
        "mixed",
        lambda s: replace(s, electronic=replace(known(s.electronic), votes={"for": 0, "against": 1, "abstain": 0})),
        CountCheck.ELECTRONIC,
    ),
    ("mixed", lambda s: replace(s, electronic=None), CountCheck.ELECTRONIC),
    ("mixed", lambda s: replace(s, by_hand=None), CountCheck.BY_HAND),
    ("hands", lambda s: replace(s, medium=Medium.MIXED), CountCheck.BY_HAND),
    ("hands", lambda s: _entry(s, confirmed_by=CountedBy(1, "示例监票人1")), CountCheck.BY_HAND),
    ("mixed", lambda s: _entry(s, method=HANDS), CountCheck.BY_HAND),
    ("hands", lambda s: _hand(s, void=1), CountCheck.BY_HAND),
    ("hands", lambda s: _hand(s, votes={"for": 4, "against": 0, "abstain": 0}), CountCheck.BY_HAND),
    ("hands", lambda s: _hand(s, votes={"for": 2}), CountCheck.BY_HAND),
    ("mixed", lambda s: replace(s, papers_instead=2), CountCheck.BY_HAND),
    ("hands", lambda s: replace(s, papers_instead=1), CountCheck.BY_HAND),
    ("mixed", lambda s: _hand(s, votes=one_paper("for").votes), CountCheck.JOINED),
    ("mixed", lambda s: replace(s, papers_instead=0), CountCheck.JOINED),
    ("hands", lambda s: _hand(s, votes={"for": 3, "against": 0, "abstain": 0}), CountCheck.JOINED),
    ("hands", lambda s: _rejoined(_hand(s, votes={"for": 1, "against": 2, "abstain": 0})), CountCheck.OUTCOME),
    ("mixed", lambda s: replace(s, outcome=replace(s.outcome, kind=OutcomeKind.PASSED)), CountCheck.OUTCOME),
    ("hands", lambda s: replace(s, outcome=replace(s.outcome, majority=1)), CountCheck.OUTCOME),
]


@pytest.mark.parametrize(("poll", "lie", "check"), LIES)
def test_even_the_holder_of_the_key_cannot_state_another_count(
    chamber: Chamber, poll: str, lie: Callable[[CountStatement], CountStatement], check: CountCheck
) -> None:
    """The signature holds; the figures do not."""
    altered = lie(read_statement(stated(chamber, poll)))
    assert refused(signed(altered), archive(chamber, poll)) is check


# --- who may fetch it ---


def test_a_statement_is_fetched_where_an_archive_would_be(chamber: Chamber) -> None:
    client = Client(chamber)
    for poll in ("hands", "mixed"):
        answer = client.get(f"/api/polls/{poll}/count.json")
        assert (answer.status_code, answer.data) == (200, stated(chamber, poll))
        assert answer.headers["ETag"].strip('"') == hashlib.sha256(answer.data).hexdigest()
    assert chamber.state("mixed-named") is PollState.ANNULLED
    assert client.get("/api/polls/mixed-named/count.json", Role.SCRUTINEER, "1").status_code == 200
    for role in (Role.PUBLIC, Role.DELEGATE):
        answer = client.get("/api/polls/mixed-named/count.json", role, "001")
        assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (403, "not_public_yet")
    for poll, status in (("projects", 403), ("nothing", 404)):
        assert client.get(f"/api/polls/{poll}/count.json", Role.CHAIR).status_code == status


def with_names(medium: Medium) -> Chamber:
    """The election takes other names, too."""
    plan = hands_plan()
    election = replace(plan.polls[-1], seats=1, write_ins=True, medium=medium)
    chamber = Chamber(replace(plan, polls=(*plan.polls[:-1], election)))
    chamber.sign_in()
    return chamber


def papers_for(*names: str, issued: int) -> HandFigures:
    """Each paper names one other person."""
    votes = {"c1": 0, "c2": 0} | {name: names.count(name) for name in names}
    added = tuple(dict.fromkeys(names))
    returned = len(names)
    return HandFigures(issued=issued, returned=returned, valid=returned, void=0, votes=votes, write_ins=added)


def test_a_name_that_papers_added_is_elected_in_the_statement_too() -> None:
    chamber = with_names(Medium.BY_HAND)
    chamber.by_hand("election", PAPER, papers_for("示例甲", "示例甲", "示例乙", issued=3))
    assert check_statement(stated(chamber, "election"), None).ruling.elected == ("示例甲",)


def test_names_on_papers_and_at_terminals_are_added_by_name() -> None:
    chamber = with_names(Medium.MIXED)
    chamber.hold_ceremony()
    chamber.service.polls.prepare("election")
    chamber.register("election")
    chamber.service.hands.issue_paper("election", "003", "示例：终端故障")
    chamber.service.polls.open("election", None)
    chamber.service.hands.issue_paper("election", "002", "示例：终端故障")
    chamber.choose("election", "001", "c1=against", "+示例甲")
    chamber.close("election")
    chamber.enter_and_confirm("election", PAPER, papers_for("示例乙", " 示例甲 ", issued=2))
    chamber.count("election")
    found = checked(chamber, "election")
    assert found.count.votes == {"c1": 0, "c2": 0, "示例甲": 2, "示例乙": 1}
    assert found.statement.electronic is not None
    assert found.statement.electronic.write_ins == ("示例甲",)
    assert found.ruling.elected == ("示例甲",)
