"""A whole sitting's record: what one that holds says, and what it leaves open."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.elections_by_hand import RUN_OFF, SECOND_ROUND, SHORT, TIED, held_elections
from tests.support.known import known
from tests.support.signer import SIGNER
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of
from voting.congress.law.question import Follows
from voting.congress.law.ruleset import Relation
from voting.record.count_statement import read_statement
from voting.record.verification import Demand
from voting.record.whole.across import held_poll
from voting.record.whole.checks import SittingCheck
from voting.record.whole.packing import sitting_record
from voting.record.whole.statement import PollFiles, read_sitting_statement
from voting.record.whole.verification import Annulment, Open, SittingVerification, verify_sitting
from voting.sitting.poll import PollState
from voting.tally.verify.verdict import Verdict

VOTED, NAMED, BY_HAND = "motion-2", "mixed-named", "hands"


@pytest.fixture
def whole() -> Whole:
    return Whole(ended_sitting())


def open_points(found: SittingVerification) -> list[tuple[str, str]]:
    assert found.refused is None
    return [(one.code.value, one.poll) for one in found.reservations]


def test_an_ended_sitting_is_valid_and_names_what_was_annulled(whole: Whole) -> None:
    found = verify_sitting(whole.packed())
    assert (found.verdict, found.passed, found.reservations) == (Verdict.VALID, list(SittingCheck), [])
    assert found.annulled == [Annulment("motion", "示例原因", False), Annulment(NAMED, "示例原因", True)]
    assert (found.covered, found.on_board) == (0, 3)


def test_the_record_is_the_same_bytes_whenever_it_is_made(whole: Whole) -> None:
    service = ended_sitting().service
    made = sitting_record(service.sitting, service.boards, server_key=SIGNER.public_hex, sign=SIGNER.sign)
    assert made == whole.packed()


def test_receipts_are_honoured_and_their_coverage_stated(whole: Whole) -> None:
    inside, beside = receipts_of(ended_sitting(), VOTED)
    whole.receipts = [inside]
    found = verify_sitting(whole.packed(), [beside], require_receipts=2)
    assert (found.verdict, found.receipts, found.covered) == (Verdict.VALID, 2, 2)
    found = verify_sitting(whole.packed(), [beside], require_receipts=3)
    assert open_points(found) == [(Demand.RECEIPTS_TOO_FEW, "")]
    assert found.verdict is Verdict.OUTCOME_NOT_STATED


def test_receipts_that_no_record_can_honour_are_named(whole: Whole) -> None:
    uuid = whole.listed("motion").election_uuid
    whole.receipts = [receipts_of(ended_sitting(), VOTED)[0] | {"election_uuid": uuid}]
    assert open_points(verify_sitting(whole.packed())) == [(Open.RECEIPTS_WITHOUT_RECORD, "motion")]


def test_a_poll_that_has_not_ended_is_named(whole: Whole) -> None:
    whole.listing(VOTED, state=PollState.CONFIRMED)
    assert open_points(verify_sitting(whole.packed())) == [(Open.NOT_ENDED, VOTED)]


def test_a_poll_that_follows_one_of_another_sitting_is_named(whole: Whole) -> None:
    whole.stating(polls=whole.content.polls[1:])
    del whole.files["motion"]
    assert open_points(verify_sitting(whole.packed())) == [(Open.FOLLOWS_ELSEWHERE, VOTED)]


def test_a_statement_that_is_read_is_the_one_that_was_made(whole: Whole) -> None:
    service = ended_sitting().service
    assert [one.poll.id for one in whole.content.polls] == list(service.sitting.polls)
    assert read_sitting_statement(verify_bytes(whole)).titles == service.sitting.plan.titles


def verify_bytes(whole: Whole) -> bytes:
    return msgspec.json.encode(known(verify_sitting(whole.packed()).statement))


def test_a_poll_is_put_once_more_when_its_repeat_was_annulled_too(whole: Whole) -> None:
    whole.listing(VOTED, state=PollState.ANNULLED, annulled_because="示例原因")
    again = replace(
        whole.listed("motion"),
        poll=replace(whole.listed("motion").poll, id="motion-3", follows=Follows("motion", Relation.REPEAT)),
        state=PollState.PLANNED,
        election_uuid="",
        annulled_because="",
    )
    whole.files["motion-3"] = PollFiles()
    found = verify_sitting(whole.stating(polls=(*whole.content.polls, again)).packed())
    assert open_points(found) == [(Open.NOT_ENDED, "motion-3")]
    assert [one.poll for one in found.annulled] == ["motion", NAMED, VOTED]


def test_a_run_off_and_a_second_round_follow_what_asked_for_them() -> None:
    found = verify_sitting(Whole(held_elections()).packed())
    assert (found.verdict, [one.poll.id for one in known(found.statement).polls]) == (
        Verdict.VALID,
        [TIED, SHORT, RUN_OFF, SECOND_ROUND],
    )


def test_the_credentials_of_a_poll_by_name_are_those_of_its_voters(whole: Whole) -> None:
    """Compared between polls: the same key in two of them is the same credential, whoever is named with it."""
    files = whole.files[NAMED]
    held = held_poll(whole.listed(NAMED), read_statement(known(files.count)), files.record)
    record = known(held.record)
    voters = record.voters()
    assert record.credentials() == [voter.credential for voter in voters] != []
    assert all(len(credential) == len(voters[0].credential) for credential in record.credentials())
