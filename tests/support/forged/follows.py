"""Sittings in which a poll follows another that asked for no such poll: check Z13."""

from typing import Any

from msgspec.structs import replace

from tests.support.elections_by_hand import RUN_OFF, SECOND_ROUND, SHORT, TIED, asking, held_elections
from tests.support.forged.containers import BY_HAND, NAMED, VOTED, whole
from tests.support.forged.forgery import Build
from tests.support.known import known
from tests.support.whole_sitting import Whole
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.question import Follows
from voting.congress.law.ruleset import AfterShortfall, Relation, Ruleset, SeatRules, Secrecy
from voting.record.whole.statement import PollFiles
from voting.sitting.poll import PollState


def _unheld(made: Whole, id: str, follows: Follows, like: str) -> Whole:
    """One poll more that asks what this one asked, follows something, and was only planned."""
    first = made.listed(like)
    poll = replace(first.poll, id=id, follows=follows)
    planned = replace(
        first,
        poll=poll,
        state=PollState.PLANNED,
        election_uuid="",
        annulled_because="",
        record_sha256="",
        count_sha256="",
    )
    made.files[id] = PollFiles()
    return made.stating(polls=(*made.content.polls, planned))


def _ordered(made: Whole, *ids: str) -> Whole:
    made.files = {id: made.files[id] for id in ids}
    return made.stating(polls=tuple(made.listed(id) for id in ids))


def _again(like: str, follows: str, relation: Relation) -> Build:
    """Another poll like one that was held, which follows one of these."""
    return lambda: _unheld(whole(), "again", Follows(follows, relation), like)


def _run_off(votes: dict[str, int] | None = None, **changes: Any) -> Build:
    return lambda: asking(_elections(), RUN_OFF, votes, **changes)


def _second_round(votes: dict[str, int] | None = None, **changes: Any) -> Build:
    return lambda: asking(_elections(), SECOND_ROUND, votes, **changes)


def _elections() -> Whole:
    return Whole(held_elections())


def _other_rules(made: Whole, *polls: str, **changes: Any) -> Whole:
    for poll in polls:
        rules = made.listed(poll).poll.ruleset
        asking(made, poll, ruleset=replace(rules, **changes))
    return made


def _titled(poll: str) -> Whole:
    made = _elections()
    first, *rest = made.listed(poll).poll.options
    return asking(made, poll, options=(replace(first, title="示例另一人"), *rest))


def _options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(id, f"示例候选人{id}", illustrative=True) for id in ids)


def _without_second_round() -> Whole:
    seats = SeatRules(shortfall=(AfterShortfall.NEXT_SESSION,))
    return _other_rules(_elections(), SHORT, SECOND_ROUND, seats=seats)


def _unended() -> Whole:
    return whole().listing("motion", state=PollState.PREPARED)


def _after_run_off_annulled() -> Whole:
    return _elections().listing(TIED, state=PollState.ANNULLED, annulled_because="示例原因")


def _run_off_of_nothing() -> Whole:
    """The first poll was annulled before it was counted."""
    made = _after_run_off_annulled()
    return made.holding(TIED, PollFiles())


def _repeat_of_a_repeat() -> Whole:
    made = whole().listing(VOTED, state=PollState.ANNULLED, annulled_because="示例原因")
    return _unheld(made, "motion-3", Follows(VOTED, Relation.REPEAT), VOTED)


def _relation(poll: str, relation: Relation) -> Whole:
    made = _elections()
    follows = known(made.listed(poll).poll.follows)
    return asking(made, poll, follows=replace(follows, relation=relation))


def _repeat_asking(**changes: Any) -> Whole:
    made = whole()
    return made.listing("motion", poll=replace(made.listed("motion").poll, **changes))


def _elected_by_name() -> Whole:
    """Whoever was elected stands on the next ballot under another number."""
    options = (*_options("d2"), Option("d9", "示例候选人 d1", illustrative=True))
    return asking(_elections(), SECOND_ROUND, votes={"d2": 4, "d9": 1}, options=options)


_BY_POLL: dict[str, dict[str, Build]] = {
    VOTED: {
        "a_repeat_of_a_poll_that_has_not_ended": _unended,
        "a_repeat_before_what_it_repeats": lambda: _ordered(whole(), VOTED, "motion", BY_HAND, NAMED),
        "a_repeat_of_other_seats": lambda: _repeat_asking(seats=3),
        "a_repeat_of_other_secrecy": lambda: _repeat_asking(secrecy=Secrecy.RECORDED),
        "a_repeat_under_other_rules": lambda: _repeat_asking(ruleset=Ruleset(title="示例另一规则")),
        "a_repeat_of_another_kind": lambda: _repeat_asking(kind=PollKind.CHOOSE),
        "a_repeat_of_other_options": lambda: _repeat_asking(options=_options("c1", "c2")),
        "a_repeat_with_names_to_be_added": lambda: _repeat_asking(write_ins=True),
        "a_repeat_with_others_eligible": lambda: _repeat_asking(eligible=("示例",)),
    },
    "again": {
        "a_repeat_of_what_decided": _again(BY_HAND, BY_HAND, Relation.REPEAT),
        "a_second_repeat_of_the_same_poll": _again("motion", "motion", Relation.REPEAT),
        "a_second_run_off_of_the_same_poll": lambda: _unheld(
            _elections(), "again", Follows(TIED, Relation.RUN_OFF), RUN_OFF
        ),
    },
    "motion-3": {
        "a_repeat_of_a_repeat": _repeat_of_a_repeat,
    },
    RUN_OFF: {
        "a_run_off_for_more_seats": _run_off(seats=2),
        "a_run_off_with_one_candidate_more": _run_off({"c2": 4, "c3": 1, "c9": 0}, options=_options("c2", "c3", "c9")),
        "a_run_off_with_one_candidate_fewer": _run_off({"c2": 4}, options=_options("c2")),
        "a_run_off_with_names_to_be_added": _run_off(write_ins=True),
        "a_run_off_with_a_candidate_of_another_name": lambda: _titled(RUN_OFF),
        "a_run_off_under_other_rules": lambda: _other_rules(_elections(), RUN_OFF, title="示例另一规则"),
        "a_run_off_after_a_poll_that_was_annulled": _after_run_off_annulled,
        "a_run_off_after_a_poll_without_a_count": _run_off_of_nothing,
        "a_run_off_called_a_second_round": lambda: _relation(RUN_OFF, Relation.SECOND_ROUND),
        "a_run_off_called_a_repeat": lambda: _relation(RUN_OFF, Relation.REPEAT),
        "a_run_off_called_one_of_the_next_session": lambda: _relation(RUN_OFF, Relation.NEXT_SESSION),
    },
    SECOND_ROUND: {
        "a_second_round_called_a_run_off": lambda: _relation(SECOND_ROUND, Relation.RUN_OFF),
        "a_second_round_for_more_seats_than_are_left": _second_round(seats=2),
        "a_second_round_with_whoever_was_elected": _second_round({"d1": 3, "d2": 1}, options=_options("d1", "d2")),
        "a_second_round_with_whoever_was_elected_by_name": _elected_by_name,
        "a_second_round_that_the_rules_rule_out": _without_second_round,
    },
}
FOLLOWS = tuple((name, poll, build) for poll, rows in _BY_POLL.items() for name, build in rows.items())
"""By name: the poll that may not follow, and the sitting."""
