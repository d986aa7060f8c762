"""Credentials and ballots: who may register and cast, in which order refusals come, and what a resend does."""

import pytest
from msgspec.structs import replace

from tests.support.sittings import NOW, accepting, ballot, brought_to, do, opening, plan, ready, refusal, refused
from voting.congress.limits import MAX_REJECTED_BALLOTS
from voting.congress.refusal import Refusal
from voting.sitting import commands as c
from voting.sitting.events import BallotAccepted
from voting.sitting.machine import Sitting, decide, evolve
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal


def registering(number: str, credential: str = "") -> c.RegisterCredential:
    return c.RegisterCredential(poll="projects", delegate=number, credential=credential or f"credential {number}")


def prepared() -> Sitting:
    return do(ready(plan(4), present=3), c.PreparePoll(poll="projects", election_uuid="uuid"))


def opened() -> Sitting:
    """Three of four are present; 001 and 002 are on the list, nobody has cast."""
    return do(prepared(), registering("001"), registering("002"), opening("projects"))


def rejecting(number: str) -> c.RejectBallot:
    return c.RejectBallot(poll="projects", delegate=number, tracker=f"tracker {number}", reason="proof_invalid")


def test_registering_again_replaces_and_the_same_changes_nothing() -> None:
    state = do(prepared(), registering("001", "first"))
    assert decide(state, registering("001", "first"), NOW) == ()
    state = do(state, registering("001", "second"))
    assert state.polls["projects"].credentials == {"001": "second"}
    assert do(state, registering("002", "first")).polls["projects"].credentials["002"] == "first"


def test_a_credential_belongs_to_one_delegate() -> None:
    state = do(prepared(), registering("001", "same"))
    assert refused(state, registering("002", "same")) is ChamberRefusal.CREDENTIAL_TAKEN


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("L01", ChamberRefusal.OBSERVER_CANNOT_VOTE),
        ("999", ChamberRefusal.UNKNOWN_DELEGATE),
        ("004", ChamberRefusal.NOT_SIGNED_IN),
    ],
)
def test_only_delegates_present_register(number: str, code: ChamberRefusal) -> None:
    assert refused(prepared(), registering(number)) is code


@pytest.mark.parametrize("before", sorted(set(PollState) - {PollState.PREPARED}))
def test_credentials_are_taken_only_while_prepared(before: PollState) -> None:
    assert refused(brought_to(ready(), before), registering("001")) is ChamberRefusal.POLL_NOT_PREPARED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"poll": "nowhere"}, ChamberRefusal.UNKNOWN_POLL),
        ({"delegate": "L01"}, ChamberRefusal.OBSERVER_CANNOT_VOTE),
        ({"delegate": "999"}, ChamberRefusal.UNKNOWN_DELEGATE),
        ({"delegate": "004"}, ChamberRefusal.NOT_SIGNED_IN),
        ({"delegate": "003"}, ChamberRefusal.NOT_ON_CREDENTIAL_LIST),
        ({"credential": "credential 002"}, ChamberRefusal.CREDENTIAL_NOT_YOURS),
        ({"credential": "of nobody"}, ChamberRefusal.CREDENTIAL_UNKNOWN),
    ],
)
def test_a_ballot_of_the_wrong_hand_is_refused(change: dict[str, str], code: ChamberRefusal) -> None:
    assert refused(opened(), replace(ballot("001"), **change)) is code


@pytest.mark.parametrize("before", sorted(set(PollState) - {PollState.OPEN}))
def test_ballots_are_taken_only_while_open(before: PollState) -> None:
    state = brought_to(ready(), before)
    assert refused(state, replace(ballot("001"), tracker="new")) is ChamberRefusal.POLL_NOT_OPEN


def test_who_departed_casts_again_only_after_signing_in_again() -> None:
    state = do(opened(), c.RecordDeparture(delegate="001"))
    assert refused(state, ballot("001")) is ChamberRefusal.NOT_SIGNED_IN
    state = do(state, c.SignIn(delegate="001", by_desk=True), ballot("001"))
    assert state.polls["projects"].pending == {"001": "tracker 001"}


def test_one_ballot_per_delegate_stored_or_accepted() -> None:
    another = replace(ballot("001"), tracker="another")
    state = do(opened(), ballot("001"))
    assert refused(state, another) is ChamberRefusal.ALREADY_VOTED
    assert refused(do(state, accepting("001")), another) is ChamberRefusal.ALREADY_VOTED


def test_a_resent_ballot_gives_no_event_before_and_after_closing() -> None:
    stored = do(opened(), ballot("001"))
    accepted = do(stored, accepting("001"))
    closed = do(accepted, c.RecordDeparture(delegate="001"), c.ClosePoll(poll="projects"))
    for state in (stored, accepted, closed, do(stored, c.ClosePoll(poll="projects"))):
        assert decide(state, ballot("001"), NOW) == ()
    assert decide(brought_to(ready(), PollState.ANNOUNCED), ballot("001"), NOW) == ()


def test_a_resent_ballot_under_a_foreign_credential_is_no_resend() -> None:
    state = do(opened(), ballot("001"))
    forged = replace(ballot("001"), credential="credential 002")
    assert refused(state, forged) is ChamberRefusal.CREDENTIAL_NOT_YOURS


def test_an_accepted_ballot_moves_to_the_board() -> None:
    state, accept = do(opened(), ballot("001")), replace(accepting("001"), height=7, head="h7")
    (accepted,) = decide(state, accept, NOW)
    poll = evolve(state, accepted).polls["projects"]
    assert (poll.pending, poll.returned, poll.head) == ({}, {"001": "tracker 001"}, "h7")
    assert isinstance(accepted, BallotAccepted)
    assert (accepted.height, accepted.head) == (7, "h7")


def test_after_a_rejection_the_delegate_casts_again() -> None:
    state = do(opened(), ballot("001"), rejecting("001"))
    assert state.polls["projects"].voters["001"].rejected == "proof_invalid"
    state = do(state, replace(ballot("001"), tracker="better"))
    poll = state.polls["projects"]
    assert (poll.pending, poll.voters["001"].rejected) == ({"001": "better"}, None)


def test_after_five_rejections_the_delegate_sends_no_more_and_others_still_do() -> None:
    state = opened()
    for number in range(MAX_REJECTED_BALLOTS):
        tracker = f"tracker {number}"
        state = do(state, replace(ballot("001"), tracker=tracker), replace(rejecting("001"), tracker=tracker))
    expected = Refusal(ChamberRefusal.TOO_MANY_REJECTED_BALLOTS, {"delegate": "001", "limit": 5})
    assert refusal(state, ballot("001")) == expected
    assert do(state, ballot("002")).polls["projects"].pending == {"002": "tracker 002"}


def test_rejections_are_counted_per_poll() -> None:
    state = do(opened(), ballot("001"), rejecting("001"))
    assert state.polls["projects"].voters["001"].rejections == 1
    assert state.polls["motion"].voter("001").rejections == 0


def test_after_closing_a_rejected_ballot_cannot_be_replaced() -> None:
    state = do(opened(), ballot("001"), c.ClosePoll(poll="projects"), rejecting("001"))
    assert refused(state, ballot("001")) is ChamberRefusal.POLL_NOT_OPEN


@pytest.mark.parametrize("finding", [accepting("001"), rejecting("001")])
def test_only_a_stored_ballot_is_accepted_or_rejected(finding: c.AcceptBallot | c.RejectBallot) -> None:
    assert refused(opened(), finding) is ChamberRefusal.BALLOT_WRONG_POLL
    assert refused(do(opened(), ballot("001")), replace(finding, tracker="other")) is ChamberRefusal.BALLOT_WRONG_POLL
    assert refused(opened(), replace(finding, poll="nowhere")) is ChamberRefusal.UNKNOWN_POLL
    done = do(opened(), ballot("001"), accepting("001"))
    assert refused(done, finding) is ChamberRefusal.BALLOT_WRONG_POLL


@pytest.mark.parametrize("finding", [accepting("001"), rejecting("001")])
@pytest.mark.parametrize("before", sorted(set(PollState) - {PollState.OPEN, PollState.CLOSED}))
def test_verification_ends_with_sealing(before: PollState, finding: c.AcceptBallot | c.RejectBallot) -> None:
    assert refused(brought_to(ready(), before), finding) is ChamberRefusal.POLL_NOT_OPEN


@pytest.mark.parametrize("finding", [accepting("001"), rejecting("001")])
def test_stored_ballots_are_verified_after_closing(finding: c.AcceptBallot | c.RejectBallot) -> None:
    state = do(opened(), ballot("001"), c.ClosePoll(poll="projects"), finding)
    assert state.polls["projects"].pending == {}
