"""The verifier as a whole: its table, its last safeguard, and rubbish that must not crash it."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.json_values import json_values
from tests.support.repository import DOCS
from tests.support.tally.defects import honest
from tests.support.tally.scenes import TIMESTAMP, chain, make_scene
from voting.record.record_checks import RECORD_CHECKS
from voting.tally.board.container import write_container
from voting.tally.errors import CheckFailed, TallyCode, TallyError
from voting.tally.json_form import dump, load
from voting.tally.verify.checks import CHECKS, CheckStatus, verify_archive
from voting.tally.verify.tally import check_all_bounds

PROTOCOL = DOCS / "protocol.md"


def test_the_document_lists_the_checks_that_the_program_makes() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", PROTOCOL.read_text("utf-8"), re.MULTILINE)
    assert [(int(number), key) for number, key in rows] == [
        (check.number, check.key) for check in (*CHECKS, *RECORD_CHECKS)
    ]


@pytest.mark.parametrize(
    ("counts", "possible"),
    [
        ((5, 5, 0, 0), True),
        ((0, 0, 0, 0), True),
        ((6, 0, 0, 0), False),
        ((-1, 1, 0, 0), False),
        ((5, 5, 1, 0), False),
    ],
)
def test_impossible_counts_are_refused(counts: tuple[int, ...], possible: bool) -> None:
    """Check 17, fed directly: five ballots with at most two choices each."""
    election = make_scene("Ed25519").election
    if possible:
        check_all_bounds(election, 5, (counts,))
        return
    with pytest.raises(TallyError) as caught:
        check_all_bounds(election, 5, (counts,))
    assert caught.value.code is TallyCode.RESULT_INVALID


@pytest.mark.parametrize("group", ["Ed25519", "BELENIOS-2048"])
def test_a_poll_without_ballots_is_valid_and_counts_nothing(group: str) -> None:
    verified = verify_archive(make_scene(group).record([]).archive())
    assert (verified.n_ballots, verified.counts) == (0, (0, 0, 0, 0))


def test_all_three_scrutineers_may_decrypt() -> None:
    scene = replace(make_scene("Ed25519"), owners=(3, 1, 2))
    verified = verify_archive(scene.record().archive())
    assert verified.owners == (1, 2, 3)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_byte_of_a_record_can_be_changed(data: st.DataObject) -> None:
    archive = bytearray(honest(make_scene("Ed25519")).archive)
    place = data.draw(st.integers(0, len(archive) - 1))
    archive[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CheckFailed):
        verify_archive(bytes(archive))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_rubbish_is_refused_by_the_first_check(rubbish: bytes) -> None:
    with pytest.raises(CheckFailed) as caught:
        verify_archive(rubbish)
    assert caught.value.number == 1


NAMES = ["election", "trustees", "credentials", "tally", "result"]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(NAMES), json_values)
def test_any_json_in_place_of_a_document_is_refused_without_a_crash(name: str, value: object) -> None:
    record = make_scene("Ed25519").record()
    setattr(record, name, json.dumps(value).encode())
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive())
    assert caught.value.number >= 4  # an empty list may be well spelled, and fails later


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["parent", "height", "type", "payload"]), json_values)
def test_any_json_in_an_event_is_refused_without_a_crash(name: str, value: object) -> None:
    assume(type(value) is not int or value != 3)  # the height that is right
    groups = make_scene("Ed25519").record().groups()

    def edit(event: dict[str, object]) -> dict[str, object]:
        return {**event, name: value} if event["height"] == 3 else event

    try:
        entries = chain(groups, edit)
    except ValueError:
        return  # NaN cannot be written at all
    with pytest.raises(CheckFailed) as caught:
        verify_archive(write_container(entries, TIMESTAMP))
    assert caught.value.number in (2, 3, 4)


def test_a_failed_check_says_its_number_key_and_code() -> None:
    record = make_scene("Ed25519").record()
    result = load(record.result)
    result["result"][0][0] += 1
    record.result = dump(result)
    seen: list[CheckStatus] = []
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive(), (), lambda _, status: seen.append(status))
    assert str(caught.value) == "check 16 (result): the archived result is not what the decryptions give"
    assert caught.value.code is TallyCode.RESULT_INVALID
    assert seen[-3:] == [CheckStatus.FAILED, CheckStatus.NOT_REACHED, CheckStatus.NOT_REACHED]
