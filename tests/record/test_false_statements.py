"""Every alteration of a statement is found by its own check, even where the holder of the key signs it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.forged.lies import ADDITION, IMPOSSIBLE, LIES, REPLACED, UNPLANNED, with_figures
from tests.support.plans.hands import one_paper
from tests.support.signer import SIGNER
from tests.support.statements import OTHER, decided, record_of, refusal, signed, stated
from voting.record.count_checks import check_statement
from voting.record.count_statement import (
    CountCheck,
    CountContent,
    CountRefused,
    CountStatement,
    joined_count,
    read_statement,
)
from voting.tally.verify.checks import VerifiedRecord


def refused(raw: bytes, record: VerifiedRecord | None, **options: Any) -> CountCheck:
    with pytest.raises(CountRefused) as found:
        check_statement(raw, record, **options)
    assert found.value.check.number in str(found.value)
    return found.value.check


def test_a_figure_changed_without_the_key_breaks_the_signature(chamber: Chamber) -> None:
    for poll in ("hands", "mixed"):
        raw = stated(chamber, poll)
        altered = raw.replace(b'"for":2', b'"for":3').replace(b'"for":1', b'"for":3')
        assert altered != raw
        assert refused(altered, record_of(chamber, poll)) is CountCheck.SIGNATURE


@pytest.mark.parametrize("field", [name for name in CountContent.__struct_fields__ if name != "version"])
def test_the_signature_covers_every_field(chamber: Chamber, field: str) -> None:
    one, other = read_statement(stated(chamber, "mixed")), read_statement(stated(chamber, "hands"))
    different = {
        "sitting": replace(one.sitting, sitting="示例另一次会议"),
        "in_office": 4,
        "statutory_seats": 4,
        "present": 2,
        "server_key": OTHER.public_hex,
        "papers_instead": 0,
        "fingerprint": "0" * 64,
        "archive_sha256": "0" * 64,
    }.get(field, getattr(other, field))
    altered = replace(one, **{field: different})
    assert altered != one
    assert refused(msgspec.json.encode(altered), record_of(chamber, "mixed")) is CountCheck.SIGNATURE


def test_a_signature_by_another_key_than_the_receipts_is_found(chamber: Chamber) -> None:
    raw = signed(read_statement(stated(chamber, "hands")), OTHER)
    assert check_statement(raw, None)
    assert refused(raw, None, server_keys={SIGNER.public_hex}) is CountCheck.SIGNATURE


@pytest.mark.parametrize("poll", ["motion", "mixed"])
def test_a_signature_by_another_key_than_the_record_states_is_found(chamber: Chamber, poll: str) -> None:
    raw = signed(read_statement(stated(chamber, poll)), OTHER)
    assert refusal(raw, record_of(chamber, poll)) == (
        CountCheck.SIGNATURE,
        "it is signed by another key than the record states",
    )


@pytest.mark.parametrize(
    "written",
    [
        lambda raw: b"{}",
        lambda raw: b"\xff",
        lambda raw: raw.replace(b'"version":1', b'"version":2'),
        lambda raw: raw.replace(b'"version":1', b'"version": 1'),
        lambda raw: raw.replace(b'"version":1', b'"version":1,"note":"x"'),
        lambda raw: raw.replace(b'"version":1', b'"in_office":3,"version":1'),
        lambda raw: raw.upper(),
    ],
)
def test_what_is_not_written_like_a_statement_is_refused(chamber: Chamber, written: Callable[[bytes], bytes]) -> None:
    assert refused(written(stated(chamber, "hands")), None) is CountCheck.FORM


def test_papers_cannot_be_added_to_a_poll_that_has_none(chamber: Chamber) -> None:
    """The papers, their sum and what it decides are all consistent."""
    entry = read_statement(stated(chamber, "mixed")).by_hand
    motion = read_statement(stated(chamber, "motion"))
    assert entry is not None
    figures = replace(one_paper("for"), issued=1)
    altered = decided(replace(motion, by_hand=replace(entry, figures=figures), papers_instead=1))
    assert refusal(signed(altered), record_of(chamber, "motion")) == (
        CountCheck.BY_HAND,
        UNPLANNED,
    )


def test_the_receipts_own_key_is_the_one_that_may_sign(chamber: Chamber) -> None:
    raw = stated(chamber, "hands")
    for keys in ({SIGNER.public_hex}, {SIGNER.public_hex, OTHER.public_hex}, ()):
        assert check_statement(raw, None, server_keys=keys)
    assert refusal(raw, None, server_keys={OTHER.public_hex})[0] is CountCheck.SIGNATURE


@pytest.mark.parametrize("instead", [-1, 2, 3])
def test_papers_replace_no_more_terminals_than_did_not_vote(chamber: Chamber, instead: int) -> None:
    """Two had a credential, one of them voted at the terminal."""
    altered = replace(read_statement(stated(chamber, "mixed")), papers_instead=instead)
    altered = altered if instead < 0 else decided(altered)
    assert refusal(signed(altered), record_of(chamber, "mixed")) == (
        CountCheck.BY_HAND,
        REPLACED,
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"void": 1}, ADDITION),
        ({"issued": 2}, ADDITION),
        ({"valid": 2}, ADDITION),
        ({"votes": {"for": 4, "against": 0, "abstain": 0}}, IMPOSSIBLE),
        ({"votes": {"for": 3, "nobody": 0}}, IMPOSSIBLE),
    ],
)
def test_figures_counted_by_hand_are_refused_for_what_is_wrong_with_them(
    chamber: Chamber, changes: dict[str, Any], says: str
) -> None:
    altered = with_figures(read_statement(stated(chamber, "hands")), **changes)
    assert refusal(signed(altered), None) == (CountCheck.BY_HAND, says)


@pytest.mark.parametrize(("name", "poll", "lie", "check", "says"), LIES, ids=[lie.name for lie in LIES])
def test_even_the_holder_of_the_key_cannot_state_another_count(
    chamber: Chamber,
    name: str,
    poll: str,
    lie: Callable[[CountStatement], CountStatement],
    check: CountCheck,
    says: str,
) -> None:
    """The signature holds; the figures do not. The check that is meant refuses, in its own words."""
    assert name
    found, detail = refusal(signed(lie(read_statement(stated(chamber, poll)))), record_of(chamber, poll))
    assert (found, detail.startswith(says)) == (check, True), detail


def test_a_statement_of_neither_votes_nor_papers_has_no_count(chamber: Chamber) -> None:
    nothing = replace(read_statement(stated(chamber, "hands")), by_hand=None)
    with pytest.raises(ValueError, match="neither votes nor papers"):
        joined_count(nothing)
