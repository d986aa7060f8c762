"""A small recorded poll of a sitting whose description can be exchanged before anybody votes on it."""

from typing import Any

import msgspec

from tests.support.chamber import Chamber
from tests.support.plans.kinds import kinds_plan
from tests.support.signer import SIGNER
from tests.support.tally.scenes import seeded
from voting.congress.law.question import Question
from voting.record.description import Description, description_of
from voting.record.questions import answers_of, questions_of
from voting.storage.server_key import ReceiptSigner
from voting.tally.ballots.ballot import fill_ballot, tracker_of
from voting.tally.ballots.by_name import NO_TRUSTEES, Voter, count_recorded, encode_voters
from voting.tally.ballots.credential import make_credential
from voting.tally.board.archive import read_archive
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step, result_step
from voting.tally.board.election import Election, make_recorded_election
from voting.tally.board.receipt import make_receipt
from voting.tally.groups.choice import group_by_name

GROUP = group_by_name("Ed25519")
CREDENTIALS = [make_credential(GROUP, seeded(f"a recorded poll {i}")) for i in range(2)]
"""Two of three delegates are present and vote."""


class Recorded:
    """What an honest server freezes, and the record of two votes under any description."""

    def __init__(self) -> None:
        self.chamber = Chamber(
            msgspec.structs.replace(
                kinds_plan(), roster=msgspec.structs.replace(kinds_plan().roster, statutory_seats=4)
            )
        )
        self.chamber.sign_in("001", "002")
        self.voters = encode_voters(
            Voter(credential.public, f"00{i}", f"示例代表00{i}") for i, credential in enumerate(CREDENTIALS, 1)
        )

    @property
    def question(self) -> Question:
        """A motion by name."""
        return self.chamber.service.sitting.polls["named"].question

    def text(self) -> str:
        """The honest description."""
        sitting = self.chamber.service.sitting
        return description_of(sitting, self.question, server_key=SIGNER.public_hex, credentials=self.voters)

    def stated(self) -> Description:
        """What it says."""
        return msgspec.json.decode(self.text(), type=Description)

    def archive(self, text: str | None = None) -> bytes:
        """The record of the poll with this description, the honest one unless another is given."""
        election = Election.parse(
            make_recorded_election(
                uuid="1" * 14,
                name=self.question.title,
                description=self.text() if text is None else text,
                questions=questions_of(self.question),
                group=GROUP,
            )
        )
        board = Board.open(election.raw, NO_TRUSTEES, self.voters)
        rng = seeded("ballots of a recorded poll")
        for credential in CREDENTIALS:
            board.append(ballot_step(fill_ballot(election, credential, answers_of(self.question, ["for"]), rng)))
        board.append(END_BALLOTS)
        board.append(result_step(count_recorded(election, board.ballots)[0]))
        return board.to_archive(1_700_000_000)

    def receipts(self, archive: bytes, signer: ReceiptSigner = SIGNER) -> list[dict[str, Any]]:
        """A receipt of this key for each ballot in the record."""
        record = read_archive(archive)
        return [
            make_receipt(
                election_uuid="1" * 14,
                fingerprint=record.fingerprint,
                tracker=tracker_of(ballot.raw),
                height=ballot.height,
                board_head=ballot.head,
                server_key=signer.public_hex,
                sign=signer.sign,
            )
            for ballot in record.ballots
        ]
