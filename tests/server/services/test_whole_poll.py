"""A whole poll through the service: what the board, the count and the archive say in the end."""

import msgspec
import pytest

from tests.support.chamber import Chamber
from tests.support.known import known
from tests.support.plans.plain import sample_plan
from tests.support.signer import SIGNER
from voting.congress.limits import MAX_REJECTED_BALLOTS
from voting.congress.refusal import Refused
from voting.server.http.access import Principal
from voting.server.services.persons import Persons
from voting.sitting.events import BallotRejected, PollClosed
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.tally.board.receipt import check_receipt
from voting.tally.verify.checks import verify_archive
from voting.wire.roles import Role


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Chamber:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    chamber.cast("projects", "001", 1, 1, 0)
    chamber.cast("projects", "002", 1, 0, 0)
    chamber.cast("projects", "003", 0, 1, 0)
    chamber.finish("projects")
    return chamber


def test_the_votes_are_those_that_were_cast(announced: Chamber) -> None:
    count = announced.service.sitting.polls["projects"].count
    assert count is not None
    assert (count.votes, count.returned) == ({"p1": 2, "p2": 2, "p3": 0}, 3)


def test_the_archive_verifies_together_with_every_receipt(announced: Chamber) -> None:
    persons = Persons(announced.plan, announced.service.boards, SIGNER)
    receipts = []
    for number in ("001", "002", "003"):
        receipt = persons.me(Principal(Role.DELEGATE, number), announced.service.sitting).polls["projects"].receipt
        receipts.append(msgspec.to_builtins(receipt))
        check_receipt(receipts[-1])
    verified = verify_archive(announced.service.boards["projects"].archive(), receipts)
    assert tuple(verified.counts) == (2, 2, 0)


def test_the_record_states_the_rules_of_its_poll(announced: Chamber) -> None:
    described = msgspec.json.decode(announced.service.boards["projects"].election.description)
    assert described["in_office"] == 3
    assert described["poll"]["rules"]["majority_floor"] is True
    assert [option["id"] for option in described["poll"]["options"]] == ["p1", "p2", "p3"]


def test_a_second_poll_runs_on_the_same_key(announced: Chamber) -> None:
    announced.open("motion")
    announced.cast("motion", "001", 1, 0, 0)
    announced.finish("motion")
    assert announced.state("motion") is PollState.ANNOUNCED


def test_an_n_of_n_ceremony_counts_too() -> None:
    chamber = Chamber(sample_plan(threshold=3))
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.cast("motion", "001", 0, 1, 0)
    chamber.close("motion")
    chamber.count("motion", indices=(2, 1, 3))
    assert known(chamber.service.sitting.polls["motion"].count).votes == {"for": 0, "against": 1, "abstain": 0}


def test_no_more_decryptions_are_taken_than_the_count_needs() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.close("motion")
    late = chamber.decryption("motion", 2)
    for index in (1, 3):
        chamber.service.polls.release("motion", index, chamber.decryption("motion", index))
    with pytest.raises(Refused) as refused:
        chamber.service.polls.release("motion", 2, late)
    assert refused.value.refusal.code is ChamberRefusal.DECRYPTIONS_COMPLETE


def test_a_decryption_by_another_share_is_refused() -> None:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    chamber.close("motion")
    with pytest.raises(Refused) as refused:
        chamber.service.polls.release("motion", 2, chamber.decryption("motion", 1))
    assert refused.value.refusal.code is ChamberRefusal.DECRYPTION_INVALID


def _motion_opened() -> Chamber:
    chamber = Chamber(sample_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    return chamber


def _rejected(chamber: Chamber) -> str:
    """Cast a ballot of 001 with the proof of another one and wait for its rejection; the ballot."""
    before = sum(isinstance(event, BallotRejected) for event in chamber.events)
    other = chamber.ballot("motion", "001", 0, 1, 0)
    spoiled = msgspec.json.decode(chamber.ballot("motion", "001", 1, 0, 0))
    spoiled["answers"][0]["overall_proof"] = msgspec.json.decode(other)["answers"][0]["overall_proof"]
    ballot = msgspec.json.encode(spoiled).decode()
    chamber.service.ballots.cast("001", "motion", ballot)
    chamber.until(lambda: sum(isinstance(event, BallotRejected) for event in chamber.events) > before)
    return ballot


def test_a_rejected_ballot_stays_in_the_journal_with_its_reason() -> None:
    chamber = _motion_opened()
    ballot = _rejected(chamber)
    chamber.cast("motion", "001", 1, 0, 0)
    chamber.finish("motion")
    kept = [row.event for row in chamber.journal.replay() if isinstance(row.event, BallotRejected)]
    assert [(event.delegate, event.reason) for event in kept] == [("001", "ballot_proof_invalid")]
    assert chamber.journal.ballot("motion", kept[0].tracker) == ballot.encode()
    assert ballot.encode() not in chamber.service.boards["motion"].archive()


def test_after_five_rejected_ballots_no_more_are_taken_also_after_a_restart() -> None:
    chamber = _motion_opened()
    for _ in range(MAX_REJECTED_BALLOTS):
        _rejected(chamber)
    resumed = Chamber(chamber.plan, chamber.journal)
    resumed.credentials = chamber.credentials
    for seated in (chamber, resumed):
        with pytest.raises(Refused) as refused:
            seated.cast("motion", "001", 1, 0, 0)
        assert refused.value.refusal.code is ChamberRefusal.TOO_MANY_REJECTED_BALLOTS
        assert refused.value.refusal.params["limit"] == MAX_REJECTED_BALLOTS
        seated.cast("motion", "002", 1, 0, 0)


def test_a_ballot_whose_proofs_fail_is_rejected_and_its_delegate_may_vote_again() -> None:
    chamber = _motion_opened()
    _rejected(chamber)
    assert chamber.service.sitting.polls["motion"].voters["001"].rejected == "ballot_proof_invalid"
    chamber.cast("motion", "001", 1, 0, 0)
    chamber.until(lambda: "001" in chamber.service.sitting.polls["motion"].returned)


def test_the_deadline_closes_a_poll_that_nobody_closes() -> None:
    chamber = Chamber(sample_plan(seconds=1), step=2000)
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("projects")
    chamber.until(lambda: chamber.state("projects") is PollState.SEALED)
    closed = [event for event in chamber.events if isinstance(event, PollClosed)]
    assert closed[0].by == "deadline"


def test_a_delegate_is_told_of_the_poll_before_anything_about_the_credential() -> None:
    """What the sitting refuses is refused without arithmetic, and nothing is registered."""
    chamber = Chamber(sample_plan())
    chamber.sign_in("001")
    for poll, delegate in (("nowhere", "001"), ("projects", "001"), ("projects", "002")):
        with pytest.raises(Refused) as refused:
            chamber.service.ballots.register(delegate, poll, "no credential")
        assert refused.value.refusal.code is not ChamberRefusal.CREDENTIAL_MALFORMED
    chamber.sign_in("002", "003")
    chamber.hold_ceremony()
    chamber.service.polls.prepare("projects")
    with pytest.raises(Refused) as refused:
        chamber.service.ballots.register("001", "projects", "no credential")
    assert refused.value.refusal.code is ChamberRefusal.CREDENTIAL_MALFORMED
    assert not chamber.service.sitting.polls["projects"].credentials
