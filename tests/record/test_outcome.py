"""What a record decides by itself, and when it does not say."""

import msgspec
import pytest

from tests.support.chamber import Chamber
from tests.support.plans.kinds import CHOICES, POLLS, kinds_plan, options
from tests.support.signer import SIGNER
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Secrecy
from voting.record.description import description_of
from voting.record.outcome import OutcomeUnknown, outcome_in
from voting.record.questions import questions_of
from voting.sitting.counting import OutcomeKind
from voting.tally.ballots.by_name import NO_TRUSTEES, count_recorded
from voting.tally.board.chain import END_BALLOTS, Board, result_step
from voting.tally.board.election import Election, make_recorded_election
from voting.tally.groups.choice import group_by_name
from voting.tally.verify.checks import VerifiedRecord, verify_archive

NAMED = next(poll.question for poll in POLLS if poll.id == "named")


def described(plan: Question) -> str:
    """What a record of this sitting states, if nobody has a credential."""
    sitting = Chamber(kinds_plan()).service.sitting
    return description_of(sitting, plan, server_key=SIGNER.public_hex, credentials=b"[]")


def record(plan: Question, description: str | None = None, asked: Question = NAMED) -> VerifiedRecord:
    """An empty record of a recorded poll that states `plan`, and asks what `asked` does."""
    election = make_recorded_election(
        uuid="1" * 14,
        name=plan.title,
        description=described(plan) if description is None else description,
        questions=questions_of(asked),
        group=group_by_name("Ed25519"),
    )
    board = Board.open(election, NO_TRUSTEES, b"[]")
    board.append(END_BALLOTS)
    board.append(result_step(count_recorded(Election.parse(election), [])[0]))
    return verify_archive(board.to_archive(1_700_000_000))


def test_a_record_states_its_outcome_under_its_own_rules() -> None:
    chamber = Chamber(kinds_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("approve")
    for number, choice in CHOICES["approve"].items():
        chamber.choose("approve", number, *choice)
    chamber.finish("approve")
    found = outcome_in(verify_archive(chamber.service.boards["approve"].archive()))
    assert (found.ruling.outcome, found.ruling.elected) == (OutcomeKind.ELECTED, ("o1", "o2"))
    assert found.question.ruleset.title == "示例规则"
    assert found.count == chamber.service.sitting.polls["approve"].count


@pytest.mark.parametrize(
    ("plan", "description", "why"),
    [
        (NAMED, "free text", "does not state its rules"),
        (NAMED, "{}", "does not state its rules"),
        (NAMED, '{"format":2,"votes":[]}', "does not state its rules"),
        (POLLS[1].question, None, "do not belong to its questions"),
        (msgspec.structs.replace(NAMED, secrecy=Secrecy.SECRET), None, "do not belong to its questions"),
        (msgspec.structs.replace(NAMED, medium=Medium.MIXED), None, "papers were counted"),
        (msgspec.structs.replace(NAMED, seats=0), None, "none that could be held"),
    ],
)
def test_a_record_that_cannot_say_is_not_guessed_at(plan: Question, description: str | None, why: str) -> None:
    with pytest.raises(OutcomeUnknown, match=why):
        outcome_in(record(plan, description))


def test_a_motion_without_the_answers_of_a_motion_is_not_decided() -> None:
    odd = msgspec.structs.replace(NAMED, kind=PollKind.MOTION, options=options("示例", 2))
    with pytest.raises(OutcomeUnknown, match="none that could be held"):
        outcome_in(record(odd, asked=odd))


def test_a_record_of_a_congress_without_delegates_is_not_decided() -> None:
    nobody = described(NAMED).replace('"in_office":3', '"in_office":0')
    with pytest.raises(OutcomeUnknown, match="nothing can be decided upon"):
        outcome_in(record(NAMED, nobody))


def test_the_list_of_the_eligible_in_a_record_is_the_one_that_its_question_names() -> None:
    asked = Question(
        id="deputies",
        kind=PollKind.ELECTION,
        title="示例选举",
        options=options("示例候选人", 2),
        secrecy=Secrecy.RECORDED,
        write_ins=True,
        eligible=("示例人选1", "示例人选2"),
    )
    assert outcome_in(record(asked, asked=asked)).question.eligible == asked.eligible
    other = msgspec.structs.replace(asked, eligible=("示例人选1", "示例人选3"))
    with pytest.raises(OutcomeUnknown, match="do not belong to its questions"):
        outcome_in(record(other, asked=asked))
