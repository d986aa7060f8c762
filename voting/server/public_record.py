"""What is frozen into the public record when a poll opens, and what a recorded poll's ballots say."""

from typing import Any

import msgspec

from voting.congress.commands import OpenPoll
from voting.congress.poll import Follows, Medium, Option, PollKind, PollPlan, PollRules
from voting.congress.ruleset import Ruleset, Secrecy
from voting.congress.sitting import PollProgress, Sitting, ready_credentials
from voting.server.boards import PollBoard, trustees_of
from voting.server.questions import Choice, choice_of, questions_of
from voting.tally.answers import PlainAnswer
from voting.tally.ballot import read_ballot
from voting.tally.board import Board
from voting.tally.credential import encode_credentials
from voting.tally.election import make_recorded_election, make_secret_election
from voting.tally.group import group_by_name
from voting.tally.recorded import Voter, encode_voters
from voting.tally.terms import Terms


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
        )


class Description(msgspec.Struct, frozen=True):
    """What an election's description states, beside the titles. in_office, statutory_seats, present: at opening."""

    poll: FrozenPoll
    in_office: int
    statutory_seats: int
    present: int


def frozen(state: Sitting, poll: str, seconds: int | None) -> OpenPoll:
    """The command that opens `poll` with everything frozen into it."""
    progress = state.polls[poll]
    election, credentials = election_of(state, progress), credentials_of(state, progress)
    fingerprint = Board.open(election, trustees_of(state, poll).encode(), credentials).fingerprint
    return OpenPoll(
        poll=poll,
        election=election.decode(),
        credentials=credentials.decode(),
        fingerprint=fingerprint,
        seconds=seconds,
    )


def credentials_of(state: Sitting, progress: PollProgress) -> bytes:
    """The list of credentials; in a recorded poll with the delegates' numbers and names."""
    ready = ready_credentials(state, progress)
    if progress.plan.secrecy is Secrecy.SECRET:
        return encode_credentials(ready.values())
    names = {delegate.number: delegate.name for delegate in state.plan.roster.delegates}
    return encode_voters(Voter(credential, number, names[number]) for number, credential in ready.items())


def election_of(state: Sitting, progress: PollProgress) -> bytes:
    """The election document of a prepared poll; its description states the sitting and the rules."""
    plan = progress.plan
    common: dict[str, Any] = {
        "uuid": progress.election_uuid or "",
        "name": plan.title,
        "description": description_of(state, plan),
        "questions": questions_of(plan),
        "group": group_by_name(state.plan.group),
    }
    if plan.secrecy is Secrecy.RECORDED:
        return make_recorded_election(**common)
    return make_secret_election(**common, public_key=state.ceremony.public_key or "")


def description_of(state: Sitting, plan: PollPlan) -> str:
    """The rules of the poll, as compact JSON that travels in the public record."""
    poll = FrozenPoll(
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
    )
    terms = {"terms": Terms(last_counts=True).to_json()} if plan.last_press_counts else {}
    content = {
        **terms,
        "sitting": state.plan.titles,
        "poll": poll,
        "in_office": state.plan.roster.in_office,
        "statutory_seats": state.plan.roster.statutory_seats,
        "present": len(state.present),
    }
    return msgspec.json.encode(content).decode()


def recorded_choices(progress: PollProgress, board: PollBoard) -> dict[str, Choice]:
    """Who voted how in a recorded poll, by delegate; nothing in a secret one. Of several ballots the last counts."""
    if not board.election.recorded:
        return {}
    delegates = {credential: delegate for delegate, credential in progress.registered.items()}
    choices: dict[str, Choice] = {}
    for raw in board.board.ballots:
        ballot = read_ballot(board.election, raw)
        answers = [answer.values for answer in ballot.answers if isinstance(answer, PlainAnswer)]
        choices[delegates[ballot.credential]] = choice_of(progress.plan, answers)
    return choices
