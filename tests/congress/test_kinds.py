"""Each kind of poll is one record, and everything that depends on the kind has one for each."""

import pytest

from voting.congress.law.kind import Answer, Asked
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.record.singly import WAYS
from voting.rehearsal.expected import VOIDS


def test_every_kind_has_its_record() -> None:
    assert list(KINDS) == list(PollKind)
    assert {kind: record.kind for kind, record in KINDS.items()} == {kind: kind for kind in PollKind}


def test_every_way_of_answering_can_stand_on_a_ballot() -> None:
    assert set(WAYS) == set(Answer)


def test_a_rehearsal_knows_what_voids_a_paper_of_every_kind() -> None:
    assert set(VOIDS) == set(PollKind)


@pytest.mark.parametrize("kind", PollKind)
def test_marks_are_given_where_options_are_answered_in_words(kind: PollKind) -> None:
    record = KINDS[kind]
    assert bool(record.marks(Ruleset())) == (record.answer in (Answer.VOICE, Answer.LEVEL))


@pytest.mark.parametrize("kind", PollKind)
def test_a_kind_with_given_options_puts_one_question(kind: PollKind) -> None:
    record = KINDS[kind]
    assert not (record.options and (record.fills_seats or record.adds_names or record.has_post))
    assert [option.id for option in record.options] in ([], ["for", "against", "abstain"])
    assert not any(option.illustrative for option in record.options)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("fills_seats", {PollKind.CHOOSE, PollKind.APPROVE_EACH, PollKind.RANK, PollKind.ELECTION}),
        ("blank_is_not_pressing", {PollKind.MOTION}),
        ("amendable", {PollKind.MOTION}),
        ("adds_names", {PollKind.ELECTION}),
        ("has_post", {PollKind.ELECTION}),
        ("own_settings", {PollKind.CHOOSE}),
        ("percent", set(PollKind) - {PollKind.RANK, PollKind.EVALUATION}),
    ],
)
def test_what_is_said_of_a_kind_is_said_of_no_other(said: str, kinds: set[PollKind]) -> None:
    assert {kind for kind, record in KINDS.items() if getattr(record, said)} == kinds


@pytest.mark.parametrize("chosen", [0, 1, 3])
def test_an_evaluation_counts_whatever_number_of_subjects_it_leaves_out(chosen: int) -> None:
    assert KINDS[PollKind.EVALUATION].lets_count(Asked(1, 3, Ruleset()), chosen)
