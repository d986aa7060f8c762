"""Ballot checks for the scrutineers' terminals of one program: spread over a pool, and made once for all of them.

Each terminal still reads the board it was given, compares every event, takes the sum itself, and counts a ballot as
checked only when its exact bytes passed the complete check under the fingerprint that this terminal sees in the hall.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor

from voting.tally.ballots.ballot import tracker_of
from voting.terminal_client.simulated.board import read_board
from voting.terminal_client.simulated.crypto import Setup, check_ballots

SHARE = 16  # ballots per job: about a second in the larger group


class BallotChecks:
    """Shared by terminals that trust one another's processor, as those of a rehearsal do."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._boards: dict[tuple[str, ...], asyncio.Task[dict[str, str]]] = {}

    async def signers(self, records: Sequence[tuple[str, str]], fingerprint: str) -> dict[str, str]:
        """tracker -> credential of every ballot on the board. Raises TerminalDistrust or TallyError."""
        board = read_board(records)
        key = (fingerprint, *map(tracker_of, board.ballots))
        if key not in self._boards:
            self._boards[key] = asyncio.create_task(self._check(board.setup, fingerprint, board.ballots))
        return await asyncio.shield(self._boards[key])

    async def _check(self, setup: Setup, fingerprint: str, ballots: Sequence[bytes]) -> dict[str, str]:
        loop = asyncio.get_running_loop()
        shares = [ballots[start : start + SHARE] for start in range(0, len(ballots), SHARE)]
        jobs = [loop.run_in_executor(self._pool, check_ballots, setup, fingerprint, share) for share in shares]
        return {tracker: signer for done in await asyncio.gather(*jobs) for tracker, signer in done.items()}
