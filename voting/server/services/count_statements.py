"""Signed statements of the sitting's counts: made when somebody asks, and the same bytes ever after."""

from voting.record.count_statement import make_statement
from voting.record.published import PublishedBoards
from voting.sitting.machine import Sitting
from voting.storage.server_key import ReceiptSigner


class CountStatements:
    """Signs with the server's key of receipts."""

    def __init__(self, boards: PublishedBoards, signer: ReceiptSigner) -> None:
        self._boards = boards
        self._signer = signer
        self._made: dict[str, bytes] = {}

    def of(self, poll: str, sitting: Sitting) -> bytes:
        """The statement of a counted poll. Raises ValueError for another one."""
        made = self._made.get(poll)
        if made is None:
            made = self._made[poll] = make_statement(
                sitting,
                poll,
                archive_sha256=self._boards.digests().get(poll, ""),
                server_key=self._signer.public_hex,
                sign=self._signer.sign,
            )
        return made
