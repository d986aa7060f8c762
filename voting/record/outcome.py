"""What a public record decides under the rules frozen in it: from the record alone, without server or journal."""

from enum import StrEnum

import msgspec

from voting.congress.law.bases import Bases
from voting.congress.law.figures import FiguresInvalid
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Secrecy
from voting.congress.law.ruling import Ruling
from voting.record.description import Description, FirstDescription, read_description
from voting.record.questions import figures_in, questions_of
from voting.record.spelling import Misspelled
from voting.sitting.counting import Count, count_of, ruling_of
from voting.sitting.plan_checks import problems_of_question
from voting.tally.verify.checks import VerifiedRecord


class WhyNotStated(StrEnum):
    """Why a record whose checks hold decides nothing."""

    RULES_NOT_STATED = "rules_not_stated"
    POLL_IMPOSSIBLE = "poll_impossible"
    OTHER_QUESTIONS = "other_questions"
    PAPERS_BESIDE = "papers_beside"
    FIGURES_IMPOSSIBLE = "figures_impossible"


class OutcomeUnknown(Exception):
    """The record states no rules that this program knows, or none that fit its questions; the text says how."""

    def __init__(self, code: WhyNotStated, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class ArchiveOutcome(msgspec.Struct, frozen=True):
    """The poll as frozen, its count, and the ruling with every reason."""

    question: Question
    count: Count
    ruling: Ruling


class ArchiveCount(msgspec.Struct, frozen=True):
    """What the votes in an archive are, under the description frozen in it; papers are not in it."""

    election_uuid: str
    description: Description | FirstDescription
    question: Question
    count: Count


def outcome_in(record: VerifiedRecord) -> ArchiveOutcome:
    """The outcome of a record. Raises OutcomeUnknown."""
    found = count_in(record)
    question, count, description = found.question, found.count, found.description
    if question.medium is not Medium.ELECTRONIC:
        detail = "whether papers were counted beside the votes is stated in its count.json alone"
        raise OutcomeUnknown(WhyNotStated.PAPERS_BESIDE, detail)
    bases = Bases(description.in_office, description.statutory_seats, description.present)
    try:
        ruling = ruling_of(question, count, bases)
    except FiguresInvalid as invalid:
        detail = f"nothing can be decided upon: {invalid}"
        raise OutcomeUnknown(WhyNotStated.FIGURES_IMPOSSIBLE, detail) from None
    return ArchiveOutcome(question, count, ruling)


def count_in(record: VerifiedRecord) -> ArchiveCount:
    """The electronic votes of a record. Raises OutcomeUnknown."""
    election = record.election
    description = _described(election.description)
    question = description.poll.question
    if any(problems_of_question(question)):
        detail = "the poll that the record states is none that could be held"
        raise OutcomeUnknown(WhyNotStated.POLL_IMPOSSIBLE, detail)
    if questions_of(question) != election.questions or election.recorded != (question.secrecy is Secrecy.RECORDED):
        detail = "the rules in the record do not belong to its questions"
        raise OutcomeUnknown(WhyNotStated.OTHER_QUESTIONS, detail)
    votes, marks = figures_in(question, record.result)
    count = count_of(
        question,
        entitled=description.in_office,
        issued=record.n_credentials,
        returned=record.n_ballots,
        votes=votes,
        marks=marks,
    )
    return ArchiveCount(election.uuid, description, question, count)


def _described(text: str) -> Description | FirstDescription:
    try:
        return read_description(text)
    except Misspelled:
        detail = "the record does not state its rules in a form that this program knows"
        raise OutcomeUnknown(WhyNotStated.RULES_NOT_STATED, detail) from None
