"""An election made wholly by belenios-tool 2.0 is verified, and every stricter law that it does not keep is named."""

from pathlib import Path

import pytest

from tests.support.needed_tools import needed_belenios_2
from tests.support.tally.foreign import COUNTS, GROUP, VOTERS, foreign_record
from voting.tally.board.archive import read_archive
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees
from voting.tally.verify.audit import audit
from voting.tally.verify.laws import Law
from voting.tally.verify.verdict import Verdict

pytestmark = pytest.mark.belenios

PUBLISHED = (Law.CREDENTIALS_SORTED, Law.STATEMENT_PROOFS)


@pytest.mark.parametrize(
    ("threshold", "owners", "lacking"), [(None, (1, 2), PUBLISHED), (2, (1, 3), (Law.BOUND_KEYS, *PUBLISHED))]
)
def test_it_is_valid_by_the_published_format(
    tmp_path: Path, threshold: int | None, owners: tuple[int, ...], lacking: tuple[Law, ...]
) -> None:
    found = audit(foreign_record(needed_belenios_2(), tmp_path, threshold))
    assert found.failure is None
    assert found.record is not None
    assert found.record.counts == COUNTS
    assert (found.record.n_credentials, found.record.owners) == (VOTERS, owners)
    assert found.record.lacking == lacking
    assert found.verdict is Verdict.OUTCOME_NOT_STATED


def test_keys_that_name_no_ceremony_are_for_such_records_alone(tmp_path: Path) -> None:
    """A poll of ours, which claims our format, is neither opened nor found valid with them."""
    archive = read_archive(foreign_record(needed_belenios_2(), tmp_path, 2))
    group = group_by_name(GROUP)
    assert Trustees.parse(group, archive.trustees, unbound=True).bound is False
    with pytest.raises(TallyError, match="did not sign for which ceremony"):
        Trustees.parse(group, archive.trustees)
    value = load(archive.trustees)
    key = value[0][1]["verification_keys"][0]
    key["signature"] = key["pok"]
    with pytest.raises(TallyError, match="not signed, or only some are"):
        Trustees.parse(group, dump(value), unbound=True)
