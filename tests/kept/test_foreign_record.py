"""A record that belenios-tool 2.0 made by itself is verified where the tool is not at hand."""

from pathlib import Path

import pytest

from tests.support.tally.foreign import COUNTS, VOTERS
from voting.tally.board.archive import read_archive
from voting.tally.errors import TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.document import Trustees
from voting.tally.verify.audit import audit
from voting.tally.verify.laws import Law
from voting.tally.verify.verdict import Verdict

RECORD = Path(__file__).with_name("foreign") / "belenios-tool-2.0.bel"


def test_it_is_valid_by_the_published_format_and_every_law_that_it_lacks_is_named() -> None:
    found = audit(RECORD.read_bytes())
    assert found.failure is None
    assert found.record is not None
    assert (found.record.counts, found.record.n_credentials, found.record.owners) == (COUNTS, VOTERS, (1, 3))
    assert found.record.lacking == (Law.BOUND_KEYS, Law.CREDENTIALS_SORTED, Law.STATEMENT_PROOFS)
    assert found.verdict is Verdict.OUTCOME_NOT_STATED


def test_its_keys_which_name_no_ceremony_are_taken_for_such_records_alone() -> None:
    archive = read_archive(RECORD.read_bytes())
    group = group_by_name("BELENIOS-2048")
    assert Trustees.parse(group, archive.trustees, unbound=True).bound is False
    with pytest.raises(TallyError, match="did not sign for which ceremony"):
        Trustees.parse(group, archive.trustees)
