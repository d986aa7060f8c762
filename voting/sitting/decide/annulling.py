"""Decisions that end a poll without a result: by the chair, or by chair and chief once its count is known."""

from voting.congress.refusal import refuse
from voting.sitting.commands import AnnulPoll, AskAnnulment, ConfirmAnnulment
from voting.sitting.decide.guards import check_chief, check_reason, poll_at_step
from voting.sitting.events import AnnulmentAsked, AnnulmentConfirmed, Events, PollAnnulled
from voting.sitting.poll import COUNT_KNOWN, PollStep
from voting.sitting.progress import AskedAnnulment, PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting


def may_annul(state: Sitting, poll: str) -> None:
    """Only a running poll whose count nobody knows yet: whoever knows it could choose between two."""
    progress = poll_at_step(state, poll, PollStep.ANNUL)
    if progress.state in COUNT_KNOWN:
        raise refuse(ChamberRefusal.COUNT_KNOWN, poll=poll)


def annul(state: Sitting, command: AnnulPoll, now: int) -> Events:
    """Ends a running poll with a reason; ballots and record are kept."""
    may_annul(state, command.poll)
    check_reason(command.reason)
    return (PollAnnulled(at=now, poll=command.poll, reason=command.reason),)


def may_ask(state: Sitting, poll: str) -> PollProgress:
    """Only of a poll whose count is known, and that is not announced."""
    progress = poll_at_step(state, poll, PollStep.ANNUL)
    if progress.state not in COUNT_KNOWN:
        raise refuse(ChamberRefusal.POLL_NOT_COUNTED, poll=poll, state=progress.state.value)
    return progress


def ask(state: Sitting, command: AskAnnulment, now: int) -> Events:
    """The chair or the chief scrutineer asks, with a reason; a later request takes the place of an earlier one."""
    before = may_ask(state, command.poll).annulment
    if command.scrutineer is not None:
        check_chief(state, command.scrutineer)
    check_reason(command.reason)
    asked = AnnulmentAsked(
        # Who confirms names the request by its time, so no two may have the same one.
        at=now if before is None else max(now, before.asked_at + 1),
        poll=command.poll,
        scrutineer=command.scrutineer,
        reason=command.reason,
    )
    return (asked,)


def may_confirm(state: Sitting, poll: str, scrutineer: int | None) -> AskedAnnulment:
    """What the other one of the two has asked for."""
    asked = may_ask(state, poll).annulment
    if scrutineer is not None:
        check_chief(state, scrutineer)
    if asked is None:
        raise refuse(ChamberRefusal.ANNULMENT_NOT_ASKED, poll=poll)
    if (asked.asked_by is None) == (scrutineer is None):
        raise refuse(ChamberRefusal.ANNULMENT_OWN, poll=poll)
    return asked


def confirm(state: Sitting, command: ConfirmAnnulment, now: int) -> Events:
    """The other one agrees to the request as seen. The poll ends; its count is published with the reason."""
    asked = may_confirm(state, command.poll, command.scrutineer)
    if asked.asked_at != command.asked_at:
        raise refuse(ChamberRefusal.ANNULMENT_NOT_ASKED, poll=command.poll)
    confirmed = AnnulmentConfirmed(at=now, poll=command.poll, scrutineer=command.scrutineer, asked_at=command.asked_at)
    return (confirmed, PollAnnulled(at=now, poll=command.poll, reason=asked.reason))
