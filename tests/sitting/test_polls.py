"""What opening, sealing, counting and confirming a poll need, and what they freeze."""

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.known import known
from tests.support.sittings import (
    NOW,
    asking,
    ballot,
    brought_to,
    ceremony,
    choose,
    do,
    opening,
    plan,
    preparing,
    ready,
    refusal,
    refused,
    releasing,
    signed_in,
    start,
)
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import Base
from voting.congress.refusal import Refusal
from voting.sitting import commands as c
from voting.sitting.decide.polls import may_prepare
from voting.sitting.events import PollOpened, TallySealed
from voting.sitting.machine import Sitting, decide, evolve, ready_credentials, why_not
from voting.sitting.poll import ClosedBy, PollState
from voting.sitting.progress import setup_of
from voting.sitting.refusals import ChamberRefusal


def prepared(state: Sitting) -> Sitting:
    return do(state, c.PreparePoll(poll="projects", election_uuid="uuid"))


def registering(number: str) -> c.RegisterCredential:
    return c.RegisterCredential(poll="projects", delegate=number, credential=f"credential {number}")


def test_preparing_needs_the_completed_key_ceremony() -> None:
    state = signed_in(start())
    assert refused(state, preparing("projects")) is ChamberRefusal.CEREMONY_INCOMPLETE


def test_preparing_needs_no_quorum_but_opening_does() -> None:
    state = do(prepared(ready(plan(6), present=3)), registering("001"))
    assert refusal(state, opening("projects")) == Refusal(
        code=ChamberRefusal.NO_QUORUM, params={"present": 3, "needed": 4}
    )
    state = do(state, c.SignIn(delegate="004"), opening("projects"))
    assert state.polls["projects"].state is PollState.OPEN


@pytest.mark.parametrize(
    ("quorum", "present", "needed"),
    [({"fraction": "5/6"}, 4, 5), ({"base": Base.STATUTORY_SEATS}, 5, 6), ({"fraction": "1/1"}, 5, 6)],
)
def test_the_adopted_rules_say_how_many_must_be_present_to_open(
    quorum: dict[str, str], present: int, needed: int
) -> None:
    poll = asking(choose(), ruleset=ruleset(quorum=quorum))
    six = plan(6, polls=(poll,))
    six = replace(six, roster=replace(six.roster, statutory_seats=9))
    state = do(prepared(ready(six, present=present)), registering("001"))
    assert refusal(state, opening("projects")) == Refusal(
        code=ChamberRefusal.NO_QUORUM, params={"present": present, "needed": needed}
    )


def test_opening_is_refused_while_nobody_has_registered() -> None:
    assert refused(prepared(ready()), opening("projects")) is ChamberRefusal.NOBODY_READY


def test_who_departed_before_opening_is_not_ready() -> None:
    state = do(prepared(ready()), registering("003"), c.RecordDeparture(delegate="003"))
    assert ready_credentials(state, state.polls["projects"]) == {}
    assert refused(state, opening("projects")) is ChamberRefusal.NOBODY_READY


def test_opening_drops_the_credentials_of_departed_delegates() -> None:
    state = do(prepared(ready()), registering("001"), registering("002"), c.RecordDeparture(delegate="002"))
    events = decide(state, opening("projects", fingerprint="f"), NOW)
    assert isinstance(events, tuple)
    (opened,) = events
    assert isinstance(opened, PollOpened)
    assert opened.issued == 1
    poll = evolve(state, opened).polls["projects"]
    assert (poll.credentials, poll.issued) == ({"001": "credential 001"}, 1)
    assert (poll.head, setup_of(poll).fingerprint, known(poll.opened).at) == ("f", "f", NOW)


def test_the_list_stays_frozen_when_a_delegate_departs_after_opening() -> None:
    state = do(brought_to(ready(), PollState.OPEN), c.RecordDeparture(delegate="002"))
    assert len(ready_credentials(state, state.polls["projects"])) == 3
    assert state.polls["projects"].issued == 3


@pytest.mark.parametrize(
    ("planned", "asked", "closes_at"),
    [(None, None, None), (90, None, NOW + 90_000), (90, 30, NOW + 30_000), (90, 0, None), (None, 30, NOW + 30_000)],
)
def test_the_end_is_preset_as_planned_or_as_the_chair_says(
    planned: int | None, asked: int | None, closes_at: int | None
) -> None:
    state = ready(plan(polls=(replace(choose(), seconds=planned),)))
    state = do(prepared(state), registering("001"), opening("projects", seconds=asked))
    assert known(state.polls["projects"].opened).closes_at == closes_at


def test_sealing_waits_for_the_last_verification() -> None:
    state = do(prepared(ready()), registering("001"), opening("projects"), ballot("001"))
    state = do(state, c.ClosePoll(poll="projects", by=ClosedBy.DEADLINE))
    seal = c.SealTally(poll="projects", encrypted_tally="sum", head="head")
    assert refusal(state, seal) == Refusal(
        code=ChamberRefusal.VERIFICATION_PENDING, params={"poll": "projects", "pending": 1}
    )
    state = do(state, c.RejectBallot(poll="projects", delegate="001", tracker="tracker 001", reason="proof_invalid"))
    events = decide(state, seal, NOW)
    assert isinstance(events, tuple)
    (sealed,) = events
    assert isinstance(sealed, TallySealed)
    assert sealed.returned == 0


def sealed_without_decryptions() -> Sitting:
    state = do(brought_to(ready(), PollState.OPEN), c.ClosePoll(poll="projects"))
    return do(state, c.SealTally(poll="projects", encrypted_tally="sum", head="head"))


def test_a_scrutineer_releases_one_decryption() -> None:
    state = sealed_without_decryptions()
    release = c.ReleaseDecryption(poll="projects", scrutineer=1, decryption="share", head="h1")
    state = do(state, release)
    assert refused(state, release) is ChamberRefusal.DECRYPTION_REPEATED
    assert refused(state, replace(release, decryption="another")) is ChamberRefusal.DECRYPTION_REPEATED
    assert refused(state, replace(release, scrutineer=4)) is ChamberRefusal.UNKNOWN_SCRUTINEER


def test_counting_needs_as_many_decryptions_as_the_threshold() -> None:
    state = do(sealed_without_decryptions(), releasing("projects", 2))
    counting = c.CountPoll(poll="projects", votes=(1, 1, 1), result="result", head="head")
    assert refusal(state, counting) == Refusal(
        code=ChamberRefusal.DECRYPTIONS_MISSING, params={"poll": "projects", "have": 1, "need": 2}
    )
    state = do(state, releasing("projects", 3), counting)
    assert state.polls["projects"].state is PollState.COUNTED


@pytest.mark.parametrize("votes", [(), (1, 1), (1, 1, 1, 1), (4, 0, 0), (-1, 1, 1), (3, 3, 3)])
def test_figures_that_three_ballots_cannot_add_up_to_are_refused(votes: tuple[int, ...]) -> None:
    state = brought_to(ready(), PollState.SEALED)
    counting = c.CountPoll(poll="projects", votes=votes, result="result", head="head")
    assert refused(state, counting) is ChamberRefusal.DECRYPTION_INVALID


def test_the_count_report_of_a_choice() -> None:
    state = do(brought_to(ready(), PollState.OPEN), c.RecordDeparture(delegate="003"))
    state = do(state, c.ClosePoll(poll="projects"))
    state = do(state, c.SealTally(poll="projects", encrypted_tally="sum", head="head"))
    state = do(state, *(releasing("projects", i) for i in (1, 2)))
    state = do(state, c.CountPoll(poll="projects", votes=(3, 2, 1), result="result", head="last"))
    poll = state.polls["projects"]
    assert poll.count is not None
    assert (poll.count.entitled, poll.count.issued, poll.count.returned) == (3, 3, 3)
    assert (poll.count.valid, poll.count.void, poll.count.not_pressed) == (3, 0, 0)
    assert poll.count.votes == {"p1": 3, "p2": 2, "p3": 1}
    assert (poll.count.medium, poll.count.by_hand) == (Medium.ELECTRONIC, 0)
    assert poll.outcome is not None
    assert poll.outcome.elected == ("p1", "p2")
    assert poll.head == "last"


def test_only_the_chief_scrutineer_confirms() -> None:
    state = brought_to(ready(), PollState.COUNTED)
    assert refused(state, c.ConfirmCount(poll="projects", scrutineer=2)) is ChamberRefusal.NOT_CHIEF_SCRUTINEER
    assert refused(state, c.ConfirmCount(poll="projects", scrutineer=9)) is ChamberRefusal.UNKNOWN_SCRUTINEER
    assert do(state, c.ConfirmCount(poll="projects", scrutineer=1)).polls["projects"].confirmed_by == 1


def test_a_dry_run_tells_why_and_changes_nothing() -> None:
    state = start()
    assert why_not(may_prepare, state, "projects") == Refusal(code=ChamberRefusal.CEREMONY_INCOMPLETE)
    state = do(state, *ceremony(state))
    assert why_not(may_prepare, state, "projects") is None
    assert state.polls["projects"].state is PollState.PLANNED
