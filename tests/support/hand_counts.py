"""Polls with papers beside the terminals, as they stand while the poll is open."""

from tests.support.chamber import Chamber
from tests.support.plans.hands import hands_plan, one_paper
from voting.sitting.hand_counts import HandFigures

REASON = "示例：终端故障"
MIXED = ("mixed", "mixed-named", "election")
VOTES: dict[str, tuple[str, ...]] = {"mixed": ("for",), "mixed-named": ("for",), "election": ("c1=for", "c2=against")}
PAPERS = {
    "mixed": one_paper("against"),
    "mixed-named": one_paper("against"),
    "election": HandFigures(
        issued=1, returned=1, valid=1, void=0, votes={"c1": 1, "c2": 1}, against={"c1": 0, "c2": 0}, abstain={}
    ),
}


def seated() -> Chamber:
    chamber = Chamber(hands_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    return chamber


def mixed(chamber: Chamber, poll: str) -> Chamber:
    """003 got a paper before opening, 002 while the poll was open; 001 votes at the terminal."""
    service = chamber.service
    service.polls.prepare(poll)
    chamber.register(poll)
    service.hands.issue_paper(poll, "003", REASON)
    service.polls.open(poll, None, no_kin=True)
    service.hands.issue_paper(poll, "002", REASON)
    chamber.choose(poll, "001", *VOTES[poll])
    return chamber


def two_papers(poll: str) -> HandFigures:
    """The papers of 002 and 003: one of them with marks, one that did not come back."""
    figures = PAPERS[poll]
    return HandFigures(**{name: getattr(figures, name) for name in figures.__struct_fields__} | {"issued": 2})
