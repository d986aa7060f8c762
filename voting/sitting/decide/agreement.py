"""Decisions on the closed board: scrutineers sign it, or compare its head aloud, before it is decrypted."""

from voting.congress.law.ruleset import Secrecy
from voting.congress.refusal import refuse
from voting.sitting.commands import CompareClosedHead, SignClosedBoard
from voting.sitting.decide.guards import check_enough_ballots, poll_at_step
from voting.sitting.events import ClosedBoardSigned, ClosedHeadCompared, Events
from voting.sitting.poll import PollStep
from voting.sitting.progress import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting


def sign(state: Sitting, command: SignClosedBoard, now: int) -> Events:
    """A scrutineer's terminal signs the closed board, once; the same signature again changes nothing."""
    progress = _closed(state, command.poll, command.scrutineer)
    signed = progress.signed.get(command.scrutineer)
    if signed == command.signed:
        return ()
    if signed is not None:
        raise refuse(ChamberRefusal.CLOSED_BOARD_REPEATED, scrutineer=command.scrutineer)
    return (ClosedBoardSigned(at=now, poll=command.poll, scrutineer=command.scrutineer, signed=command.signed),)


def compare(state: Sitting, command: CompareClosedHead, now: int) -> Events:
    """A scrutineer compared the closed head with the hall screen aloud, once."""
    progress = _closed(state, command.poll, command.scrutineer)
    if command.scrutineer in progress.compared:
        return ()
    return (ClosedHeadCompared(at=now, poll=command.poll, scrutineer=command.scrutineer, head=command.head),)


def _closed(state: Sitting, poll: str, scrutineer: int) -> PollProgress:
    progress = poll_at_step(state, poll, PollStep.COUNT)
    if progress.question.secrecy is Secrecy.RECORDED:
        raise refuse(ChamberRefusal.POLL_NOT_DECRYPTED, poll=poll)
    check_enough_ballots(progress)
    state.plan.scrutineer(scrutineer)
    return progress
