"""Checks 21 and 22, and the laws that other records may lack: what the description of a verified record states.

A record that claims format 2 keeps these laws or is not valid. Any other record (made by a program of another house, or
by release 0.1.0) is told which of them it does not keep.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from voting.record.description import FORMAT, FirstDescription, read_description, terms_of
from voting.record.spelling import Misspelled
from voting.tally.errors import CheckFailed, TallyCode
from voting.tally.verify.checks import NumberedCheck, VerifiedRecord

_HEX = re.compile(r"[0-9a-f]{64}")


class RecordLaw(StrEnum):
    """What a record that does not claim format 2 may lack, beside the laws of the tally."""

    DESCRIPTION = "description"
    ROSTER = "roster"


class OwnRule(StrEnum):
    """What the rules of a poll ask for, beside its count, and its record shows to have been passed over."""

    TOO_FEW_BALLOTS = "too_few_ballots"


@dataclass(frozen=True)
class RecordCheck(NumberedCheck):
    """A check of what a record states about itself. ``fault``: what is wrong, or None."""

    law: RecordLaw
    fault: Callable[[VerifiedRecord], str | None]

    def run(self, record: VerifiedRecord) -> None:
        """Raises CheckFailed."""
        detail = self.fault(record)
        if detail is not None:
            raise CheckFailed(self.number, self.key, detail, TallyCode.ELECTION_INVALID)


def _description_fault(record: VerifiedRecord) -> str | None:
    """Why the description is not that of this poll in the one spelling of format 2; None when it is."""
    try:
        stated = read_description(record.election.description)
    except Misspelled as error:
        return f"the description is not written as it must be: {error}"
    if isinstance(stated, FirstDescription):
        return f"the description is not of format {FORMAT}"
    if stated.terms != terms_of(stated.poll.question):
        return "the terms are not those of the rules"
    if stated.poll.title != record.election.name:
        return "the election bears another title than the poll"
    if not all(_HEX.fullmatch(text) for text in (stated.server_key, stated.roster_sha256, stated.credentials_sha256)):
        return "a key or a hash is not 64 hexadecimal digits"
    same = stated.credentials_sha256 == record.credentials_sha256
    return None if same else "the list of credentials is another than the one that is stated"


def _roster_fault(record: VerifiedRecord) -> str | None:
    """Why so many credentials cannot be; None when they can."""
    try:
        stated = read_description(record.election.description)
    except Misspelled:
        return "it is not stated how many delegates were in office and present"
    ordered = (record.n_credentials, stated.present, stated.in_office, stated.statutory_seats)
    if list(ordered) == sorted(ordered):
        return None
    return "{} credentials, {} present, {} in office, {} seats by law: each may be at most the next".format(*ordered)


RECORD_CHECKS = (
    RecordCheck(
        21,
        "description",
        "the poll is described in the one form, with the lists it was held with",
        RecordLaw.DESCRIPTION,
        _description_fault,
    ),
    RecordCheck(
        22,
        "roster",
        "no more credentials than present, present than in office, in office than seats",
        RecordLaw.ROSTER,
        _roster_fault,
    ),
)
"""In the order in which they run, after those of the tally."""


def opened_too_few(record: VerifiedRecord) -> str | None:
    """How many ballots were decrypted, and how many the poll's own rules ask for, where those are more; else None.

    The count is right all the same; what is not is that anybody opened it.
    """
    try:
        least = read_description(record.election.description).poll.question.least_secret
    except Misspelled:
        return None
    opened = record.n_ballots
    return f"{opened} ballots were decrypted, and the poll's rules ask for {least}" if opened < least else None


def lacking(record: VerifiedRecord) -> tuple[RecordLaw, ...]:
    """The laws that a record which does not claim format 2 does not keep; nothing for any other."""
    if record.election.strict:
        return ()
    return tuple(check.law for check in RECORD_CHECKS if check.fault(record) is not None)
