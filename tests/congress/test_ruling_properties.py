"""Laws of every ruling: order never matters, a vote never hurts, seats add up, ties stay ties.

Where a rule is not monotone is shown, too: a further mark may void its own ballot, and a further ballot the whole poll.
"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from tests.support.figures import choose, filled, motion, ruled, ruleset
from voting.congress.law.figures import Figures, Tally
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Base, Missed, Ruleset
from voting.congress.law.ruling import OutcomeKind, rule_on

VOTE_KINDS = (PollKind.CHOOSE, PollKind.APPROVE_EACH, PollKind.ELECTION)


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    fraction, strict = draw(st.sampled_from([("1/2", True), ("2/3", False), ("2/3", True), ("3/4", False)]))
    return ruleset(
        majority={"fraction": fraction, "strictly_more": strict, "base": draw(st.sampled_from(list(Base)))},
        seats={"majority_floor": draw(st.booleans()), "rank_needs_majority": draw(st.booleans())},
        participation={"required": draw(st.booleans()), "missed": draw(st.sampled_from((UNSET, *Missed)))},
        evaluation={"half_counts": draw(st.booleans())},
    )


@st.composite
def counts(draw: st.DrawFn, kinds: tuple[PollKind, ...] = tuple(PollKind)) -> Figures:
    kind = draw(st.sampled_from(kinds))
    in_office = draw(st.integers(1, 30))
    present = draw(st.integers(-(-2 * in_office // 3), in_office))
    returned = draw(st.integers(0, present))
    void = draw(st.integers(0, returned))
    n = 1 if kind is PollKind.MOTION else draw(st.integers(1, 6))
    valid = returned - void
    tallies = tuple(draw(tally(f"p{i}", kind, n, valid)) for i in range(n))
    return Figures(
        kind=kind,
        seats=draw(st.integers(0 if kind is PollKind.APPROVE_EACH else 1, n)),
        options=tallies,
        statutory_seats=in_office,
        in_office=in_office,
        present=present,
        issued=present,
        returned=returned,
        void=void,
        not_pressed=0,
    )


@st.composite
def tally(draw: st.DrawFn, name: str, kind: PollKind, n: int, valid: int) -> Tally:
    if kind is PollKind.RANK:
        return Tally(name, draw(st.integers(valid, n * valid)))
    votes = draw(st.integers(0, valid))
    second = draw(st.integers(0, valid - votes))
    third = draw(st.integers(0, valid - votes - second))
    if kind is PollKind.EVALUATION:
        return Tally(name, levels=(votes, second, third))
    return Tally(name, votes) if kind is PollKind.CHOOSE else Tally(name, votes, second, third)


@given(rulesets(), counts())
def test_every_seat_is_filled_tied_or_missing(rules: Ruleset, count: Figures) -> None:
    ruling = rule_on(rules, count)
    seated = 0 if count.kind in (PollKind.MOTION, PollKind.EVALUATION) else count.seats
    assert filled(ruling) == seated
    if not seated:
        return
    tied = ruling.run_off.options if ruling.run_off else ()
    assert not set(tied) & set(ruling.elected)
    assert len(tied) > ruling.run_off.seats > 0 if ruling.run_off else not tied
    assert (ruling.outcome is OutcomeKind.RUN_OFF) == bool(tied)
    short = OutcomeKind.PRESELECTED if count.kind is PollKind.PRESELECTION else OutcomeKind.SHORTFALL
    assert ruling.outcome is short if ruling.shortfall else ruling.outcome is not OutcomeKind.SHORTFALL


@given(rulesets(), counts(VOTE_KINDS))
def test_nobody_below_the_floor_is_elected_or_tied(rules: Ruleset, count: Figures) -> None:
    ruling = rule_on(rules, count)
    floor = ruling.majority if rules.seats.majority_floor or count.kind is PollKind.ELECTION else 1
    votes = {t.id: t.votes for t in count.options}
    chosen = (*ruling.elected, *(ruling.run_off.options if ruling.run_off else ()))
    assert all(votes[option] >= floor for option in chosen)
    if ruling.shortfall:
        assert all(votes[option] < floor for option in votes if option not in chosen)


@given(rulesets(), counts((PollKind.APPROVE_EACH,)), st.data())
def test_a_vote_more_never_fails_an_option_that_is_decided_by_itself(
    rules: Ruleset, count: Figures, data: st.DataObject
) -> None:
    count = replace(count, seats=0)
    place = data.draw(st.integers(0, len(count.options) - 1))
    old = count.options[place]
    better = replace(old, votes=min(old.votes + 1, count.valid - old.against - old.abstain))
    more = replace(count, options=(*count.options[:place], better, *count.options[place + 1 :]))
    before, after = rule_on(rules, count), rule_on(rules, more)
    assert before.outcome is OutcomeKind.DECIDED
    assert [(old.id, "passed" if old.votes >= before.majority else "not_passed")] == [
        (option, verdict) for option, verdict in before.verdicts.items() if option == old.id
    ]
    assert (before.verdicts[old.id], after.verdicts[old.id]) != ("passed", "not_passed")
    assert after.verdicts | {old.id: ""} == before.verdicts | {old.id: ""}


@given(rulesets(), counts(), st.randoms(use_true_random=False))
def test_the_order_of_the_options_never_matters(rules: Ruleset, count: Figures, random: Random) -> None:
    shuffled = list(count.options)
    random.shuffle(shuffled)
    before, after = rule_on(rules, count), rule_on(rules, replace(count, options=tuple(shuffled)))
    assert after.outcome is before.outcome
    assert set(after.elected) == set(before.elected)
    assert after.shortfall == before.shortfall
    assert after.verdicts == before.verdicts
    assert (after.run_off is None) == (before.run_off is None)
    if after.run_off and before.run_off:
        assert set(after.run_off.options) == set(before.run_off.options)
        assert after.run_off.seats == before.run_off.seats


@given(rulesets(), counts(), st.permutations([f"p{i}" for i in range(6)]))
def test_the_names_of_the_options_never_matter(rules: Ruleset, count: Figures, names: list[str]) -> None:
    renaming = {t.id: names[i] for i, t in enumerate(count.options)}
    renamed = replace(count, options=tuple(replace(t, id=renaming[t.id]) for t in count.options))
    before, after = rule_on(rules, count), rule_on(rules, renamed)
    assert after.elected == tuple(renaming[option] for option in before.elected)
    assert after.outcome is before.outcome


@given(rulesets(), counts((*VOTE_KINDS, PollKind.RANK)), st.data())
def test_a_better_mark_never_unelects_its_option(rules: Ruleset, count: Figures, data: st.DataObject) -> None:
    elected = rule_on(rules, count).elected
    if not elected:
        return
    option = data.draw(st.sampled_from(elected))
    old = next(t for t in count.options if t.id == option)
    if count.kind is PollKind.RANK:
        better = replace(old, votes=max(count.valid, old.votes - 1))
    elif old.against:  # a delegate against it is for it now
        better = replace(old, votes=old.votes + 1, against=old.against - 1)
    else:
        better = replace(old, votes=min(old.votes + 1, count.valid - old.abstain))
    changed = replace(count, options=tuple(better if t.id == option else t for t in count.options))
    assert option in rule_on(rules, changed).elected


@given(rulesets(), counts((PollKind.MOTION,)))
def test_a_further_ballot_for_a_motion_never_fails_it(rules: Ruleset, count: Figures) -> None:
    if rule_on(rules, count).outcome is not OutcomeKind.PASSED or count.returned == count.issued:
        return
    more = replace(count.options[0], votes=count.options[0].votes + 1)
    assert rule_on(rules, replace(count, returned=count.returned + 1, options=(more,))).outcome is OutcomeKind.PASSED


@given(rulesets(), counts((PollKind.EVALUATION,)))
def test_a_better_answer_never_worsens_a_verdict(rules: Ruleset, count: Figures) -> None:
    best_first = ["satisfied", "basically_satisfied", "dissatisfied"]
    for index, subject in enumerate(count.options):
        for level in (1, 2):
            if not subject.levels[level]:
                continue
            levels = list(subject.levels)
            levels[level], levels[level - 1] = levels[level] - 1, levels[level - 1] + 1
            options = list(count.options)
            options[index] = replace(subject, levels=tuple(levels))
            before = rule_on(rules, count).verdicts[subject.id]
            after = rule_on(rules, replace(count, options=tuple(options))).verdicts[subject.id]
            assert best_first.index(after) <= best_first.index(before)


@given(rulesets(), counts())
def test_every_ruling_gives_its_reasons(rules: Ruleset, count: Figures) -> None:
    assert len(rule_on(rules, count).reasons) >= 3


@given(st.integers(1, 2000), st.sampled_from(["1/2", "2/3", "3/4", "5/7", "9999/9999"]), st.booleans())
def test_the_number_needed_is_the_least_that_reaches_the_fraction(base: int, fraction: str, strict: bool) -> None:
    numerator, denominator = map(int, fraction.split("/"))
    rules = ruleset(majority={"fraction": fraction, "strictly_more": strict})
    needed = ruled(motion(base, 0), rules).majority
    if strict:
        assert needed * denominator > base * numerator >= (needed - 1) * denominator
    else:
        assert needed * denominator >= base * numerator > (needed - 1) * denominator


def test_not_monotone_a_further_ballot_may_void_the_poll() -> None:
    passed = motion(9, 6, present=8, issued=8, returned=8)
    more = replace(passed, returned=9, options=(Tally("m", 7),))
    assert (ruled(passed).outcome, ruled(more).outcome) == (OutcomeKind.PASSED, OutcomeKind.VOID)


def test_not_monotone_a_further_tick_may_void_its_ballot() -> None:
    # Nine ballots tick p1 and p2 of three, k = 2; one of them ticks p3 as well and is void as a whole.
    before, after = choose(9, 2, (5, 9, 4)), choose(9, 2, (4, 8, 4), void=1)
    assert (ruled(before).elected, ruled(after).elected) == (("p2", "p1"), ("p2",))


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "a", "b"), ("b", "c", "a")])
def test_a_tie_is_never_broken_by_name_or_order(order: tuple[str, ...]) -> None:
    count = replace(choose(9, 1, (0, 0, 0)), options=tuple(Tally(o, 6 if o != "b" else 2) for o in order))
    ruling = ruled(count)
    assert ruling.elected == ()
    assert ruling.run_off is not None
    assert set(ruling.run_off.options) == {"a", "c"}
