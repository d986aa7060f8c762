"""A poll of each form of record, and how each is held from preparation to announcement.

Forms: an encrypted sum, shuffled ballots, votes by name, hands, and papers beside the terminals.
"""

import msgspec
from msgspec.structs import replace

from tests.support.chamber import Chamber
from tests.support.hand_counts import REASON, two_papers
from tests.support.plans.hands import HANDS, PAPER, motion
from tests.support.plans.kinds import options
from tests.support.plans.plain import sample_plan
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Secrecy
from voting.sitting.events import SittingPlan
from voting.sitting.hand_counts import HandFigures
from voting.sitting.poll import PollPlan

FORM_POLLS = (
    PollPlan(Question(id="summed", kind=PollKind.CHOOSE, title="示例票决", options=options("示例项目", 3), seats=2)),
    PollPlan(Question("shuffled", PollKind.ELECTION, "示例选举", options("示例候选人", 3), write_ins=True)),
    motion("named", secrecy=Secrecy.RECORDED),
    motion("hands", medium=Medium.BY_HAND),
    motion("mixed", medium=Medium.MIXED),
)
FORMS = tuple(poll.id for poll in FORM_POLLS)
_ON_PAPER = ("003", "002")
_CHOICES = {"summed": ("o1", "o3"), "shuffled": ("o1=for", "o2=against"), "named": ("for",), "mixed": ("for",)}


def forms_plan(delegates: int = 3) -> SittingPlan:
    """The sample sitting with these polls in its second item."""
    plan = sample_plan(delegates)
    return replace(plan, polls=FORM_POLLS, agenda=(plan.agenda[0], replace(plan.agenda[1], polls=FORMS)))


def hold(chamber: Chamber, poll: str) -> None:
    """From preparation to announcement, with everybody who is present.

    In the mixed poll 002 and 003 get papers; in the summed one 001 errs first, and may change the ballot where the last
    press counts.
    """
    numbers = list(chamber.service.sitting.present)
    if poll == "hands":
        everybody = len(numbers)
        votes = {"for": everybody - 1, "against": 0, "abstain": 1}
        chamber.by_hand(poll, HANDS, HandFigures(everybody, everybody, everybody, 0, votes))
        return
    _open(chamber, poll, numbers)
    if poll == "summed":
        cast_wrongly(chamber, poll, numbers[0])
        if chamber.service.boards[poll].election.terms.last_counts:
            chamber.choose(poll, numbers[0], "o2")
            chamber.until(lambda: numbers[0] in chamber.service.sitting.polls[poll].returned)
    for number in numbers:
        if poll != "mixed" or number not in _ON_PAPER:
            chamber.choose(poll, number, *_CHOICES[poll])
    chamber.close(poll)
    if poll == "mixed":
        chamber.enter_and_confirm(poll, PAPER, two_papers(poll))
    chamber.count(poll)
    chamber.service.polls.confirm(poll, 1)
    chamber.service.polls.announce(poll)


def _open(chamber: Chamber, poll: str, numbers: list[str]) -> None:
    before, after = _ON_PAPER
    chamber.service.polls.prepare(poll)
    chamber.register(poll, *numbers)
    if poll == "mixed":
        chamber.service.hands.issue_paper(poll, before, REASON)
    chamber.service.polls.open(poll, None, no_kin=True)
    if poll == "mixed":
        chamber.service.hands.issue_paper(poll, after, REASON)


def cast_wrongly(chamber: Chamber, poll: str, number: str) -> None:
    """Cast a ballot with the proof of another one, and wait for its rejection."""
    one, other = (msgspec.json.decode(chamber.ballot(poll, number, *marks)) for marks in ((1, 0, 1), (0, 1, 0)))
    one["answers"][0]["overall_proof"] = other["answers"][0]["overall_proof"]
    chamber.service.ballots.cast(number, poll, msgspec.json.encode(one).decode())
    chamber.until(lambda: chamber.service.sitting.polls[poll].voter(number).rejected)
