"""Each kind of poll is one record, and everything that depends on the kind has one for each."""

import pytest

from tests.support.figures import ruleset
from voting.congress.law.figures import Tally
from voting.congress.law.kind import Answer, Asked, Order
from voting.congress.law.kinds import KINDS
from voting.congress.law.kinds.common import within
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import BallotRule, Ruleset
from voting.record.singly import WAYS
from voting.rehearsal.expected import VOIDS


def test_every_kind_has_its_record() -> None:
    assert list(KINDS) == list(PollKind)
    assert {kind: record.kind for kind, record in KINDS.items()} == {kind: kind for kind in PollKind}


def test_what_is_not_marked_is_nobodys_vote() -> None:
    assert Tally("p1") == Tally("p1", votes=0, against=0, abstain=0, levels=(), write_in=False)


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
        ("fills_seats", set(PollKind) - {PollKind.MOTION, PollKind.EVALUATION}),
        ("blank_is_not_pressing", {PollKind.MOTION}),
        ("amendable", {PollKind.MOTION}),
        ("adds_names", {PollKind.ELECTION}),
        ("has_post", {PollKind.ELECTION}),
        ("own_settings", {PollKind.CHOOSE}),
        ("seats_optional", {PollKind.APPROVE_EACH}),
        ("percent", set(PollKind) - {PollKind.RANK, PollKind.EVALUATION}),
    ],
)
def test_what_is_said_of_a_kind_is_said_of_no_other(said: str, kinds: set[PollKind]) -> None:
    assert {kind for kind, record in KINDS.items() if getattr(record, said)} == kinds


VOID, VALID = BallotRule.VOID, BallotRule.VALID
LIMITS: list[tuple[PollKind, BallotRule, BallotRule, set[int], tuple[int, int], bool]] = [
    # too many, too few: the numbers of options that let a ballot count, how many it is for, whether it is read singly
    (PollKind.CHOOSE, VOID, VOID, {2}, (2, 2), False),
    (PollKind.CHOOSE, VOID, VALID, {0, 1, 2}, (0, 2), False),
    (PollKind.CHOOSE, VALID, VOID, {2, 3}, (2, 3), False),
    (PollKind.CHOOSE, VALID, VALID, {0, 1, 2, 3}, (0, 3), False),
    (PollKind.APPROVE_EACH, VOID, VOID, {2}, (0, 2), True),
    (PollKind.APPROVE_EACH, VOID, VALID, {0, 1, 2}, (0, 2), True),
    (PollKind.APPROVE_EACH, VALID, VOID, {2, 3}, (0, 3), True),
    (PollKind.APPROVE_EACH, VALID, VALID, {0, 1, 2, 3}, (0, 3), False),
    (PollKind.ELECTION, VOID, VALID, {0, 1, 2}, (0, 2), True),
    (PollKind.ELECTION, VALID, VALID, {0, 1, 2, 3}, (0, 3), False),
    (PollKind.PRESELECTION, VOID, VALID, {0, 1, 2}, (0, 2), True),
    (PollKind.PRESELECTION, VALID, VALID, {0, 1, 2, 3}, (0, 3), False),
    (PollKind.RANK, VOID, VOID, {3}, (0, 3), True),
    (PollKind.RANK, VALID, VALID, {3}, (0, 3), True),
    (PollKind.MOTION, VOID, VOID, {0, 1}, (0, 1), False),
    (PollKind.EVALUATION, VOID, VOID, {0, 1, 2, 3}, (0, 1), False),
]


@pytest.mark.parametrize(("kind", "over", "under", "valid", "marks", "singly"), LIMITS)
def test_a_ballot_counts_with_so_many_options_of_three_for_two_seats(
    kind: PollKind, over: BallotRule, under: BallotRule, valid: set[int], marks: tuple[int, int], singly: bool
) -> None:
    record = KINDS[kind]
    asked = Asked(2, 3, ruleset(ballots={"over": over, "over_approval": over, "under": under}))
    assert {chosen for chosen in range(4) if record.lets_count(asked, chosen)} == valid
    assert (record.fewest(asked), record.most(asked)) == marks
    assert record.read_singly(asked) is singly


@pytest.mark.parametrize("over", BallotRule)
@pytest.mark.parametrize("under", BallotRule)
def test_without_seats_nobody_is_for_too_many_or_too_few(over: BallotRule, under: BallotRule) -> None:
    record = KINDS[PollKind.APPROVE_EACH]
    asked = Asked(0, 3, ruleset(ballots={"over_approval": over, "under": under}))
    assert all(record.lets_count(asked, chosen) for chosen in range(4))
    assert (record.fewest(asked), record.most(asked), record.read_singly(asked)) == (0, 3, False)
    assert [kind for kind, record in KINDS.items() if record.competes_for(0) != record.competes_for(1)] == [record.kind]


@pytest.mark.parametrize(
    ("order", "listed"),
    [(Order.MOST_FIRST, ["b", "a", "c"]), (Order.LEAST_FIRST, ["c", "a", "b"]), (Order.BALLOT, ["a", "b", "c"])],
)
def test_options_are_listed_in_the_order_of_the_kind(order: Order, listed: list[str]) -> None:
    assert order.sorted({"a": 2, "b": 3, "c": 1}) == listed


@pytest.mark.parametrize(
    ("votes", "possible"), [((0, 5), True), ((5, 5), True), ((0, 6), False), ((-1, 5), False), ((5,), False)]
)
def test_five_ballots_evaluate_each_subject_five_times_at_most(votes: tuple[int, ...], possible: bool) -> None:
    asked = Asked(seats=0, options=2, rules=Ruleset())
    assert KINDS[PollKind.EVALUATION].sums_possible(asked, 5, votes) is possible


@pytest.mark.parametrize(
    ("votes", "possible"),
    [
        ((0, 3), True),
        ((3, 3), True),
        ((0, 2), False),
        ((1, 1), False),
        ((-1, 4), False),
        ((4, 0), False),
        ((3,), False),
    ],
)
def test_ballots_for_one_or_two_options_add_up_to_so_many_votes(votes: tuple[int, ...], possible: bool) -> None:
    asked = Asked(seats=2, options=2, rules=Ruleset())
    assert within(asked, 1, 2, 3, votes) is possible


@pytest.mark.parametrize(
    ("votes", "possible"),
    [((2, 4, 6), True), ((6, 6, 6), True), ((0, 0, 0), True), ((2, 4), False), ((2, 4, 7), False), ((-1, 4, 6), False)],
)
def test_a_sum_of_ranks_is_given_for_every_option_and_is_at_most_that_of_last_places(
    votes: tuple[int, ...], possible: bool
) -> None:
    assert KINDS[PollKind.RANK].sums_possible(Asked(1, 3, Ruleset()), 2, votes) is possible
