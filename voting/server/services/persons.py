"""What a connection is told about the person behind it: name, sign-in, and in each poll credential and receipt."""

from voting.record.published import PublishedBoards
from voting.server.http.access import Principal
from voting.sitting.events import SittingPlan
from voting.sitting.machine import PollProgress, Sitting
from voting.sitting.progress import setup_of, uuid_of
from voting.storage.server_key import ReceiptSigner
from voting.tally.board.receipt import make_receipt
from voting.wire.login import LoggedIn
from voting.wire.pushed import Me, MyPoll, Receipt
from voting.wire.roles import AT_A_SEAT, ROLES, Holder, Role


class Persons:
    """Makes `Me` from committed state."""

    def __init__(self, plan: SittingPlan, boards: PublishedBoards, signer: ReceiptSigner) -> None:
        people = ((role, holder) for role, spec in ROLES.items() for holder in spec.holders(plan) if holder.subject)
        self._holders = {Principal(role, holder.subject): holder for role, holder in people}
        self._boards = boards
        self._signer = signer
        self._receipts: dict[tuple[str, str], Receipt] = {}

    def me(self, who: Principal, sitting: Sitting, terminals: int = 1) -> Me:
        """The whole personal state of `who`, who has so many connections."""
        holder = self._holder(who)
        signed_in = who.subject in (sitting.observers_present if who.role is Role.OBSERVER else sitting.present)
        polls = sitting.polls.items() if who.role is Role.DELEGATE else ()
        mine = {poll: self._my_poll(poll, who.subject, progress) for poll, progress in polls}
        return Me(
            role=who.role,
            subject=who.subject,
            name=holder.name,
            delegation=holder.delegation,
            seat=holder.seat,
            signed_in=signed_in and who.role in AT_A_SEAT,
            polls={poll: my_poll for poll, my_poll in mine.items() if my_poll != _NOTHING},
            terminals=terminals,
        )

    def logged_in(self, who: Principal, token: str) -> LoggedIn:
        """The answer to a login."""
        holder = self._holder(who)
        return LoggedIn(
            token=token,
            role=who.role,
            subject=who.subject,
            name=holder.name,
            delegation=holder.delegation,
            seat=holder.seat,
        )

    def _holder(self, who: Principal) -> Holder:
        """Nobody in particular holds a desk, or a code of somebody who is not in the plan."""
        return self._holders.get(who, _NOBODY)

    def _my_poll(self, poll: str, delegate: str, progress: PollProgress) -> MyPoll:
        voter = progress.voter(delegate)
        return MyPoll(
            credential=voter.credential,
            stored=voter.stored,
            rejected=voter.rejected,
            receipt=self._receipt(poll, voter.accepted, progress) if voter.accepted is not None else None,
            on_paper=voter.paper is not None,
        )

    def _receipt(self, poll: str, tracker: str, progress: PollProgress) -> Receipt:
        known = self._receipts.get((poll, tracker))
        if known is not None:
            return known
        place = self._boards[poll].place(tracker)
        fields = make_receipt(
            election_uuid=uuid_of(progress),
            fingerprint=setup_of(progress).fingerprint,
            tracker=tracker,
            height=place.height,
            board_head=place.head,
            server_key=self._signer.public_hex,
            sign=self._signer.sign,
        )
        receipt = self._receipts[poll, tracker] = Receipt(**fields)
        return receipt


_NOBODY = Holder("", "")
_NOTHING = MyPoll(credential=None, stored=None, rejected=None, receipt=None, on_paper=False)
