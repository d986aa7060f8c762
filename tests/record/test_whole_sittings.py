"""A whole sitting's record: what an ended one says, and what is refused by which check."""

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.known import known
from tests.support.signer import SIGNER
from tests.support.statements import OTHER, signed
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of, two_motions
from voting.congress.law.question import Follows
from voting.congress.law.ruleset import Relation
from voting.record.count_statement import read_statement
from voting.record.verification import Demand
from voting.record.whole.across import check_one_roster, check_server_key, held_poll
from voting.record.whole.checks import SittingCheck, SittingFiles, SittingRefused
from voting.record.whole.packing import sitting_record
from voting.record.whole.statement import PollFiles, SittingContent, SittingStatement, read_sitting_statement
from voting.record.whole.verification import Annulment, Open, SittingVerification, verify_sitting
from voting.sitting.poll import PollState
from voting.tally.verify.verdict import Verdict

VOTED, NAMED, BY_HAND = "motion-2", "mixed-named", "hands"


@pytest.fixture
def whole() -> Whole:
    return Whole(ended_sitting())


def refusal(raw: bytes) -> tuple[SittingCheck, str]:
    """The check that refuses, and the poll where it does."""
    found = verify_sitting(raw)
    assert found.verdict is Verdict.NOT_VALID
    refused = known(found.refused)
    assert found.passed == list(SittingCheck)[: list(SittingCheck).index(refused.check)]
    return refused.check, refused.poll


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


def test_a_receipt_of_no_poll_or_not_honoured_is_refused(whole: Whole) -> None:
    first, second = receipts_of(ended_sitting(), VOTED)
    whole.receipts = [first | {"election_uuid": "1" * 14}]
    assert refusal(whole.packed()) == (SittingCheck.RECEIPTS, "")
    whole.receipts = [first | {"tracker": second["tracker"]}]
    assert refusal(whole.packed()) == (SittingCheck.POLLS, VOTED)


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


def test_the_statement_has_one_spelling_and_one_version(whole: Whole) -> None:
    for changed in ({"version": 2}, {"server_key": "0"}, {"polls": (*whole.content.polls, whole.content.polls[0])}):
        assert refusal(Whole(ended_sitting()).stating(**changed).packed()) == (SittingCheck.STATEMENT, "")


def test_the_statement_is_signed_by_the_key_that_it_states(whole: Whole) -> None:
    assert refusal(whole.packed(OTHER.sign)) == (SittingCheck.SIGNATURE, "")


@pytest.mark.parametrize("poll", [VOTED, NAMED, BY_HAND])
def test_no_file_is_exchanged_or_left_out(whole: Whole, poll: str) -> None:
    own = whole.files[poll]
    whole.files[poll] = PollFiles(own.record, known(own.count) + b"\n")
    assert refusal(whole.packed()) == (SittingCheck.FILES, poll)
    whole.files[poll] = PollFiles(own.record, None)
    assert refusal(whole.packed()) == (SittingCheck.FILES, poll)
    whole.holding(poll, PollFiles(own.record, None))
    assert refusal(whole.packed())[0] is SittingCheck.FILES
    if poll != NAMED:
        whole.holding(poll, PollFiles())
        assert refusal(whole.packed()) == (SittingCheck.FILES, poll)


def test_nothing_lies_beside_what_is_stated(whole: Whole) -> None:
    whole.listing(BY_HAND, count_sha256="", state=PollState.PLANNED)
    assert refusal(whole.packed()) == (SittingCheck.FILES, "")


def test_the_roster_is_the_one_that_is_stated_in_its_one_spelling(whole: Whole) -> None:
    names = msgspec.json.decode(whole.roster, type=list[tuple[str, str]])
    for roster in (names[::-1], [*names, ("003", "示例代表四")], [*names, ("004", "示例代表四")]):
        assert refusal(Whole(ended_sitting()).with_roster(roster).packed()) == (SittingCheck.ROSTER, "")
    whole.roster += b" "
    assert refusal(whole.packed()) == (SittingCheck.ROSTER, "")


def test_every_poll_holds_by_itself(whole: Whole) -> None:
    own = whole.files[VOTED]
    whole.holding(VOTED, _changed(own, record=known(own.record)[:-512]))
    assert refusal(whole.packed()) == (SittingCheck.POLLS, VOTED)


def _changed(own: PollFiles, **changes: bytes) -> PollFiles:
    return replace(own, **changes)


def test_a_record_stands_under_its_own_poll(whole: Whole) -> None:
    whole.listing(BY_HAND, election_uuid="1" * 14)
    assert refusal(whole.packed()) == (SittingCheck.BELONGING, BY_HAND)
    whole = Whole(ended_sitting())
    titles = replace(whole.content.titles, sitting="第五次全体会议")
    assert refusal(whole.stating(titles=titles).packed())[0] is SittingCheck.BELONGING


def test_one_server_signs_everything(whole: Whole) -> None:
    count = read_statement(known(whole.files[BY_HAND].count))
    whole.holding(BY_HAND, PollFiles(None, signed(count, OTHER)))
    assert refusal(whole.packed()) == (SittingCheck.SERVER_KEY, BY_HAND)
    whole = Whole(ended_sitting()).stating(server_key=OTHER.public_hex)
    assert refusal(whole.packed(OTHER.sign))[0] is SittingCheck.SERVER_KEY


def test_all_polls_are_held_with_one_roster(whole: Whole) -> None:
    names = msgspec.json.decode(whole.roster, type=list[tuple[str, str]])
    renamed = [(number, name.replace("示例", "例示")) for number, name in names]
    assert refusal(whole.with_roster(renamed).packed()) == (SittingCheck.ONE_ROSTER, NAMED)
    assert refusal(Whole(ended_sitting()).stating(statutory_seats=9).packed())[0] is SittingCheck.ONE_ROSTER


def _another_reason(whole: Whole) -> Whole:
    return whole.listing(NAMED, annulled_because=" ")


def _reason_without_annulment(whole: Whole) -> Whole:
    return whole.listing(VOTED, annulled_because="示例原因")


@pytest.mark.parametrize("change", [_another_reason, _reason_without_annulment])
def test_whoever_was_annulled_says_why(whole: Whole, change: Callable[[Whole], Whole]) -> None:
    assert refusal(change(whole).packed())[0] is SittingCheck.ANNULLED


def test_a_poll_follows_what_asks_for_it(whole: Whole) -> None:
    whole.listing("motion", state=PollState.PREPARED)
    assert refusal(whole.packed()) == (SittingCheck.FOLLOWS, VOTED)
    other = replace(whole.listed("motion").poll, title="示例", seats=3)
    whole = Whole(ended_sitting()).listing("motion", poll=other)
    assert refusal(whole.packed()) == (SittingCheck.FOLLOWS, VOTED)
    reordered = Whole(ended_sitting())
    files = {poll: reordered.files[poll] for poll in (VOTED, "motion", BY_HAND, NAMED)}
    reordered.files = files
    reordered.stating(polls=tuple(reordered.listed(poll) for poll in files))
    assert refusal(reordered.packed()) == (SittingCheck.FOLLOWS, VOTED)


def test_nothing_is_followed_twice_and_no_repeat_follows_what_decided(whole: Whole) -> None:
    planned = replace(
        whole.listed("motion"),
        poll=replace(whole.listed("motion").poll, id="motion-3", follows=Follows("motion", Relation.REPEAT)),
        state=PollState.PLANNED,
        election_uuid="",
        annulled_because="",
    )
    whole.files["motion-3"] = PollFiles()
    assert refusal(whole.stating(polls=(*whole.content.polls, planned)).packed()) == (SittingCheck.FOLLOWS, "motion-3")
    decided = replace(planned, poll=replace(planned.poll, follows=Follows(BY_HAND, Relation.REPEAT)))
    whole.stating(polls=(*whole.content.polls[:-1], decided))
    assert refusal(whole.packed()) == (SittingCheck.FOLLOWS, "motion-3")


def test_no_identifier_occurs_twice(whole: Whole) -> None:
    whole.listing("motion", election_uuid=whole.listed(VOTED).election_uuid)
    assert refusal(whole.packed()) == (SittingCheck.NOTHING_TWICE, VOTED)


def test_no_credential_and_no_ciphertext_serves_two_polls() -> None:
    assert verify_sitting(Whole(two_motions()).packed()).verdict is Verdict.VALID
    for repeated in ({"same_credentials": True}, {"same_randomness": True}):
        assert refusal(Whole(two_motions(**repeated)).packed()) == (SittingCheck.NOTHING_TWICE, "second")


def test_a_record_that_names_another_key_or_roster_than_its_count_is_refused() -> None:
    """Two sittings with rosters of the same numbers: the record of one, the count signed again for the other."""
    whole = Whole(ended_sitting())
    held = held_poll(whole.listed(VOTED), read_statement(known(whole.files[VOTED].count)), whole.files[VOTED].record)
    content = replace(whole.content, server_key=OTHER.public_hex)
    count = replace(held.count, server_key=OTHER.public_hex)
    with pytest.raises(SittingRefused) as found:
        check_server_key(SittingStatement(**_fields(content), signature=""), dataclasses.replace(held, count=count))
    assert found.value.check is SittingCheck.SERVER_KEY
    content = replace(whole.content, roster_sha256="0" * 64)
    files = SittingFiles(
        SittingStatement(**_fields(content), signature=""), dict(msgspec.json.decode(whole.roster)), {}, ()
    )
    with pytest.raises(SittingRefused) as found:
        check_one_roster(files, held)
    assert found.value.check is SittingCheck.ONE_ROSTER


def _fields(content: SittingContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in SittingContent.__struct_fields__}


def test_all_secret_polls_have_the_same_scrutineers_keys() -> None:
    whole, other = Whole(two_motions()), Whole(two_motions())
    whole.holding("second", other.files["second"])
    whole.listing("second", election_uuid=other.listed("second").election_uuid)
    assert refusal(whole.packed()) == (SittingCheck.TRUSTEES, "second")


def test_a_statement_that_is_read_is_the_one_that_was_made(whole: Whole) -> None:
    service = ended_sitting().service
    assert [one.poll.id for one in whole.content.polls] == list(service.sitting.polls)
    assert read_sitting_statement(verify_bytes(whole)).titles == service.sitting.plan.titles


def verify_bytes(whole: Whole) -> bytes:
    return msgspec.json.encode(known(verify_sitting(whole.packed()).statement))
