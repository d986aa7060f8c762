"""The fold of the journal: evolve(state, event) -> state. It trusts its events; decide alone judges."""

from typing import TypeVar, assert_never

from msgspec.structs import replace

from voting.sitting import events as e
from voting.sitting.hand_counts import HandCount
from voting.sitting.poll import TRANSITIONS
from voting.sitting.progress import (
    AskedAnnulment,
    Counted,
    Opened,
    PollProgress,
    Sealed,
    Setup,
    Voter,
    opened_of,
    sealed_of,
)
from voting.sitting.state import Admission, Keys, Rollback, Sitting, ready_credentials


def evolve(state: Sitting | None, event: e.AnyEvent) -> Sitting:
    """The state after `event`; the journal's first event convenes. Raises ValueError when it stands anywhere else."""
    if isinstance(event, e.SittingConvened):
        if state is not None:
            raise ValueError("a journal convenes once")
        polls = {plan.id: PollProgress(plan=plan) for plan in event.plan.polls}
        return Sitting(plan=event.plan, convened_at=event.at, polls=polls)
    if state is None:
        raise ValueError("a journal begins with sitting_convened")
    if isinstance(event, e.PollEvent):
        return _in_poll(state, event)
    return _in_sitting(state, event)


def _in_sitting(state: Sitting, event: e.SittingEvent) -> Sitting:
    match event:
        case e.DelegateSignedIn():
            return _delegate_signed_in(state, event)
        case e.ObserverSignedIn():
            return _observer_signed_in(state, event)
        case e.LeaveRecorded():
            return _leave_recorded(state, event)
        case e.DelegateDeparted():
            return _delegate_departed(state, event)
        case e.ItemCalled():
            return _item_called(state, event)
        case e.RollbackAccepted():
            return _rollback_accepted(state, event)
        case e.CodeReplaced():
            return replace(state, admissions=_next_generation(state, event.role, event.subject, event.code_mac))
        case e.LoggedOutEverywhere():
            return replace(state, admissions=_next_generation(state, event.role, event.subject))
        case e.CeremonyMessagePosted():
            return _ceremony_message_posted(state, event)
        case e.CeremonyCompleted():
            return _ceremony_completed(state, event)
        case e.PollPlanned():
            return _poll_planned(state, event)
        case _:
            assert_never(event)


def _in_poll(state: Sitting, event: e.AnyPollEvent) -> Sitting:
    poll = state.polls[event.poll]
    changed = _changed(state, poll, event)
    if event.step is not None:
        changed = replace(changed, state=TRANSITIONS[poll.state, event.step])
    return replace(state, polls={**state.polls, event.poll: changed})


def _changed(state: Sitting, poll: PollProgress, event: e.AnyPollEvent) -> PollProgress:
    """What an event of a poll changes beside its state; one case per event."""
    match event:
        case e.PollPrepared():
            return _prepared(poll, event)
        case e.CredentialRegistered():
            return _credential_registered(poll, event)
        case e.PollOpened():
            return _opened(state, poll, event)
        case e.BallotStored():
            return _stored(poll, event)
        case e.BallotAccepted():
            return _accepted(poll, event)
        case e.BallotRejected():
            return _rejected(poll, event)
        case e.DeadlineMoved():
            return replace(poll, opened=replace(opened_of(poll), closes_at=event.closes_at))
        case e.PollClosed():
            return _closed(poll, event)
        case e.TallySealed():
            return _sealed(poll, event)
        case e.ClosedBoardSigned():
            return _closed_board_signed(poll, event)
        case e.ClosedHeadCompared():
            return _closed_head_compared(poll, event)
        case e.AlarmRaised():
            return replace(poll, alarms={**poll.alarms, event.scrutineer: event.alarm})
        case e.ShufflePosted():
            return _shuffled(poll, event)
        case e.DecryptionReleased():
            return _released(poll, event)
        case e.PollCounted():
            return _counted(poll, event)
        case e.CountConfirmed():
            return _confirmed(poll, event)
        case e.ResultAnnounced():
            return poll
        case e.PollAnnulled():
            return _annulled(poll, event)
        case e.AnnulmentAsked():
            return replace(poll, annulment=AskedAnnulment(event.scrutineer, event.at, event.reason))
        case e.AnnulmentConfirmed():
            return _annulment_confirmed(poll)
        case e.KinRuledOut():
            return replace(poll, kin_ruled_out=True)
        case e.PollOpenedByHand():
            return _opened_by_hand(state, poll, event)
        case e.PaperIssued():
            return _paper_issued(poll, event)
        case e.HandCountEntered():
            return _hand_count_entered(poll, event)
        case e.HandCountConfirmed():
            return _hand_count_confirmed(poll, event)
        case e.PollCountedByHand():
            return _counted_by_hand(poll, event)
        case _:
            assert_never(event)


Entry = TypeVar("Entry")


def _without(entries: dict[str, Entry], key: str) -> dict[str, Entry]:
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
        admissions=_next_generation(state, "delegate", event.delegate),
    )


def _item_called(state: Sitting, event: e.ItemCalled) -> Sitting:
    return replace(state, current_item=event.item)


def _rollback_accepted(state: Sitting, event: e.RollbackAccepted) -> Sitting:
    return replace(state, rollbacks=(*state.rollbacks, Rollback(at=event.at, row=event.row, mark=event.mark)))


def _next_generation(
    state: Sitting, role: str, subject: str, code_mac: str | None = None
) -> dict[str, dict[str, Admission]]:
    before = state.admission(role, subject)
    after = Admission(generation=before.generation + 1, code_mac=code_mac or before.code_mac)
    return {**state.admissions, role: {**state.admissions.get(role, {}), subject: after}}


def _ceremony_message_posted(state: Sitting, event: e.CeremonyMessagePosted) -> Sitting:
    messages = state.ceremony.messages
    posted = {**messages.get(event.round, {}), event.scrutineer: event.message}
    return replace(state, ceremony=replace(state.ceremony, messages={**messages, event.round: posted}))


def _ceremony_completed(state: Sitting, event: e.CeremonyCompleted) -> Sitting:
    keys = Keys(trustees=event.trustees, public_key=event.public_key)
    return replace(state, ceremony=replace(state.ceremony, keys=keys))


def _poll_planned(state: Sitting, event: e.PollPlanned) -> Sitting:
    polls = {**state.polls, event.plan.id: PollProgress(plan=event.plan)}
    return replace(state, polls=polls, added={**state.added, event.plan.id: event.item})


def _prepared(poll: PollProgress, event: e.PollPrepared) -> PollProgress:
    return replace(poll, election_uuid=event.election_uuid)


def _with_voter(poll: PollProgress, delegate: str, voter: Voter) -> PollProgress:
    return replace(poll, voters={**poll.voters, delegate: voter})


def _credential_registered(poll: PollProgress, event: e.CredentialRegistered) -> PollProgress:
    voter = poll.voter(event.delegate)
    registered = replace(voter, credential=event.credential, registrations=voter.registrations + 1)
    return _with_voter(poll, event.delegate, registered)


def _opened(state: Sitting, poll: PollProgress, event: e.PollOpened) -> PollProgress:
    setup = Setup(election=event.election, credentials=event.credentials, fingerprint=event.fingerprint)
    opened = Opened(at=event.at, present=len(state.present), closes_at=event.closes_at, setup=setup)
    ready = ready_credentials(state, poll)
    voters = {d: replace(voter, credential=ready.get(d)) for d, voter in poll.voters.items()}
    issued = {d: voter for d, voter in voters.items() if voter.is_issued}
    return replace(poll, voters=issued, opened=opened, head=event.fingerprint)


def _opened_by_hand(state: Sitting, poll: PollProgress, event: e.PollOpenedByHand) -> PollProgress:
    return replace(poll, opened=Opened(at=event.at, present=len(state.present)))


def _paper_issued(poll: PollProgress, event: e.PaperIssued) -> PollProgress:
    voter = replace(poll.voter(event.delegate), paper=event.reason)
    # To the end of the voters, so that papers stand in the order in which they were issued.
    return replace(poll, voters={**_without(poll.voters, event.delegate), event.delegate: voter})


def _stored(poll: PollProgress, event: e.BallotStored) -> PollProgress:
    return _with_voter(poll, event.delegate, replace(poll.voter(event.delegate), stored=event.tracker, rejected=None))


def _accepted(poll: PollProgress, event: e.BallotAccepted) -> PollProgress:
    voter = poll.voter(event.delegate)
    accepted = replace(voter, stored=None, on_board=(*voter.on_board, event.tracker))
    return replace(poll, voters={**poll.voters, event.delegate: accepted}, head=event.head)


def _rejected(poll: PollProgress, event: e.BallotRejected) -> PollProgress:
    voter = poll.voter(event.delegate)
    rejected = replace(voter, stored=None, rejected=event.reason, rejections=voter.rejections + 1)
    return _with_voter(poll, event.delegate, rejected)


def _closed(poll: PollProgress, event: e.PollClosed) -> PollProgress:
    return replace(poll, closed_at=event.at)


def _sealed(poll: PollProgress, event: e.TallySealed) -> PollProgress:
    sealed = Sealed(event.encrypted_tally, last_ballot=poll.head or "")
    return replace(poll, sealed=sealed, head=event.head)


def _closed_board_signed(poll: PollProgress, event: e.ClosedBoardSigned) -> PollProgress:
    sealed = sealed_of(poll)
    return replace(poll, sealed=replace(sealed, signed={**sealed.signed, event.scrutineer: event.signed}))


def _closed_head_compared(poll: PollProgress, event: e.ClosedHeadCompared) -> PollProgress:
    sealed = sealed_of(poll)
    return replace(poll, sealed=replace(sealed, compared=(*sealed.compared, event.scrutineer)))


def _shuffled(poll: PollProgress, event: e.ShufflePosted) -> PollProgress:
    sealed = sealed_of(poll)
    shuffles = {**sealed.shuffles, event.scrutineer: event.shuffle}
    return replace(poll, sealed=replace(sealed, shuffles=shuffles), head=event.head)


def _released(poll: PollProgress, event: e.DecryptionReleased) -> PollProgress:
    sealed = sealed_of(poll)
    decryptions = {**sealed.decryptions, event.scrutineer: event.decryption}
    return replace(poll, sealed=replace(sealed, decryptions=decryptions), head=event.head)


def _counted(poll: PollProgress, event: e.PollCounted) -> PollProgress:
    counted = Counted(event.count, event.outcome, electronic=event.electronic, recorded=event.recorded)
    return replace(poll, head=event.head, counted=counted)


def _counted_by_hand(poll: PollProgress, event: e.PollCountedByHand) -> PollProgress:
    return replace(poll, counted=Counted(event.count, event.outcome))


def _hand_count_entered(poll: PollProgress, event: e.HandCountEntered) -> PollProgress:
    entry = HandCount(
        figures=event.figures,
        method=event.method,
        reason=event.reason,
        entered_by=event.scrutineer,
        entered_at=event.at,
    )
    return replace(poll, hand_count=entry)


def _hand_count_confirmed(poll: PollProgress, event: e.HandCountConfirmed) -> PollProgress:
    if poll.hand_count is None:
        raise ValueError("a count by hand is confirmed that nobody entered")
    return replace(poll, hand_count=replace(poll.hand_count, confirmed_by=event.scrutineer))


def _confirmed(poll: PollProgress, event: e.CountConfirmed) -> PollProgress:
    return replace(poll, confirmed_by=event.scrutineer)


def _annulment_confirmed(poll: PollProgress) -> PollProgress:
    if poll.annulment is None:
        raise ValueError("an annulment is confirmed that nobody asked for")
    return replace(poll, annulment=replace(poll.annulment, confirmed=True))


def _annulled(poll: PollProgress, event: e.PollAnnulled) -> PollProgress:
    return replace(poll, annulled_because=event.reason)
