"""How the tally's refusals are told to people: its codes become refusals of the chamber."""

from collections.abc import Iterator
from contextlib import contextmanager

from voting.congress.refusal import Refusal, RefusalCode, Refused, refuse
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES
from voting.tally.errors import TallyCode, TallyError

_BALLOT_CODES = {
    TallyCode.BALLOT_WRONG_ELECTION: RefusalCode.BALLOT_WRONG_POLL,
    TallyCode.BALLOT_MALFORMED: RefusalCode.BALLOT_MALFORMED,
    TallyCode.BALLOT_NOT_CANONICAL: RefusalCode.BALLOT_MALFORMED,
    TallyCode.DOCUMENT_MALFORMED: RefusalCode.BALLOT_MALFORMED,
    TallyCode.DOCUMENT_NOT_CANONICAL: RefusalCode.BALLOT_MALFORMED,
    TallyCode.SCALAR_MALFORMED: RefusalCode.BALLOT_MALFORMED,
    TallyCode.CREDENTIAL_MALFORMED: RefusalCode.CREDENTIAL_UNKNOWN,
    TallyCode.CREDENTIAL_UNKNOWN: RefusalCode.CREDENTIAL_UNKNOWN,
}


MAX_REASON = 300
"""Characters of a reason that a person gives: for an annulment, a paper, a count by hand. Pages and papers show it."""


def within_limit(reason: str) -> str:
    """The reason, unless it is too long. Raises Refused."""
    if len(reason) > MAX_REASON:
        raise Refused(refuse(RefusalCode.FRAME_MALFORMED, field="reason", max=MAX_REASON))
    return reason


def ballot_refusal(error: TallyError) -> Refusal:
    """Why a ballot is refused, in the chamber's words; every broken proof or signature is one code."""
    if error.code is TallyCode.BALLOT_TOO_LARGE:
        return refuse(RefusalCode.BALLOT_TOO_LARGE, limit=MAX_BALLOT_BYTES)
    return refuse(_BALLOT_CODES.get(error.code, RefusalCode.BALLOT_PROOF_INVALID))


@contextmanager
def ballot_checks() -> Iterator[None]:
    """Inside, a ballot the tally refuses becomes Refused."""
    try:
        yield
    except TallyError as error:
        raise Refused(ballot_refusal(error)) from None


@contextmanager
def checks(code: RefusalCode, **params: str | int) -> Iterator[None]:
    """Inside, anything the tally refuses becomes Refused with this code."""
    try:
        yield
    except TallyError as error:
        raise Refused(refuse(code, reason=error.code.value, **params)) from None
