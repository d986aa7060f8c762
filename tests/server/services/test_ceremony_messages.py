"""The service of the key ceremony checks each message before it is kept."""

from typing import Any

import msgspec
import pytest

from tests.support.chamber import RNG, Chamber
from tests.support.plans.plain import sample_plan
from tests.support.tally.scenes import Ceremony, hold_ceremony
from voting.congress.refusal import Refused
from voting.sitting.refusals import ChamberRefusal
from voting.tally.trustees.ceremony import CeremonyPlan


def _plan(chamber: Chamber) -> CeremonyPlan:
    names = tuple(one.name for one in chamber.plan.scrutineers)
    return CeremonyPlan(chamber.plan.group, names, chamber.plan.threshold)


def _rounds(held: Ceremony) -> list[list[dict[str, Any]]]:
    if held.plan.single:
        return [[], [], held.verification_keys]
    return [held.certificates, held.dealings, held.verification_keys]


def _refused(chamber: Chamber, scrutineer: int, round_: int, message: dict[str, Any]) -> None:
    before = chamber.service.sitting
    with pytest.raises(Refused) as refused:
        chamber.service.ceremony.post(scrutineer, round_, msgspec.json.encode(message).decode())
    assert refused.value.refusal.code is ChamberRefusal.CEREMONY_MESSAGE_INVALID
    assert (refused.value.refusal.params["round"], refused.value.refusal.params["scrutineer"]) == (round_, scrutineer)
    assert chamber.service.sitting == before


@pytest.mark.parametrize("threshold", [2, 3], ids=["threshold", "all"])
def test_a_message_of_another_scrutineer_is_refused_in_every_round(threshold: int) -> None:
    """Well formed and honestly proven, but not by the one who sends it."""
    chamber = Chamber(sample_plan(threshold=threshold))
    held = hold_ceremony(_plan(chamber), RNG)
    tried = 0
    for round_, messages in enumerate(_rounds(held), start=1):
        for scrutineer, message in enumerate(messages, start=1):
            for other in messages:
                if other is not message:
                    _refused(chamber, scrutineer, round_, other)
                    tried += 1
            chamber.service.ceremony.post(scrutineer, round_, msgspec.json.encode(message).decode())
    assert tried == (6 if held.plan.single else 18)
