"""What the description of an election states: the sitting, the question and the rules it is decided by."""

import msgspec

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium, Option, Question
from voting.congress.law.ruleset import BallotRule, Ruleset, Secrecy
from voting.sitting.machine import Sitting
from voting.tally.ballots.terms import Terms


class FrozenRules(msgspec.Struct, frozen=True):
    """Two settings of the ruleset that records state twice, as the first ones did; nothing is decided by them."""

    majority_floor: bool
    fewer_than_seats_voids: bool


class FrozenPoll(msgspec.Struct, frozen=True):
    """The question as records state it: this is their format, which stays whatever becomes of `Question`."""

    id: str
    kind: PollKind
    title: str
    seats: int
    options: tuple[Option, ...]
    rules: FrozenRules
    ruleset: Ruleset
    secrecy: Secrecy
    medium: Medium
    write_ins: bool
    follows: Follows | None
    eligible: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """The question, as far as its outcome depends on it."""
        return Question(
            id=self.id,
            kind=self.kind,
            title=self.title,
            options=self.options,
            seats=self.seats,
            ruleset=self.ruleset,
            secrecy=self.secrecy,
            medium=self.medium,
            write_ins=self.write_ins,
            eligible=self.eligible,
            follows=self.follows,
        )


FORMAT = 1
"""The format of the description. It is not written: a later one will have to say that it is not the first."""


class Description(msgspec.Struct, frozen=True):
    """What an election's description states, beside the titles. in_office, statutory_seats, present: at opening."""

    poll: FrozenPoll
    in_office: int
    statutory_seats: int
    present: int


def frozen_poll(question: Question) -> FrozenPoll:
    """The question with the rules it is decided by, as every record of the poll states them."""
    rules = question.ruleset
    stated = FrozenRules(rules.seats.majority_floor, rules.ballots.under is BallotRule.VOID)
    return FrozenPoll(
        id=question.id,
        kind=question.kind,
        title=question.title,
        seats=question.seats,
        options=question.options,
        rules=stated,
        ruleset=rules,
        secrecy=question.secrecy,
        medium=question.medium,
        write_ins=question.write_ins,
        follows=question.follows,
        eligible=question.eligible,
    )


def description_of(state: Sitting, question: Question) -> str:
    """The rules of the poll, as compact JSON that travels in the public record."""
    terms = {"terms": Terms(last_counts=True).to_json()} if question.last_press_counts else {}
    content = {
        **terms,
        "sitting": state.plan.titles,
        "poll": frozen_poll(question),
        "in_office": state.plan.roster.in_office,
        "statutory_seats": state.plan.roster.statutory_seats,
        "present": len(state.present),
    }
    return msgspec.json.encode(content).decode()
