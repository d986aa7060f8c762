"""Which decision answers which command: one table, complete over commands.py."""

from collections.abc import Callable
from typing import Any

from voting.sitting import commands as c
from voting.sitting.decide import attendance, ballots, ceremony, counts, hands, planning, polls
from voting.sitting.decide.attendance import Decision
from voting.sitting.state import Sitting

_DECISIONS: dict[type[c.Command], Callable[[Sitting, Any, int], Decision]] = {
    c.SignIn: attendance.sign_in,
    c.SignInObserver: attendance.sign_in_observer,
    c.RecordLeave: attendance.record_leave,
    c.RecordDeparture: attendance.record_departure,
    c.CallItem: attendance.call_item,
    c.PostCeremonyMessage: ceremony.post_message,
    c.CompleteCeremony: ceremony.complete,
    c.PreparePoll: polls.prepare,
    c.RegisterCredential: ballots.register,
    c.OpenPoll: polls.open_poll,
    c.StoreBallot: ballots.store,
    c.AcceptBallot: ballots.accept,
    c.RejectBallot: ballots.reject,
    c.ClosePoll: polls.close,
    c.SealTally: polls.seal,
    c.PostShuffle: counts.shuffle,
    c.ReleaseDecryption: counts.release,
    c.CountPoll: counts.count,
    c.ConfirmCount: counts.confirm,
    c.AnnounceResult: polls.announce,
    c.AnnulPoll: polls.annul,
    c.PlanPoll: planning.plan_poll,
    c.OpenByHand: hands.open_by_hand,
    c.IssuePaper: hands.issue_paper,
    c.EnterHandCount: hands.enter,
    c.ConfirmHandCount: hands.confirm,
}


def decide(state: Sitting, command: c.Command, now: int) -> Decision:
    """The events `command` produces at `now` (Unix ms), none when it was already carried out, or why it is refused."""
    return _DECISIONS[type(command)](state, command, now)
