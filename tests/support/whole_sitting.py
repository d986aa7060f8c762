"""A whole sitting that has ended, its record, and what a dishonest server could put together instead of it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.plans.hands import HANDS, PASSED, hands_plan, motion
from tests.support.signer import SIGNER
from tests.support.tally.scenes import seeded
from voting.congress.law.ruleset import Relation
from voting.record.description import roster_document
from voting.record.whole.packing import files_of, pack
from voting.record.whole.statement import (
    ListedPoll,
    PollFiles,
    SittingContent,
    make_sitting_statement,
    read_sitting_statement,
    signed_statement,
)
from voting.sitting.commands import PlanPoll
from voting.sitting.events import SittingPlan
from voting.sitting.follow_ups import follow_ups_of, item_of
from voting.sitting.progress import setup_of
from voting.sitting.state import Sitting
from voting.tally.ballots.ballot import make_ballot
from voting.tally.board.receipt import make_receipt
from voting.tally.json_form import sha256_hex

Files = dict[str, PollFiles]
POLLS = ("motion", "hands", "mixed-named")


def small_plan() -> SittingPlan:
    """A secret motion, one that is counted by hand, and a recorded one."""
    plan = hands_plan()
    polls = {poll.id: poll for poll in plan.polls}
    agenda = (plan.agenda[0], replace(plan.agenda[1], polls=POLLS))
    return replace(plan, polls=tuple(polls[id] for id in POLLS), agenda=agenda)


@cache
def ended_sitting() -> Chamber:
    """The motion is annulled and repeated; the recorded poll was counted, then annulled."""
    chamber = Chamber(small_plan(), rng=seeded("a sitting that has ended"))
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.by_hand("hands", HANDS, PASSED)
    chamber.open("mixed-named")
    chamber.choose("mixed-named", "001", "for")
    chamber.close("mixed-named")
    chamber.count("mixed-named")
    chamber.annul_counted("mixed-named")
    chamber.open("motion")
    chamber.service.polls.annul("motion", "示例原因")
    repeat = follow_ups_of(chamber.service.sitting, "motion")[Relation.REPEAT]
    command = PlanPoll(item=item_of(chamber.service.sitting, "motion"), plan=repeat)
    chamber.service._carry_out(command)
    chamber.open("motion-2")
    for number in ("001", "002"):
        chamber.choose("motion-2", number, "for")
    chamber.finish("motion-2")
    return chamber


def two_motions(
    *, same_credentials: bool = False, same_randomness: bool = False, stream: str = "two motions"
) -> Chamber:
    """Two secret motions after each other, of which one delegate's terminal may use something again."""
    plan = hands_plan()
    polls = (motion("motion"), motion("second"))
    agenda = (plan.agenda[0], replace(plan.agenda[1], polls=("motion", "second")))
    chamber = Chamber(replace(plan, polls=polls, agenda=agenda), rng=seeded(stream))
    chamber.sign_in("001", "002")
    chamber.hold_ceremony()
    for poll in ("motion", "second"):
        chamber.service.polls.prepare(poll)
        if poll == "second" and same_credentials:
            credential = chamber.credentials[poll, "001"] = chamber.credentials["motion", "001"]
            chamber.service.ballots.register("001", poll, credential.public)
        else:
            chamber.register(poll, "001")
        chamber.service.polls.open(poll, None, no_kin=True)
        rng = seeded("a stream that repeats itself" if same_randomness else poll)
        election, credential = chamber.service.boards[poll].election, chamber.credentials[poll, "001"]
        chamber.service.ballots.cast("001", poll, make_ballot(election, credential, (1, 0, 0), rng).decode())
        chamber.finish(poll)
    return chamber


def receipts_of(chamber: Chamber, poll: str) -> list[dict[str, Any]]:
    """The receipts of all ballots on a board."""
    board = chamber.service.boards[poll]
    setup = setup_of(chamber.service.sitting.polls[poll])
    return [
        make_receipt(
            election_uuid=board.election.uuid,
            fingerprint=setup.fingerprint,
            tracker=tracker,
            height=board.place(tracker).height,
            board_head=board.place(tracker).head,
            server_key=SIGNER.public_hex,
            sign=SIGNER.sign,
        )
        for tracker in board.trackers()
    ]


class Whole:
    """The parts of a sitting's record, to be changed and put together again."""

    def __init__(self, chamber: Chamber) -> None:
        self.state: Sitting = chamber.service.sitting
        boards = chamber.service.boards
        key, sign = SIGNER.public_hex, SIGNER.sign
        self.files: Files = {
            poll: files_of(self.state, poll, boards, server_key=key, sign=sign) for poll in self.state.polls
        }
        self.roster = roster_document(self.state.plan.roster)
        statement = make_sitting_statement(self.state, self.files, server_key=key, sign=sign)
        read = read_sitting_statement(statement)
        self.content = SittingContent(**{name: getattr(read, name) for name in SittingContent.__struct_fields__})
        self.receipts: list[dict[str, Any]] = []

    def packed(self, sign: Callable[[bytes], bytes] = SIGNER.sign) -> bytes:
        """The zip file; the statement names the files as they are now."""
        return pack(signed_statement(self.content, sign), self.roster, self.files, self.receipts)

    def stating(self, **changes: Any) -> "Whole":
        """The statement says something else."""
        self.content = replace(self.content, **changes)
        return self

    def listing(self, id: str, **changes: Any) -> "Whole":
        """The statement says something else of one poll."""
        polls = tuple(replace(one, **changes) if one.poll.id == id else one for one in self.content.polls)
        return self.stating(polls=polls)

    def holding(self, poll: str, files: PollFiles) -> "Whole":
        """A poll has other files, and the statement names them."""
        self.files[poll] = files
        digests = {"record_sha256": files.record, "count_sha256": files.count}
        return self.listing(poll, **{name: sha256_hex(raw) if raw else "" for name, raw in digests.items()})

    def listed(self, poll: str) -> ListedPoll:
        """What is stated of a poll."""
        return next(one for one in self.content.polls if one.poll.id == poll)

    def with_roster(self, roster: list[tuple[str, str]]) -> "Whole":
        """Another roster, which the statement names."""
        self.roster = msgspec.json.encode(roster)
        return self.stating(roster_sha256=sha256_hex(self.roster))
