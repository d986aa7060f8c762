"""The description of a sample poll as a server of ours writes it, for elections that tests make without one."""

import msgspec

from tests.support.figures import ruleset
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Question
from voting.congress.law.ruleset import Ruleset
from voting.record.description import FORMAT, Description, frozen_poll
from voting.sitting.events import Titles


def described(least: int | None = None) -> str:
    """Of a secret motion; least: as few ballots as its rules let anybody open, None where they do not say."""
    rules = Ruleset() if least is None else ruleset(ballots={"least_secret": least})
    question = Question(id="p", kind=PollKind.MOTION, title="示例", options=MOTION_OPTIONS, ruleset=rules)
    stated = Description(
        format=FORMAT,
        sitting=Titles("示例届", "第一次会议", "第一次全体会议"),
        poll=frozen_poll(question),
        in_office=9,
        statutory_seats=9,
        present=9,
        server_key="0" * 64,
        roster_sha256="0" * 64,
        credentials_sha256="0" * 64,
    )
    return msgspec.json.encode(stated).decode()
