"""Steps of a count by hand, short to write."""

from typing import Any

from tests.support.sittings import (
    NOW,
    asking,
    do,
    motion,
    plan,
    preparing,
    signed_in,
    start,
)
from voting.congress.law.question import Medium
from voting.sitting import commands as c
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.machine import Sitting
from voting.sitting.poll import PollPlan

HANDS, PAPER = HandMethod.SHOW_OF_HANDS, HandMethod.PAPER


def by_hand(poll: PollPlan) -> PollPlan:
    return asking(poll, medium=Medium.BY_HAND)


def figures(issued: int, returned: int, void: int = 0, votes: tuple[int, ...] = (), **other: Any) -> HandFigures:
    by_name = dict(zip(("for", "against", "abstain"), votes, strict=True))
    fields: dict[str, Any] = {"issued": issued, "returned": returned, "valid": returned - void, "void": void}
    return HandFigures(**(fields | {"votes": by_name} | other))


def enter(
    given: HandFigures, method: HandMethod = HANDS, scrutineer: int = 1, poll: str = "motion"
) -> c.EnterHandCount:
    return c.EnterHandCount(poll=poll, scrutineer=scrutineer, method=method, figures=given, reason="示例：表决器故障")


def confirm(scrutineer: int = 2, entered_at: int = NOW, poll: str = "motion") -> c.ConfirmHandCount:
    return c.ConfirmHandCount(poll=poll, scrutineer=scrutineer, entered_at=entered_at)


def closed(poll: PollPlan | None = None, number: int = 5, present: int = 4) -> Sitting:
    """Five in office, four present; no key ceremony is needed to count hands."""
    poll = by_hand(poll or motion())
    state = signed_in(start(plan(number, polls=(poll,))), present)
    return do(state, preparing(poll.id), c.OpenByHand(poll=poll.id, no_kin=True), c.ClosePoll(poll=poll.id))


PASSED = figures(4, 4, votes=(3, 1, 0))
