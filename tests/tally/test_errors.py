"""What an error of the tally says where nobody catches it."""

from voting.tally.errors import TallyCode, TallyError


def test_an_uncaught_error_names_its_code_and_detail() -> None:
    assert str(TallyError(TallyCode.RECEIPT_INVALID, "receipt 1 belongs to another poll")) == (
        "receipt_invalid: receipt 1 belongs to another poll"
    )
