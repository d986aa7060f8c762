"""What the description of an election states: the sitting, the question and the rules it is decided by."""

import msgspec

from voting.congress.law.ruleset import Ruleset, Secrecy
from voting.sitting.machine import Sitting
from voting.sitting.poll import Follows, Medium, Option, PollKind, PollPlan, PollRules
from voting.tally.ballots.terms import Terms


class FrozenPoll(msgspec.Struct, frozen=True):
    """The question with the rules it is decided by, as the record states them. rules: see PollRules."""

    id: str
    kind: PollKind
    title: str
    seats: int
    options: tuple[Option, ...]
    rules: PollRules
    ruleset: Ruleset
    secrecy: Secrecy
    medium: Medium
    write_ins: bool
    follows: Follows | None
    eligible: tuple[str, ...] = ()

    @property
    def plan(self) -> PollPlan:
        """The poll, as far as its outcome depends on it."""
        return PollPlan(
            id=self.id,
            kind=self.kind,
            title=self.title,
            options=self.options,
            seats=self.seats,
            ruleset=self.ruleset,
            secrecy=self.secrecy,
            medium=self.medium,
            write_ins=self.write_ins,
            follows=self.follows,
            eligible=self.eligible,
        )


class Description(msgspec.Struct, frozen=True):
    """What an election's description states, beside the titles. in_office, statutory_seats, present: at opening."""

    poll: FrozenPoll
    in_office: int
    statutory_seats: int
    present: int


def frozen_poll(plan: PollPlan) -> FrozenPoll:
    """The question with the rules it is decided by, as every record of the poll states them."""
    return FrozenPoll(
        id=plan.id,
        kind=plan.kind,
        title=plan.title,
        seats=plan.seats,
        options=plan.options,
        rules=plan.rules,
        ruleset=plan.adopted,
        secrecy=plan.secrecy,
        medium=plan.medium,
        write_ins=plan.write_ins,
        follows=plan.follows,
        eligible=plan.eligible,
    )


def description_of(state: Sitting, plan: PollPlan) -> str:
    """The rules of the poll, as compact JSON that travels in the public record."""
    terms = {"terms": Terms(last_counts=True).to_json()} if plan.last_press_counts else {}
    content = {
        **terms,
        "sitting": state.plan.titles,
        "poll": frozen_poll(plan),
        "in_office": state.plan.roster.in_office,
        "statutory_seats": state.plan.roster.statutory_seats,
        "present": len(state.present),
    }
    return msgspec.json.encode(content).decode()
