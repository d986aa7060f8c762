"""Papers and counts by hand: handed out by the chair, entered by one scrutineer, confirmed by another."""

from collections.abc import Callable

from voting.congress.names import one_spelling
from voting.congress.refusal import refuse
from voting.server.services.ledger import Ledger
from voting.server.services.room import require_room
from voting.sitting.commands import ConfirmHandCount, EnterHandCount, IssuePaper, OpenByHand
from voting.sitting.hand_counts import HandFigures, HandMethod
from voting.sitting.refusals import ChamberRefusal
from voting.tally.ballots.names import is_name


class HandsService:
    """What is decided beside the terminals. Nothing here touches a board."""

    def __init__(self, ledger: Ledger, free_bytes: Callable[[], int]) -> None:
        self._ledger = ledger
        self._free_bytes = free_bytes

    def open(self, poll: str, no_kin: bool = False) -> None:
        """Open a poll that is counted by hand. no_kin: see PollsService.open. Raises Refused."""
        command = OpenByHand(poll=poll, no_kin=no_kin)
        self._ledger.require(command)
        require_room(self._free_bytes)
        self._ledger.carry_out(command)

    def issue_paper(self, poll: str, delegate: str, reason: str) -> None:
        """This delegate votes on paper in a mixed poll, because the terminal failed. Raises Refused."""
        self._ledger.carry_out(IssuePaper(poll=poll, delegate=delegate, reason=reason))

    def enter(self, poll: str, scrutineer: int, method: HandMethod, figures: HandFigures, reason: str) -> None:
        """A scrutineer's figures; they replace an entry that nobody has confirmed. Raises Refused.

        What is a name is said by the closed list that papers at terminals are read by, so that every reader of the
        signed count agrees.
        """
        progress = self._ledger.decided.polls.get(poll)
        eligible = progress.question.eligible if progress else ()
        if not eligible and not all(is_name(one_spelling(name)) for name in figures.write_ins):
            raise refuse(ChamberRefusal.HAND_COUNT_IMPOSSIBLE, poll=poll)
        self._ledger.carry_out(
            EnterHandCount(poll=poll, scrutineer=scrutineer, method=method, figures=figures, reason=reason)
        )

    def confirm(self, poll: str, scrutineer: int, entered_at: int) -> None:
        """Another scrutineer confirms the entry made at `entered_at` (Unix ms), and no other. Raises Refused."""
        self._ledger.carry_out(ConfirmHandCount(poll=poll, scrutineer=scrutineer, entered_at=entered_at))
