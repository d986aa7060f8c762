"""What is frozen into the public record when a poll opens, and what a recorded poll's ballots say."""

from typing import Any

from voting.congress.law.ruleset import Secrecy
from voting.record.boards import PollBoard, trustees_of
from voting.record.description import description_of
from voting.record.questions import Choice, choice_of, questions_of
from voting.sitting.commands import OpenPoll
from voting.sitting.machine import PollProgress, Sitting, ready_credentials
from voting.sitting.progress import uuid_of
from voting.sitting.state import keys_of
from voting.tally.ballots.answers import PlainAnswer
from voting.tally.ballots.ballot import read_ballot
from voting.tally.ballots.by_name import Voter, encode_voters
from voting.tally.ballots.credential import encode_credentials
from voting.tally.board.chain import Board
from voting.tally.board.election import make_recorded_election, make_secret_election
from voting.tally.groups.choice import group_by_name


def frozen(state: Sitting, poll: str, seconds: int | None, server_key: str) -> OpenPoll:
    """The command that opens `poll` with everything frozen into it. server_key: of receipts and counts (hex)."""
    progress = state.polls[poll]
    credentials = credentials_of(state, progress)
    election = election_of(state, progress, server_key, credentials)
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
    if progress.question.secrecy is Secrecy.SECRET:
        return encode_credentials(ready.values())
    names = {delegate.number: delegate.name for delegate in state.plan.roster.delegates}
    return encode_voters(Voter(credential, number, names[number]) for number, credential in ready.items())


def election_of(state: Sitting, progress: PollProgress, server_key: str, credentials: bytes) -> bytes:
    """The election document of a prepared poll; its description states the sitting and the rules."""
    question = progress.question
    common: dict[str, Any] = {
        "uuid": uuid_of(progress),
        "name": question.title,
        "description": description_of(state, question, server_key=server_key, credentials=credentials),
        "questions": questions_of(question),
        "group": group_by_name(state.plan.group),
    }
    if question.secrecy is Secrecy.RECORDED:
        return make_recorded_election(**common)
    return make_secret_election(**common, public_key=keys_of(state).public_key)


def recorded_choices(progress: PollProgress, board: PollBoard) -> dict[str, Choice]:
    """Who voted how in a recorded poll, by delegate; nothing in a secret one. Of several ballots the last counts."""
    if not board.election.recorded:
        return {}
    delegates = {credential: delegate for delegate, credential in progress.credentials.items()}
    choices: dict[str, Choice] = {}
    for raw in board.board.ballots:
        ballot = read_ballot(board.election, raw)
        answers = [answer.values for answer in ballot.answers if isinstance(answer, PlainAnswer)]
        choices[delegates[ballot.credential]] = choice_of(progress.question, answers)
    return choices
