"""Decisions on the scrutineers' key ceremony: three rounds in order, or only the third in the n-of-n form."""

from voting.congress.refusal import refuse
from voting.sitting.commands import CompleteCeremony, PostCeremonyMessage
from voting.sitting.events import CeremonyCompleted, CeremonyMessagePosted, Events
from voting.sitting.refusals import ChamberRefusal
from voting.sitting.state import Sitting

LAST_ROUND = 3


def rounds_of(state: Sitting) -> tuple[int, ...]:
    """The rounds this sitting's ceremony has: 1, 2, 3; only 3 when all scrutineers are needed (threshold = number)."""
    everyone = state.plan.threshold == len(state.plan.scrutineers)
    return (LAST_ROUND,) if everyone else (1, 2, LAST_ROUND)


def current_round(state: Sitting) -> int | None:
    """The first round with a message missing, or None when all rounds are full."""
    number = len(state.plan.scrutineers)
    return next((r for r in rounds_of(state) if len(state.ceremony.messages.get(r, {})) < number), None)


def post_message(state: Sitting, command: PostCeremonyMessage, now: int) -> Events:
    """One message per scrutineer and round; sending the same message again changes nothing."""
    state.plan.scrutineer(command.scrutineer)
    posted = state.ceremony.messages.get(command.round, {}).get(command.scrutineer)
    if posted is not None and posted == command.message:
        return ()
    if state.ceremony.keys is not None:
        raise refuse(ChamberRefusal.CEREMONY_COMPLETE)
    if posted is not None:
        raise refuse(ChamberRefusal.CEREMONY_MESSAGE_REPEATED, scrutineer=command.scrutineer, round=command.round)
    expected = current_round(state)
    if command.round != expected:
        raise refuse(ChamberRefusal.CEREMONY_WRONG_ROUND, round=command.round, expected=expected or LAST_ROUND)
    message = CeremonyMessagePosted(at=now, round=command.round, scrutineer=command.scrutineer, message=command.message)
    return (message,)


def complete(state: Sitting, command: CompleteCeremony, now: int) -> Events:
    """The public key is fixed once every round is full."""
    if state.ceremony.keys is not None:
        raise refuse(ChamberRefusal.CEREMONY_COMPLETE)
    missing = current_round(state)
    if missing is not None:
        raise refuse(ChamberRefusal.CEREMONY_INCOMPLETE, round=missing)
    return (CeremonyCompleted(at=now, trustees=command.trustees, public_key=command.public_key),)
