"""Which decision answers which command."""

from typing import assert_never

from voting.sitting import commands as c
from voting.sitting.decide import (
    admission,
    agreement,
    alarms,
    annulling,
    attendance,
    ballots,
    ceremony,
    counts,
    hands,
    planning,
    polls,
    record,
)
from voting.sitting.events import Events
from voting.sitting.state import Sitting


def decide(state: Sitting, command: c.Command, now: int) -> Events:
    """The events `command` produces at `now` (Unix ms), none when it was already carried out. Raises Refused."""
    match command:
        case c.SignIn():
            return attendance.sign_in(state, command, now)
        case c.SignInObserver():
            return attendance.sign_in_observer(state, command, now)
        case c.RecordLeave():
            return attendance.record_leave(state, command, now)
        case c.RecordDeparture():
            return attendance.record_departure(state, command, now)
        case c.CallItem():
            return attendance.call_item(state, command, now)
        case c.AcceptRollback():
            return record.accept_rollback(command, now)
        case c.ReplaceCode():
            return admission.replace_code(command, now)
        case c.LogOutEverywhere():
            return admission.log_out_everywhere(command, now)
        case c.PostCeremonyMessage():
            return ceremony.post_message(state, command, now)
        case c.CompleteCeremony():
            return ceremony.complete(state, command, now)
        case c.PreparePoll():
            return polls.prepare(state, command, now)
        case c.RegisterCredential():
            return ballots.register(state, command, now)
        case c.OpenPoll():
            return polls.open_poll(state, command, now)
        case c.StoreBallot():
            return ballots.store(state, command, now)
        case c.AcceptBallot():
            return ballots.accept(state, command, now)
        case c.RejectBallot():
            return ballots.reject(state, command, now)
        case c.MoveDeadline():
            return polls.move_deadline(state, command, now)
        case c.ClosePoll():
            return polls.close(state, command, now)
        case c.SealTally():
            return polls.seal(state, command, now)
        case c.SignClosedBoard():
            return agreement.sign(state, command, now)
        case c.CompareClosedHead():
            return agreement.compare(state, command, now)
        case c.RaiseAlarm():
            return alarms.raise_alarm(state, command, now)
        case c.PostShuffle():
            return counts.shuffle(state, command, now)
        case c.ReleaseDecryption():
            return counts.release(state, command, now)
        case c.CountPoll():
            return counts.count(state, command, now)
        case c.ConfirmCount():
            return counts.confirm(state, command, now)
        case c.AnnounceResult():
            return polls.announce(state, command, now)
        case c.AnnulPoll():
            return annulling.annul(state, command, now)
        case c.AskAnnulment():
            return annulling.ask(state, command, now)
        case c.ConfirmAnnulment():
            return annulling.confirm(state, command, now)
        case c.PlanPoll():
            return planning.plan_poll(state, command, now)
        case c.OpenByHand():
            return hands.open_by_hand(state, command, now)
        case c.IssuePaper():
            return hands.issue_paper(state, command, now)
        case c.EnterHandCount():
            return hands.enter(state, command, now)
        case c.ConfirmHandCount():
            return hands.confirm(state, command, now)
        case _:
            assert_never(command)
