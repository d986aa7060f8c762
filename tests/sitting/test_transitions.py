"""Every state times every step: allowed exactly as the transition table says, refused by name otherwise."""

import pytest
from msgspec.structs import replace

from tests.support.sittings import brought_to, do, opening, ready, refused
from voting.sitting import commands as c
from voting.sitting.poll import COUNT_KNOWN, RUNNING, TRANSITIONS, PollState, PollStep
from voting.sitting.refusals import ChamberRefusal

COMMANDS: dict[PollStep, c.Command] = {
    PollStep.PREPARE: c.PreparePoll(poll="projects", election_uuid="uuid"),
    PollStep.OPEN: opening("projects"),
    PollStep.CLOSE: c.ClosePoll(poll="projects"),
    PollStep.SEAL: c.SealTally(poll="projects", encrypted_tally="sum", head="head"),
    PollStep.COUNT: c.CountPoll(poll="projects", votes=(0, 0, 0), result="result", head="head"),
    PollStep.CONFIRM: c.ConfirmCount(poll="projects", scrutineer=1),
    PollStep.ANNOUNCE: c.AnnounceResult(poll="projects"),
    PollStep.ANNUL: c.AnnulPoll(poll="projects", reason="示例理由"),
}
# Counting by hand is a step of other polls: test_hand_counts.py.
CODES = {
    PollStep.PREPARE: ChamberRefusal.POLL_NOT_PLANNED,
    PollStep.OPEN: ChamberRefusal.POLL_NOT_PREPARED,
    PollStep.CLOSE: ChamberRefusal.POLL_NOT_OPEN,
    PollStep.SEAL: ChamberRefusal.POLL_NOT_CLOSED,
    PollStep.COUNT: ChamberRefusal.POLL_NOT_SEALED,
    PollStep.CONFIRM: ChamberRefusal.POLL_NOT_COUNTED,
    PollStep.ANNOUNCE: ChamberRefusal.POLL_NOT_CONFIRMED,
}
# Written out here a second time, so that a slip in the table shows.
FORWARD = (
    (PollState.PLANNED, PollStep.PREPARE, PollState.PREPARED),
    (PollState.PREPARED, PollStep.OPEN, PollState.OPEN),
    (PollState.OPEN, PollStep.CLOSE, PollState.CLOSED),
    (PollState.CLOSED, PollStep.SEAL, PollState.SEALED),
    (PollState.SEALED, PollStep.COUNT, PollState.COUNTED),
    (PollState.COUNTED, PollStep.CONFIRM, PollState.CONFIRMED),
    (PollState.CONFIRMED, PollStep.ANNOUNCE, PollState.ANNOUNCED),
)
EXPECTED = {(before, step): after for before, step, after in FORWARD} | {
    (state, PollStep.ANNUL): PollState.ANNULLED for state in RUNNING
}
BY_HAND = {(PollState.CLOSED, PollStep.COUNT_BY_HAND): PollState.COUNTED}


def test_the_table_is_the_forward_path_and_annulment_of_running_polls() -> None:
    assert TRANSITIONS == EXPECTED | BY_HAND
    assert set(PollState) - RUNNING == {PollState.PLANNED, PollState.ANNOUNCED, PollState.ANNULLED}


@pytest.mark.parametrize("step", COMMANDS)
@pytest.mark.parametrize("before", PollState)
def test_a_step_moves_on_or_is_refused_as_the_table_says(before: PollState, step: PollStep) -> None:
    state = brought_to(ready(), before)
    assert state.polls["projects"].state is before
    if step is PollStep.ANNUL and before in COUNT_KNOWN:
        assert refused(state, COMMANDS[step]) is ChamberRefusal.COUNT_KNOWN
    elif (before, step) in EXPECTED:
        assert do(state, COMMANDS[step]).polls["projects"].state is EXPECTED[before, step]
    elif step is PollStep.ANNUL:
        planned = before is PollState.PLANNED
        code = ChamberRefusal.POLL_NOT_PREPARED if planned else ChamberRefusal.POLL_ALREADY_ENDED
        assert refused(state, COMMANDS[step]) is code
    else:
        assert refused(state, COMMANDS[step]) is CODES[step]


@pytest.mark.parametrize("step", COMMANDS)
def test_every_step_on_an_unknown_poll_is_refused(step: PollStep) -> None:
    assert refused(ready(), replace(COMMANDS[step], poll="nowhere")) is ChamberRefusal.UNKNOWN_POLL


@pytest.mark.parametrize("before", PollState)
def test_decryptions_are_released_only_while_sealed(before: PollState) -> None:
    state = brought_to(ready(), before)
    release = c.ReleaseDecryption(poll="projects", scrutineer=3, decryption="share", head="h3")
    if before is PollState.SEALED:
        assert refused(state, release) is ChamberRefusal.DECRYPTIONS_COMPLETE
        sealed = do(brought_to(ready(), PollState.CLOSED), COMMANDS[PollStep.SEAL])
        poll = do(sealed, release).polls["projects"]
        assert (poll.decryptions[3], poll.head, poll.state) == ("share", "h3", PollState.SEALED)
    else:
        assert refused(state, release) is ChamberRefusal.POLL_NOT_SEALED


@pytest.mark.parametrize("before", sorted(RUNNING))
def test_another_poll_is_not_prepared_while_one_is_running(before: PollState) -> None:
    state = brought_to(ready(), before)
    assert refused(state, c.PreparePoll(poll="motion", election_uuid="u2")) is ChamberRefusal.ANOTHER_POLL_RUNNING


@pytest.mark.parametrize("before", [PollState.ANNOUNCED, PollState.ANNULLED])
def test_the_next_poll_is_prepared_once_the_last_has_ended(before: PollState) -> None:
    state = do(brought_to(ready(), before), c.PreparePoll(poll="motion", election_uuid="u2"))
    assert state.polls["motion"].state is PollState.PREPARED
    assert state.polls["motion"].election_uuid == "u2"


def test_an_annulled_poll_keeps_its_ballots_and_its_reason() -> None:
    poll = brought_to(ready(), PollState.ANNULLED).polls["projects"]
    assert poll.annulled_because == "示例理由"
    assert list(poll.returned) == ["001", "002", "003"]


@pytest.mark.parametrize("reason", ["", "  ", "\u3000\n"])
def test_annulling_without_a_reason_is_refused(reason: str) -> None:
    state = brought_to(ready(), PollState.OPEN)
    assert refused(state, c.AnnulPoll(poll="projects", reason=reason)) is ChamberRefusal.REASON_NEEDED
