"""The fold of the journal: evolve(state, event) -> state. It trusts its events; decide alone judges."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from voting.sitting import events as e
from voting.sitting.hand_counts import HandCount
from voting.sitting.poll import TRANSITIONS, PollStep
from voting.sitting.state import Ceremony, PollProgress, Sitting, ready_credentials


def evolve(state: Sitting | None, event: e.AnyEvent) -> Sitting:
    """The state after `event`; the journal's first event convenes. Raises ValueError when it stands anywhere else."""
    if isinstance(event, e.SittingConvened):
        if state is not None:
            raise ValueError("a journal convenes once")
        polls = {plan.id: PollProgress(plan=plan) for plan in event.plan.polls}
        return Sitting(plan=event.plan, convened_at=event.at, polls=polls)
    if state is None:
        raise ValueError("a journal begins with sitting_convened")
    sitting_step = _ON_SITTING.get(type(event))
    if sitting_step is not None:
        return sitting_step(state, event)
    return _on_poll(state, event)


def _without(entries: dict[str, Any], key: str) -> dict[str, Any]:
    if key not in entries:
        return entries
    kept = entries.copy()
    del kept[key]
    return kept


def _delegate_signed_in(state: Sitting, event: e.DelegateSignedIn) -> Sitting:
    return replace(
        state,
        present={**state.present, event.delegate: event.at},
        on_leave=_without(state.on_leave, event.delegate),
        departed=_without(state.departed, event.delegate),
    )


def _observer_signed_in(state: Sitting, event: e.ObserverSignedIn) -> Sitting:
    return replace(state, observers_present={**state.observers_present, event.observer: event.at})


def _leave_recorded(state: Sitting, event: e.LeaveRecorded) -> Sitting:
    return replace(state, on_leave={**state.on_leave, event.delegate: event.at})


def _delegate_departed(state: Sitting, event: e.DelegateDeparted) -> Sitting:
    return replace(
        state,
        present=_without(state.present, event.delegate),
        departed={**state.departed, event.delegate: event.at},
    )


def _item_called(state: Sitting, event: e.ItemCalled) -> Sitting:
    return replace(state, current_item=event.item)


def _ceremony_message_posted(state: Sitting, event: e.CeremonyMessagePosted) -> Sitting:
    messages = state.ceremony.messages
    posted = {**messages.get(event.round, {}), event.scrutineer: event.message}
    return replace(state, ceremony=replace(state.ceremony, messages={**messages, event.round: posted}))


def _ceremony_completed(state: Sitting, event: e.CeremonyCompleted) -> Sitting:
    ceremony = Ceremony(messages=state.ceremony.messages, trustees=event.trustees, public_key=event.public_key)
    return replace(state, ceremony=ceremony)


def _poll_planned(state: Sitting, event: e.PollPlanned) -> Sitting:
    polls = {**state.polls, event.plan.id: PollProgress(plan=event.plan)}
    return replace(state, polls=polls, added={**state.added, event.plan.id: event.item})


_ON_SITTING: dict[type[e.Event], Callable[[Sitting, Any], Sitting]] = {
    e.DelegateSignedIn: _delegate_signed_in,
    e.ObserverSignedIn: _observer_signed_in,
    e.LeaveRecorded: _leave_recorded,
    e.DelegateDeparted: _delegate_departed,
    e.ItemCalled: _item_called,
    e.CeremonyMessagePosted: _ceremony_message_posted,
    e.CeremonyCompleted: _ceremony_completed,
    e.PollPlanned: _poll_planned,
}


def _prepared(_: Sitting, poll: PollProgress, event: e.PollPrepared) -> PollProgress:
    return replace(poll, election_uuid=event.election_uuid)


def _credential_registered(_: Sitting, poll: PollProgress, event: e.CredentialRegistered) -> PollProgress:
    return replace(poll, registered={**poll.registered, event.delegate: event.credential})


def _opened(state: Sitting, poll: PollProgress, event: e.PollOpened) -> PollProgress:
    return replace(
        poll,
        registered=ready_credentials(state, poll),
        election=event.election,
        credentials=event.credentials,
        fingerprint=event.fingerprint,
        opened_at=event.at,
        closes_at=event.closes_at,
        height=0,
        head=event.fingerprint,
        present_at_opening=len(state.present),
    )


def _opened_by_hand(state: Sitting, poll: PollProgress, event: e.PollOpenedByHand) -> PollProgress:
    return replace(poll, registered={}, opened_at=event.at, present_at_opening=len(state.present))


def _paper_issued(_: Sitting, poll: PollProgress, event: e.PaperIssued) -> PollProgress:
    return replace(poll, on_paper={**poll.on_paper, event.delegate: event.reason})


def _stored(_: Sitting, poll: PollProgress, event: e.BallotStored) -> PollProgress:
    return replace(
        poll,
        stored={**poll.stored, event.delegate: event.tracker},
        rejected=_without(poll.rejected, event.delegate),
    )


def _accepted(_: Sitting, poll: PollProgress, event: e.BallotAccepted) -> PollProgress:
    superseded, earlier = poll.superseded, poll.accepted.get(event.delegate)
    if earlier is not None:
        superseded = {**superseded, event.delegate: (*superseded.get(event.delegate, ()), earlier)}
    return replace(
        poll,
        superseded=superseded,
        stored=_without(poll.stored, event.delegate),
        accepted={**poll.accepted, event.delegate: event.tracker},
        height=event.height,
        head=event.head,
    )


def _rejected(_: Sitting, poll: PollProgress, event: e.BallotRejected) -> PollProgress:
    return replace(
        poll,
        stored=_without(poll.stored, event.delegate),
        rejected={**poll.rejected, event.delegate: event.reason},
        rejections={**poll.rejections, event.delegate: poll.rejections.get(event.delegate, 0) + 1},
    )


def _closed(_: Sitting, poll: PollProgress, event: e.PollClosed) -> PollProgress:
    return replace(poll, closed_at=event.at)


def _sealed(_: Sitting, poll: PollProgress, event: e.TallySealed) -> PollProgress:
    return replace(poll, encrypted_tally=event.encrypted_tally, head=event.head)


def _shuffled(_: Sitting, poll: PollProgress, event: e.ShufflePosted) -> PollProgress:
    return replace(poll, shuffles={**poll.shuffles, event.scrutineer: event.shuffle}, head=event.head)


def _released(_: Sitting, poll: PollProgress, event: e.DecryptionReleased) -> PollProgress:
    decryptions = {**poll.decryptions, event.scrutineer: event.decryption}
    return replace(poll, decryptions=decryptions, head=event.head)


def _counted(_: Sitting, poll: PollProgress, event: e.PollCounted) -> PollProgress:
    return replace(
        poll,
        result=event.result,
        head=event.head,
        count=event.count,
        outcome=event.outcome,
        recorded=event.recorded,
        electronic=event.electronic,
    )


def _counted_by_hand(_: Sitting, poll: PollProgress, event: e.PollCountedByHand) -> PollProgress:
    return replace(poll, count=event.count, outcome=event.outcome)


def _hand_count_entered(_: Sitting, poll: PollProgress, event: e.HandCountEntered) -> PollProgress:
    entry = HandCount(
        figures=event.figures,
        method=event.method,
        reason=event.reason,
        entered_by=event.scrutineer,
        entered_at=event.at,
    )
    return replace(poll, hand_count=entry)


def _hand_count_confirmed(_: Sitting, poll: PollProgress, event: e.HandCountConfirmed) -> PollProgress:
    if poll.hand_count is None:
        raise ValueError("a count by hand is confirmed that nobody entered")
    return replace(poll, hand_count=replace(poll.hand_count, confirmed_by=event.scrutineer))


def _confirmed(_: Sitting, poll: PollProgress, event: e.CountConfirmed) -> PollProgress:
    return replace(poll, confirmed_by=event.scrutineer)


def _announced(_: Sitting, poll: PollProgress, _event: e.ResultAnnounced) -> PollProgress:
    return poll


def _annulled(_: Sitting, poll: PollProgress, event: e.PollAnnulled) -> PollProgress:
    return replace(poll, annulled_because=event.reason)


_ON_POLL: dict[type[e.Event], tuple[PollStep | None, Callable[[Sitting, PollProgress, Any], PollProgress]]] = {
    e.PollPrepared: (PollStep.PREPARE, _prepared),
    e.CredentialRegistered: (None, _credential_registered),
    e.PollOpened: (PollStep.OPEN, _opened),
    e.BallotStored: (None, _stored),
    e.BallotAccepted: (None, _accepted),
    e.BallotRejected: (None, _rejected),
    e.PollClosed: (PollStep.CLOSE, _closed),
    e.TallySealed: (PollStep.SEAL, _sealed),
    e.ShufflePosted: (None, _shuffled),
    e.DecryptionReleased: (None, _released),
    e.PollCounted: (PollStep.COUNT, _counted),
    e.CountConfirmed: (PollStep.CONFIRM, _confirmed),
    e.ResultAnnounced: (PollStep.ANNOUNCE, _announced),
    e.PollAnnulled: (PollStep.ANNUL, _annulled),
    e.PollOpenedByHand: (PollStep.OPEN, _opened_by_hand),
    e.PaperIssued: (None, _paper_issued),
    e.HandCountEntered: (None, _hand_count_entered),
    e.HandCountConfirmed: (None, _hand_count_confirmed),
    e.PollCountedByHand: (PollStep.COUNT_BY_HAND, _counted_by_hand),
}


def _on_poll(state: Sitting, event: Any) -> Sitting:
    step, change = _ON_POLL[type(event)]
    poll = state.polls[event.poll]
    changed = change(state, poll, event)
    if step is not None:
        changed = replace(changed, state=TRANSITIONS[poll.state, step])
    return replace(state, polls={**state.polls, event.poll: changed})
