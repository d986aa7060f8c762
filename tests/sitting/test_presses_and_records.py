"""Which press counts, and polls whose votes are recorded by name."""

import pytest
from msgspec.structs import replace

from tests.support.figures import ruleset
from tests.support.known import known
from tests.support.sittings import (
    NOW,
    accepting,
    asking,
    ballot,
    choose,
    do,
    motion,
    opening,
    plan,
    ready,
    refused,
    releasing,
    shuffling,
)
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Press, Secrecy, SecrecyRule
from voting.sitting import commands as c
from voting.sitting.counting import Marks, OutcomeKind
from voting.sitting.machine import Sitting, decide
from voting.sitting.poll import PollPlan, PollState
from voting.sitting.refusals import ChamberRefusal

LAST = ruleset(ballots={"press": Press.LAST})


def opened(poll: PollPlan) -> Sitting:
    state = do(ready(plan(polls=(poll,))), c.PreparePoll(poll="projects", election_uuid="u"))
    keys = (c.RegisterCredential(poll="projects", delegate=n, credential=f"credential {n}") for n in state.present)
    return do(state, *keys, opening("projects"))


def another(number: str) -> c.StoreBallot:
    return replace(ballot(number), tracker=f"later {number}")


def accepting_another(number: str) -> c.AcceptBallot:
    return replace(accepting(number), tracker=f"later {number}", height=2)


def replaced() -> Sitting:
    state = opened(asking(choose(), ruleset=LAST))
    return do(state, ballot("001"), accepting("001"), another("001"), accepting_another("001"))


def test_with_the_first_press_a_second_ballot_is_refused() -> None:
    state = do(opened(choose()), ballot("001"), accepting("001"))
    assert refused(state, another("001")) is ChamberRefusal.ALREADY_VOTED


def test_with_the_last_press_the_later_ballot_counts_and_the_earlier_is_kept() -> None:
    poll = replaced().polls["projects"]
    assert (poll.returned, poll.voters["001"].on_board) == ({"001": "later 001"}, ("tracker 001", "later 001"))


def test_the_next_press_waits_for_the_one_before() -> None:
    state = do(opened(asking(choose(), ruleset=LAST)), ballot("001"))
    assert refused(state, another("001")) is ChamberRefusal.VERIFICATION_PENDING


def test_an_earlier_ballot_sent_again_does_not_come_back() -> None:
    for state in (replaced(), do(replaced(), c.ClosePoll(poll="projects"))):
        assert decide(state, ballot("001"), NOW) == ()
        assert decide(state, another("001"), NOW) == ()


def test_a_later_ballot_that_does_not_hold_leaves_the_earlier_in_place() -> None:
    state = do(opened(asking(choose(), ruleset=LAST)), ballot("001"), accepting("001"), another("001"))
    state = do(state, c.RejectBallot(poll="projects", delegate="001", tracker="later 001", reason="proof"))
    assert state.polls["projects"].returned == {"001": "tracker 001"}


def test_who_voted_twice_returned_one_ballot() -> None:
    state = do(replaced(), c.ClosePoll(poll="projects"), c.SealTally(poll="projects", encrypted_tally="e", head="h"))
    state = do(state, *(releasing("projects", i) for i in (1, 2)))
    assert refused(state, counting((2, 1, 0))) is ChamberRefusal.DECRYPTION_INVALID
    count = do(state, counting((1, 1, 0))).polls["projects"].count
    assert count is not None
    assert (count.returned, count.not_pressed) == (1, 2)


def counting(votes: tuple[int, ...], marks: Marks | None = None, **recorded: tuple[str, ...]) -> c.CountPoll:
    by_number = {name.lstrip("d"): marks for name, marks in recorded.items()}
    return c.CountPoll(poll="projects", votes=votes, result="r", head="h", marks=marks or Marks(), recorded=by_number)


def sealed(poll: PollPlan, decryptions: int = 2) -> Sitting:
    state = opened(poll)
    cast = (step for n in ("001", "002", "003") for step in (ballot(n), accepting(n)))
    state = do(state, *cast, c.ClosePoll(poll="projects"), c.SealTally(poll="projects", encrypted_tally="e", head="h"))
    if poll.question.shuffled:
        state = do(state, *(shuffling("projects", i + 1, i) for i in range(2)))
    return do(state, *(releasing("projects", i + 1) for i in range(decryptions)))


RECORDED = asking(motion("projects"), secrecy=Secrecy.RECORDED)


def test_a_recorded_vote_names_everybody_and_needs_no_decryption() -> None:
    state = do(sealed(RECORDED, 0), counting((2, 1, 0), d001=("for",), d002=("for",), d003=("against",)))
    poll = state.polls["projects"]
    counted = known(poll.counted)
    assert (poll.state, counted.recorded["003"]) == (PollState.COUNTED, ("against",))
    assert counted.outcome.kind is OutcomeKind.PASSED


@pytest.mark.parametrize(
    "command",
    [
        counting((2, 1, 0)),
        counting((2, 1, 0), d001=("for",), d002=("for",)),
        counting((2, 1, 0), d001=("for",), d002=("for",), d003=("abstain",)),
        counting((2, 1, 0), d001=("for",), d002=("for",), d003=("against",), d004=()),
    ],
)
def test_a_record_that_does_not_give_the_count_is_refused(command: c.CountPoll) -> None:
    assert refused(sealed(RECORDED, 0), command) is ChamberRefusal.RECORD_WRONG


def test_a_recorded_vote_on_each_option_is_counted_with_the_marks_of_everybody() -> None:
    rules = ruleset(secrecy={"choice": SecrecyRule.EITHER})
    each = of_kind(PollKind.APPROVE_EACH, secrecy=Secrecy.RECORDED, ruleset=rules)
    marked = {f"d00{n}": ("for", "for") for n in (1, 2)} | {"d003": ("against", "for")}
    state = do(sealed(each, 0), counting((2, 3), Marks(against=(1, 0), abstain=(0, 0)), **marked))
    assert known(state.polls["projects"].counted).recorded["003"] == ("against", "for")


def test_a_secret_vote_is_never_recorded() -> None:
    command = counting((2, 1, 0), d001=("for",), d002=("for",), d003=("against",))
    assert refused(sealed(motion("projects")), command) is ChamberRefusal.RECORD_WRONG


def of_kind(kind: PollKind, **other: object) -> PollPlan:
    return asking(choose(n=2, k=1), kind=kind, **other)


@pytest.mark.parametrize(
    ("poll", "command", "elected"),
    [
        (of_kind(PollKind.APPROVE_EACH), counting((2, 3), Marks(against=(1, 0), abstain=(0, 0))), ("p2",)),
        (of_kind(PollKind.ELECTION), counting((1, 2), Marks(against=(2, 1))), ("p2",)),
        (
            of_kind(PollKind.ELECTION, write_ins=True),
            counting((1, 0), Marks(write_ins={"示例代表003": 2})),
            ("示例代表003",),
        ),
        (of_kind(PollKind.RANK), counting((4, 5)), ("p1",)),
    ],
)
def test_every_kind_is_counted_from_the_board(poll: PollPlan, command: c.CountPoll, elected: tuple[str, ...]) -> None:
    outcome = do(sealed(poll), command).polls["projects"].outcome
    assert outcome is not None
    assert outcome.elected == elected


def test_an_evaluation_is_counted_from_the_board() -> None:
    levels = Marks(levels=((2, 1, 0), (0, 0, 3)))
    outcome = do(sealed(of_kind(PollKind.EVALUATION)), counting((0, 0), levels)).polls["projects"].outcome
    assert outcome is not None
    assert outcome.verdicts == {"p1": "satisfied", "p2": "dissatisfied"}


@pytest.mark.parametrize(
    ("poll", "command"),
    [
        (of_kind(PollKind.APPROVE_EACH), counting((2, 3), Marks(against=(2, 0)))),
        (of_kind(PollKind.APPROVE_EACH), counting((2, 3), Marks(against=(1,)))),
        (of_kind(PollKind.ELECTION), counting((3, 3))),
        (of_kind(PollKind.ELECTION), counting((1, 0), Marks(write_ins={"示例代表003": 2}))),
        (of_kind(PollKind.ELECTION, write_ins=True), counting((1, 0), Marks(write_ins={"p2": 2}))),
        (of_kind(PollKind.RANK), counting((4, 4))),
        (of_kind(PollKind.EVALUATION), counting((0, 0))),
        (choose(n=2, k=1), counting((1, 1), Marks(against=(1, 1)))),
        (choose(n=2, k=1), counting((2, 1), Marks(void=1))),
    ],
)
def test_figures_that_no_ballots_could_give_are_refused(poll: PollPlan, command: c.CountPoll) -> None:
    assert refused(sealed(poll), command) is ChamberRefusal.DECRYPTION_INVALID


def test_a_ballot_that_the_rules_void_is_returned_all_the_same() -> None:
    count = do(sealed(choose(n=2, k=1)), counting((2, 0), Marks(void=1))).polls["projects"].count
    assert count is not None
    assert (count.returned, count.valid, count.void) == (3, 2, 1)
