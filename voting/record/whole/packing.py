"""A whole sitting's record as one file, from the state of the sitting and the boards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from voting.record.count_statement import make_statement
from voting.record.description import roster_document
from voting.record.published import PublishedBoards
from voting.record.whole.container import write_files
from voting.record.whole.statement import PollFiles, folder_of, make_sitting_statement
from voting.sitting.state import Sitting
from voting.tally.json_form import sha256_hex

Sign = Callable[[bytes], bytes]


def sitting_record(
    state: Sitting,
    boards: PublishedBoards,
    *,
    server_key: str,
    sign: Sign,
    receipts: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """The zip file, the same bytes whenever it is made of one state. Raises ValueError where it would be too large.

    sign: makes raw Ed25519 signatures with `server_key` (hex). receipts: given by those who hold them.
    """
    files = {poll: files_of(state, poll, boards, server_key=server_key, sign=sign) for poll in state.polls}
    statement = make_sitting_statement(state, files, server_key=server_key, sign=sign)
    return pack(statement, roster_document(state.plan.roster), files, receipts)


def pack(
    statement: bytes, roster: bytes, files: Mapping[str, PollFiles], receipts: Sequence[Mapping[str, Any]] = ()
) -> bytes:
    """The zip file of these documents. files: of each poll, in the order of the statement."""
    named = {"sitting.json": statement, "roster.json": roster}
    for number, (poll, own) in enumerate(files.items(), 1):
        for name, raw in (("record.bel", own.record), ("count.json", own.count)):
            if raw is not None:
                named[f"{folder_of(number, poll)}/{name}"] = raw
    if receipts:
        named["receipts.json"] = msgspec.json.encode(list(receipts))
    return write_files(named)


def files_of(state: Sitting, poll: str, boards: PublishedBoards, *, server_key: str, sign: Sign) -> PollFiles:
    """The complete record and the signed count of a poll that was counted; none of any other."""
    if state.polls[poll].count is None:
        return PollFiles()
    board = boards.get(poll)
    archive = None if board is None else board.archive()
    digest = "" if archive is None else sha256_hex(archive)
    count = make_statement(state, poll, archive_sha256=digest, server_key=server_key, sign=sign)
    return PollFiles(archive, count)
