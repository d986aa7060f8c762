"""The stricter laws: checks of a record that claims our format 2; of any other record each that it lacks is named."""

import pytest

from tests.support.tally.kinds import make_kind
from tests.support.tally.lacking import FREE, LACKING, Lacking, order, unsigned
from tests.support.tally.scenes import make_scene
from voting.tally.board.shuffle import mixed_so_far
from voting.tally.errors import CheckFailed, TallyCode, TallyError
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees
from voting.tally.verify.audit import audit
from voting.tally.verify.checks import verify_archive
from voting.tally.verify.laws import LAW_TITLES, Law
from voting.tally.verify.verdict import Verdict


@pytest.mark.parametrize("record", LACKING, ids=lambda record: record.name)
def test_what_a_record_lacks_that_does_not_claim_our_format(record: Lacking) -> None:
    """Named, unless it is there and false, or there in one place and not in another: that is never excused."""
    if record.found and isinstance(record.found[0], int):
        number, says = record.found
        with pytest.raises(CheckFailed, match=str(says)) as caught:
            verify_archive(record.build())
        assert caught.value.number == number
        return
    found = audit(record.build())
    assert found.record is not None
    assert found.record.lacking == record.found
    assert found.verdict is (Verdict.OUTCOME_NOT_STATED if record.found else Verdict.VALID)


def test_keys_that_name_no_ceremony_are_refused_where_the_format_is_claimed() -> None:
    """Of any other record they are named: see the elections that belenios-tool makes."""
    record = make_scene("Ed25519").record()
    value = load(record.trustees)
    del value[0][1]["signatures"]
    record.trustees = dump(value)
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive())
    assert caught.value.number == 6


def test_a_terminal_shuffles_nothing_that_nobody_signed_whatever_is_claimed() -> None:
    scene = make_kind("ranked", "Ed25519", None, FREE)
    record = scene.record()
    board = (scene.election, Trustees.parse(scene.group, record.trustees), record.ballots)
    assert mixed_so_far(*board, record.shuffles) == scene.mixed(record)
    with pytest.raises(TallyError, match="not signed") as caught:
        mixed_so_far(*board, [record.shuffles[0], unsigned(record.shuffles[1])])
    assert caught.value.code is TallyCode.SHUFFLE_INVALID


def test_what_is_lacking_is_said_in_words_and_in_fields() -> None:
    found = audit(order())
    assert "This record is valid by the published format." in "\n".join(found.sentences())
    assert f"A stricter law that it does not keep: {LAW_TITLES[Law.CREDENTIALS_SORTED]}." in found.sentences()
    fields = found.fields()
    assert (fields["valid"], fields["verdict"]) == (True, "outcome_not_stated")
    assert fields["record"]["lacking"] == ["credentials_sorted"]


def test_a_record_that_lacks_nothing_is_valid() -> None:
    found = audit(make_scene("Ed25519").record().archive())
    assert found.verdict is Verdict.VALID
    assert found.fields()["record"]["lacking"] == []
    assert make_scene("Ed25519", 2, FREE).election.strict is False


def test_every_law_has_words() -> None:
    assert set(LAW_TITLES) == set(Law)


def test_the_exit_status_says_the_verdict() -> None:
    assert {verdict.value: verdict.exit_status for verdict in Verdict} == {
        "valid": 0,
        "outcome_not_stated": 3,
        "not_valid": 1,
    }
