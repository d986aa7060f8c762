"""Whole sample polls in which the page plays some of the parts."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.needed_tools import needed_tool
from tests.support.tally.scenes import STRICT
from tests.tally_web.tally_page import Page, seeded
from voting.tally.ballots.credential import encode_credentials
from voting.tally.board.chain import END_BALLOTS, Board, closed_head_of, decryption_step, result_step
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.result import compute_result, sum_ballots
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.document import Trustees

ANSWERS = ("示例候选人01", "示例候选人02", "示例候选人03")
TIMESTAMP = 1_700_000_000


@dataclass(frozen=True)
class Poll:
    """A poll that is open: its documents, and the credentials that the page made."""

    election: Election
    trustees: Trustees
    credentials: list[dict[str, str]]
    roster: bytes

    def documents(self) -> dict[str, bytes]:
        """What a terminal is given to check the setup."""
        return {"election": self.election.raw, "trustees": self.trustees.raw, "credentials": self.roster}

    def open_board(self) -> Board:
        return Board.open(self.election.raw, self.trustees.raw, self.roster)

    def listed(self) -> frozenset[str]:
        return frozenset(credential["public"] for credential in self.credentials)


def open_poll(page: Page, group_name: str, trustees_raw: bytes, voters: int) -> Poll:
    """A poll whose credentials are made by the page."""
    group = group_by_name(group_name)
    trustees = Trustees.parse(group, trustees_raw)
    question = Question("示例选举", ANSWERS, 0, 2)
    raw = make_election(
        uuid=make_uuid(seeded("uuid")),
        name="示例",
        description=STRICT,
        question=question,
        group=group,
        public_key=trustees.public_key,
    )
    outcomes = page.run(*[("makeCredential", {"group": group_name})] * voters)
    credentials = [outcome.done for outcome in outcomes]
    roster = encode_credentials(credential["public"] for credential in credentials)
    return Poll(Election.parse(raw), trustees, credentials, roster)


def page_ballots(page: Page, poll: Poll, votes: Sequence[Sequence[int]]) -> list[bytes]:
    """One ballot per vote, made by the page."""
    requests: list[tuple[str, dict[str, Any]]] = [
        ("fillBallot", {"election": poll.election.raw, "credential": credential, "answers": [list(choices)]})
        for credential, choices in zip(poll.credentials, votes, strict=False)
    ]
    return [outcome.done["raw"] for outcome in page.run(*requests)]


def opening_of(board: Board, share: str) -> list[tuple[str, dict[str, Any]]]:
    """What a scrutineer's page is asked to do with a board of ballots: sign it, and decrypt it as compared aloud."""
    closed_head = closed_head_of(board.head, len(board.ballots))
    asked = {"fingerprint": board.fingerprint, "share": share}
    return [
        ("signClosedBoard", {**asked, "kept": None}),
        ("partialDecrypt", {**asked, "agreement": {"signed": [], "compared": closed_head}}),
    ]


def close_poll(poll: Poll, board: Board, decryptions: dict[int, bytes]) -> bytes:
    """The archive's bytes, assembled by Python's board."""
    tally = sum_ballots(poll.election, board.ballots)
    board.append(END_BALLOTS)
    board.append(board.encrypted_tally_step(tally))
    for owner, raw in decryptions.items():
        board.append(decryption_step(owner, raw))
    result, _ = compute_result(poll.election, poll.trustees, tally, len(board.ballots), decryptions)
    board.append(result_step(result))
    return board.to_archive(TIMESTAMP)


def belenios_accepts(uuid: str, archive: bytes, folder: Path) -> None:
    """Fails unless ``belenios-tool election verify`` accepts the archive."""
    tool = needed_tool("belenios-tool")
    (folder / f"{uuid}.bel").write_bytes(archive)
    finished = subprocess.run(
        [tool, "election", "verify", "--dir", str(folder)],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert finished.returncode == 0, finished.stderr.decode()
