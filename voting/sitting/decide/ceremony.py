"""Decisions on the scrutineers' key ceremony: three rounds in order, or only the third in the n-of-n form."""

from voting.congress.refusal import RefusalCode, refuse
from voting.sitting.commands import CompleteCeremony, PostCeremonyMessage
from voting.sitting.decide.attendance import Decision
from voting.sitting.events import CeremonyCompleted, CeremonyMessagePosted
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


def post_message(state: Sitting, command: PostCeremonyMessage, now: int) -> Decision:
    """One message per scrutineer and round; sending the same message again changes nothing."""
    if all(s.index != command.scrutineer for s in state.plan.scrutineers):
        return refuse(RefusalCode.UNKNOWN_SCRUTINEER, scrutineer=command.scrutineer)
    posted = state.ceremony.messages.get(command.round, {}).get(command.scrutineer)
    if posted is not None and posted == command.message:
        return ()
    if state.ceremony.trustees is not None:
        return refuse(RefusalCode.CEREMONY_COMPLETE)
    if posted is not None:
        return refuse(RefusalCode.CEREMONY_MESSAGE_REPEATED, scrutineer=command.scrutineer, round=command.round)
    expected = current_round(state)
    if command.round != expected:
        return refuse(RefusalCode.CEREMONY_WRONG_ROUND, round=command.round, expected=expected or LAST_ROUND)
    message = CeremonyMessagePosted(at=now, round=command.round, scrutineer=command.scrutineer, message=command.message)
    return (message,)


def complete(state: Sitting, command: CompleteCeremony, now: int) -> Decision:
    """The public key is fixed once every round is full."""
    if state.ceremony.trustees is not None:
        return refuse(RefusalCode.CEREMONY_COMPLETE)
    missing = current_round(state)
    if missing is not None:
        return refuse(RefusalCode.CEREMONY_INCOMPLETE, round=missing)
    return (CeremonyCompleted(at=now, trustees=command.trustees, public_key=command.public_key),)
