"""How the tally's refusals are told to people: its codes become refusals of the chamber."""

from collections.abc import Iterator
from contextlib import contextmanager

from voting.congress.refusal import Refused, refuse
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES
from voting.tally.errors import TallyCode, TallyError

_BALLOT_CODES = {
    TallyCode.BALLOT_WRONG_ELECTION: ChamberRefusal.BALLOT_WRONG_POLL,
    TallyCode.BALLOT_MALFORMED: ChamberRefusal.BALLOT_MALFORMED,
    TallyCode.BALLOT_NOT_CANONICAL: ChamberRefusal.BALLOT_MALFORMED,
    TallyCode.DOCUMENT_MALFORMED: ChamberRefusal.BALLOT_MALFORMED,
    TallyCode.DOCUMENT_NOT_CANONICAL: ChamberRefusal.BALLOT_MALFORMED,
    TallyCode.SCALAR_MALFORMED: ChamberRefusal.BALLOT_MALFORMED,
    TallyCode.CREDENTIAL_MALFORMED: ChamberRefusal.CREDENTIAL_UNKNOWN,
    TallyCode.CREDENTIAL_UNKNOWN: ChamberRefusal.CREDENTIAL_UNKNOWN,
}


def ballot_refusal(error: TallyError) -> Refused:
    """What to raise where the tally refuses a ballot; every broken proof or signature is one code."""
    if error.code is TallyCode.BALLOT_TOO_LARGE:
        return refuse(ChamberRefusal.BALLOT_TOO_LARGE, limit=MAX_BALLOT_BYTES)
    return refuse(_BALLOT_CODES.get(error.code, ChamberRefusal.BALLOT_PROOF_INVALID))


@contextmanager
def ballot_checks() -> Iterator[None]:
    """Inside, a ballot the tally refuses becomes Refused."""
    try:
        yield
    except TallyError as error:
        raise ballot_refusal(error) from None


@contextmanager
def checks(code: ChamberRefusal, **params: str | int) -> Iterator[None]:
    """Inside, anything the tally refuses becomes Refused with this code."""
    try:
        yield
    except TallyError as error:
        raise refuse(code, reason=error.code.value, **params) from None
