"""The published forgeries can be written, are refused by the check that their index names, and are many."""

import json
from pathlib import Path

import pytest

from tests.support.tally.scenes import GROUPS
from tests.vectors.forgeries.make_forgeries import OF_THIS_HOUSE, forgeries, write_forgeries
from voting.tally.errors import CheckFailed
from voting.tally.verify.checks import verify_archive


@pytest.mark.parametrize("group", GROUPS)
def test_at_least_eighty_kinds_are_published_in_each_group(group: str) -> None:
    names = [forgery.name for forgery in forgeries(group) if forgery.check is not None]
    assert len(set(names)) == len(names) >= 80
    assert OF_THIS_HOUSE.isdisjoint(names)


def test_each_is_refused_by_the_check_that_is_named(tmp_path: Path) -> None:
    """A sample: what each defect is refused by is tested beside the checks."""
    write_forgeries(tmp_path, list(forgeries("Ed25519"))[::6])
    records = json.loads((tmp_path / "index.json").read_text("utf-8"))["records"]
    for entry in records:
        archive = (tmp_path / entry["file"]).read_bytes()
        receipts = json.loads((tmp_path / entry["receipts"]).read_text("utf-8")) if entry["receipts"] else []
        if entry["check"] is None:
            verify_archive(archive, receipts)
            continue
        with pytest.raises(CheckFailed) as caught:
            verify_archive(archive, receipts)
        assert (caught.value.number, caught.value.key) == (entry["check"], entry["key"]), entry["name"]
