"""Laws that hold after any commands in any order, and the rules of the journal itself."""

from types import ModuleType
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.sittings import (
    NOW,
    asking,
    ceremony,
    choose,
    motion,
    opening,
    plan,
    preparing,
    refusal,
    releasing,
    scrutineers,
    start,
)
from voting.congress.law.question import Follows, Medium
from voting.congress.law.ruleset import Relation
from voting.congress.refusal import Refusal
from voting.sitting import commands as c
from voting.sitting import events as e
from voting.sitting.counting import Marks
from voting.sitting.events import AnyEvent, DelegateSignedIn
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.machine import Sitting, convene, decide, evolve, ready_credentials, why_not
from voting.sitting.poll import TRANSITIONS, ClosedBy, PollState
from voting.sitting.refusals import ChamberRefusal

JOURNAL = msgspec.json.Decoder(list[AnyEvent])
NUMBERS = st.sampled_from(["001", "002", "003", "004", "L01", "999"])
POLLS = st.sampled_from(["projects", "projects", "motion", "hands", "nowhere"])
HAND_FIGURES = st.builds(
    HandFigures,
    issued=st.integers(0, 4),
    returned=st.integers(0, 4),
    valid=st.integers(0, 4),
    void=st.integers(-1, 1),
    votes=st.fixed_dictionaries({name: st.integers(0, 4) for name in ("for", "against", "abstain")}),
)
TEXTS = st.sampled_from(["", "a", "b"])
CREDENTIALS = st.sampled_from(["k1", "k2", "k3", "k4"])
TRACKERS = st.sampled_from(["t1", "t2", "t3"])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "delegate": NUMBERS,
    "observer": st.sampled_from(["L01", "001"]),
    "by_desk": st.booleans(),
    "item": st.sampled_from(["opening", "votes", "nowhere"]),
    "round": st.integers(0, 4),
    "scrutineer": st.integers(0, 4),
    "poll": POLLS,
    "credential": CREDENTIALS,
    "tracker": TRACKERS,
    "height": st.integers(0, 9),
    "row": st.integers(0, 9),
    "mark": st.integers(0, 9),
    "seconds": st.none() | st.integers(-1, 60),
    "plan": st.builds(
        lambda base, id, follows, amends: asking(base, id=id, follows=follows, amends=amends),
        st.sampled_from([motion(), choose(n=2, k=1), choose()]),
        st.sampled_from(["added", "again", "motion"]),
        st.none() | st.builds(Follows, poll=POLLS, relation=st.sampled_from(Relation)),
        st.none() | st.sampled_from(["motion", "nowhere"]),
    ),
    "by": st.sampled_from(ClosedBy),
    "method": st.sampled_from(HandMethod),
    "figures": HAND_FIGURES,
    "entered_at": st.integers(NOW, NOW + 60),
    "marks": st.just(Marks()),
    "recorded": st.just({}),
    "votes": st.lists(st.integers(-1, 4), min_size=2, max_size=4).map(tuple),
}


def any_command(kind: type[c.Command]) -> st.SearchStrategy[c.Command]:
    return st.builds(kind, **{name: FIELDS.get(name, TEXTS) for name in kind.__struct_fields__})


ANY_COMMAND = st.one_of([any_command(kind) for kind in get_args(c.Command)])


def encoded(state: Sitting) -> bytes:
    return msgspec.json.encode(state)


class AnySitting(RuleBasedStateMachine):
    """Random commands against a sitting of four; the journal is kept as the shell keeps it."""

    @initialize(threshold=st.integers(2, 3), done=st.sampled_from([True, True, True, False]))
    def convened(self, threshold: int, done: bool) -> None:
        convening = convene(
            plan(4, polls=(choose(), motion(), asking(motion("hands"), medium=Medium.BY_HAND)), threshold=threshold),
            NOW,
        )
        self.journal: list[AnyEvent] = [convening]
        self.state = evolve(None, convening)
        self.now = NOW
        for command in ceremony(self.state) if done else ():
            self.order(command)

    def order(self, command: c.Command) -> None:
        before = encoded(self.state)
        self.now += 1
        refused = why_not(decide, self.state, command, self.now)
        outcome = () if refused else decide(self.state, command, self.now)
        assert encoded(self.state) == before, "deciding changes nothing"
        for event in outcome:
            self.journal.append(event)
            self.state = evolve(self.state, event)

    @rule(command=ANY_COMMAND)
    def anything(self, command: c.Command) -> None:
        self.order(command)

    @rule()
    def everybody_signs_in(self) -> None:
        for delegate in self.state.plan.roster.delegates:
            self.order(c.SignIn(delegate=delegate.number))

    @rule()
    def everybody_registers_and_votes(self) -> None:
        self.everybody_signs_in()
        for poll in self.state.polls:
            self.order(c.PreparePoll(poll=poll, election_uuid="uuid"))
            for i, number in enumerate(("001", "002", "003", "004"), start=1):
                self.order(c.RegisterCredential(poll=poll, delegate=number, credential=f"k{i}"))
            self.order(opening(poll))
            for i, number in enumerate(("001", "002", "003"), start=1):
                self.order(c.StoreBallot(poll=poll, delegate=number, credential=f"k{i}", tracker=f"t{i}"))

    @rule(finding=st.sampled_from([c.AcceptBallot, c.RejectBallot]))
    def stored_ballots_are_verified(self, finding: Any) -> None:
        extra = {"height": 1, "head": "h"} if finding is c.AcceptBallot else {"reason": "proof_invalid"}
        for poll, progress in self.state.polls.items():
            for delegate, tracker in progress.pending.items():
                self.order(finding(poll=poll, delegate=delegate, tracker=tracker, **extra))

    @rule(votes=st.lists(st.integers(0, 2) | st.just(3), min_size=3, max_size=3).map(tuple))
    def the_poll_goes_one_way(self, votes: tuple[int, ...]) -> None:
        running = (p for p, progress in self.state.polls.items() if progress.state is PollState.OPEN)
        poll = next(running, "projects")
        self.stored_ballots_are_verified(c.AcceptBallot)
        self.order(c.ClosePoll(poll=poll))
        self.order(c.SealTally(poll=poll, encrypted_tally="sum", head="h"))
        for scrutineer in scrutineers():
            self.order(releasing(poll, scrutineer.index, decryption="share"))
        self.order(c.CountPoll(poll=poll, votes=votes, result="r", head="h"))

    @precondition(lambda self: any(p.state is PollState.COUNTED for p in self.state.polls.values()))
    @rule()
    def the_result_is_announced(self) -> None:
        for poll in self.state.polls:
            self.order(c.ConfirmCount(poll=poll, scrutineer=1))
            self.order(c.AnnounceResult(poll=poll))

    @invariant()
    def replay_gives_the_same_bytes(self) -> None:
        replayed: Sitting | None = None
        for event in JOURNAL.decode(msgspec.json.encode(self.journal)):
            replayed = evolve(replayed, event)
        assert replayed is not None
        assert encoded(replayed) == encoded(self.state)

    @invariant()
    def a_ballot_belongs_to_somebody_on_the_list(self) -> None:
        for progress in self.state.polls.values():
            assert progress.returned.keys() | progress.pending.keys() <= progress.credentials.keys()
            assert not progress.returned.keys() & progress.pending.keys()
            assert progress.issued >= len(progress.returned)
            assert len(set(progress.credentials.values())) == len(progress.credentials)
            assert ready_credentials(self.state, progress).items() <= progress.credentials.items()

    @rule(figures=HAND_FIGURES, second=st.integers(1, 3))
    def hands_are_counted(self, figures: HandFigures, second: int) -> None:
        self.order(preparing("hands"))
        self.everybody_signs_in()
        self.order(c.OpenByHand(poll="hands"))
        self.order(c.ClosePoll(poll="hands"))
        method = HandMethod.SHOW_OF_HANDS
        self.order(c.EnterHandCount(poll="hands", scrutineer=1, method=method, figures=figures, reason="示例"))
        self.order(c.ConfirmHandCount(poll="hands", scrutineer=second, entered_at=self.now))

    @invariant()
    def a_count_by_hand_was_confirmed_by_a_second_person(self) -> None:
        for progress in self.state.polls.values():
            entry = progress.hand_count
            if progress.question.medium is Medium.BY_HAND and progress.count is not None:
                assert entry is not None
                assert entry.confirmed_by not in (None, entry.entered_by)
                assert progress.count.medium is Medium.BY_HAND

    @invariant()
    def what_follows_a_poll_leaves_it_as_it_was(self) -> None:
        for progress in self.state.polls.values():
            if progress.question.follows is not None:
                followed = self.state.polls[progress.question.follows.poll]
                assert followed.state in (PollState.ANNOUNCED, PollState.ANNULLED)

    @invariant()
    def at_most_one_poll_is_running(self) -> None:
        ended = (PollState.PLANNED, PollState.ANNOUNCED, PollState.ANNULLED)
        assert sum(progress.state not in ended for progress in self.state.polls.values()) <= 1

    @invariant()
    def the_figures_add_up(self) -> None:
        for progress in self.state.polls.values():
            if progress.count is None or progress.outcome is None:
                continue
            count, outcome = progress.count, progress.outcome
            assert count.entitled >= count.issued >= count.returned == count.valid + count.void
            assert count.not_pressed >= 0
            if progress.question.kind == "choose":
                filled = len(outcome.elected) + outcome.run_off_seats + outcome.shortfall
                assert filled == progress.question.seats

    @invariant()
    def everybody_is_at_most_one_of_present_on_leave_and_departed(self) -> None:
        lists = (self.state.present, self.state.on_leave, self.state.departed)
        assert len(set().union(*lists)) == sum(map(len, lists)) <= self.state.plan.roster.in_office


AnySitting.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
test_laws_of_any_sitting = AnySitting.TestCase


def kinds(union: Any) -> set[type]:
    return set(union.__args__)


def structs_in(module: ModuleType) -> set[type[msgspec.Struct]]:
    """The structs that a module defines."""
    found = {kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)}
    return {kind for kind in found if kind.__module__ == module.__name__}


def test_every_command_is_in_the_closed_list() -> None:
    assert set(get_args(c.Command)) == structs_in(c)


def test_every_event_is_in_the_closed_list() -> None:
    assert kinds(AnyEvent) == {
        kind for kind in structs_in(e) if issubclass(kind, e.Event) and not kind.__subclasses__()
    }


def test_exactly_the_steps_of_the_table_are_taken_by_events() -> None:
    assert {kind.step for kind in get_args(e.AnyPollEvent)} == {None, *(step for _, step in TRANSITIONS)}


def test_a_journal_convenes_first_and_once() -> None:
    with pytest.raises(ValueError, match="begins with"):
        evolve(None, DelegateSignedIn(at=NOW, delegate="001"))
    with pytest.raises(ValueError, match="once"):
        evolve(start(), convene(plan(), NOW))


def test_events_carry_their_wire_name_and_refuse_unknown_fields() -> None:
    event = DelegateSignedIn(at=NOW, delegate="001")
    assert msgspec.json.encode(event) == (
        b'{"type":"delegate_signed_in","at":1645150000000,"delegate":"001","by_desk":false}'
    )
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        JOURNAL.decode(b'[{"type":"delegate_signed_in","at":1,"delegate":"001","vote":"for"}]')


def test_a_refusal_names_its_code_on_the_wire() -> None:
    refused = refusal(start(), c.SignIn(delegate="999"))
    assert refused == Refusal(code=ChamberRefusal.UNKNOWN_DELEGATE, params={"delegate": "999"})
    assert msgspec.json.encode(refused) == b'{"code":"unknown_delegate","params":{"delegate":"999"}}'
