"""No poll is opened on a disk that its ballots may fill."""

import pytest

from tests.support.chamber import Chamber
from tests.support.plans.hands import hands_plan
from voting.congress.refusal import Refused
from voting.server.services.room import LEAST_FREE_MEGABYTES, MEGABYTE
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.wire.refusals import WireRefusal


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    made = Chamber(hands_plan())
    made.sign_in()
    made.hold_ceremony()
    return made


@pytest.mark.parametrize("poll", ["projects", "hands"])
def test_a_poll_is_opened_only_where_there_is_room(chamber: Chamber, poll: str) -> None:
    by_hand = poll == "hands"

    def open_poll() -> None:
        if by_hand:
            chamber.service.hands.open(poll)
        else:
            chamber.service.polls.open(poll, None)

    chamber.free_bytes = 0
    with pytest.raises(Refused) as first:
        open_poll()
    assert first.value.refusal.code == ChamberRefusal.POLL_NOT_PREPARED
    chamber.service.polls.prepare(poll)
    if not by_hand:
        chamber.register(poll)
    chamber.free_bytes = LEAST_FREE_MEGABYTES * MEGABYTE - 1
    with pytest.raises(Refused) as refused:
        open_poll()
    assert refused.value.refusal.code is WireRefusal.DISK_SPACE_LOW
    assert refused.value.refusal.params == {"free": LEAST_FREE_MEGABYTES - 1, "least": LEAST_FREE_MEGABYTES}
    assert chamber.state(poll) is PollState.PREPARED
    chamber.free_bytes = LEAST_FREE_MEGABYTES * MEGABYTE
    open_poll()
    assert chamber.state(poll) is PollState.OPEN
    chamber.service.polls.annul(poll, "示例原因")
