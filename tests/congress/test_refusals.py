"""What a refusal says where nobody catches it."""

from voting.congress.refusal import refuse
from voting.sitting.refusals import ChamberRefusal


def test_an_uncaught_refusal_names_its_code_and_parameters() -> None:
    told = str(refuse(ChamberRefusal.UNKNOWN_SCRUTINEER, scrutineer=4))
    assert "unknown_scrutineer" in told
    assert "4" in told
