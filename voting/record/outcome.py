"""What a public record decides under the rules frozen in it: from the archive alone, without server or journal."""

import msgspec

from voting.congress.law.bases import Bases
from voting.congress.law.figures import FiguresInvalid
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Secrecy
from voting.congress.law.ruling import Ruling
from voting.record.description import FORMAT, Description
from voting.record.questions import figures_in, questions_of
from voting.sitting.counting import Count, count_of, ruling_of
from voting.sitting.plan_checks import problems_of_question
from voting.tally.ballots.ballot import read_ballot
from voting.tally.ballots.by_name import read_voters
from voting.tally.ballots.credential import read_credentials
from voting.tally.board.archive import read_archive
from voting.tally.board.election import Election
from voting.tally.board.encrypted_tally import counted
from voting.tally.board.result import read_result


class OutcomeUnknown(Exception):
    """The record states no rules that this program knows, or none that fit its questions."""


class _Stated(msgspec.Struct, frozen=True):
    format: int = FORMAT


class ArchiveOutcome(msgspec.Struct, frozen=True):
    """The poll as frozen, its count, and the ruling with every reason."""

    question: Question
    count: Count
    ruling: Ruling


class ArchiveCount(msgspec.Struct, frozen=True):
    """What the votes in an archive are, under the description frozen in it; papers are not in it."""

    election_uuid: str
    description: Description
    question: Question
    count: Count


def outcome_in(archive: bytes) -> ArchiveOutcome:
    """The outcome of a record that was verified before. Raises OutcomeUnknown; TallyError for one that was not."""
    found = count_in(archive)
    question, count, description = found.question, found.count, found.description
    if question.medium is not Medium.ELECTRONIC:
        raise OutcomeUnknown("whether papers were counted beside the votes is stated in its count.json alone")
    bases = Bases(description.in_office, description.statutory_seats, description.present)
    try:
        ruling = ruling_of(question, count, bases)
    except FiguresInvalid as invalid:
        raise OutcomeUnknown(f"nothing can be decided upon: {invalid}") from None
    return ArchiveOutcome(question, count, ruling)


def count_in(archive: bytes) -> ArchiveCount:
    """The electronic votes of a record that was verified before. Raises OutcomeUnknown and TallyError."""
    record = read_archive(archive)
    election = Election.parse(record.election)
    description = _description(election.description)
    question = description.poll.question
    if any(problems_of_question(question)):
        raise OutcomeUnknown("the poll that the record states is none that could be held")
    if questions_of(question) != election.questions or election.recorded != (question.secrecy is Secrecy.RECORDED):
        raise OutcomeUnknown("the rules in the record do not belong to its questions")
    listed = read_voters if election.recorded else read_credentials
    votes, marks = figures_in(question, read_result(election, record.result))
    count = count_of(
        question,
        entitled=description.in_office,
        issued=len(listed(election.group, record.credentials)),
        returned=len(counted(election, [read_ballot(election, ballot.raw) for ballot in record.ballots])),
        votes=votes,
        marks=marks,
    )
    return ArchiveCount(election.uuid, description, question, count)


def _description(text: str) -> Description:
    try:
        stated = msgspec.json.decode(text, type=_Stated).format
        if stated != FORMAT:
            raise OutcomeUnknown(f"its description is of format {stated}, and this release reads format {FORMAT}")
        return msgspec.json.decode(text, type=Description)
    except msgspec.MsgspecError:
        raise OutcomeUnknown("the record does not state its rules") from None
