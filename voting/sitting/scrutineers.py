"""Who may not be a scrutineer of a poll: whose name stands on its ballot.

选举法 art. 43 para. 2 bars even close kin of the candidates for delegates; that candidates are none themselves is the
practice of the National People's Congress.
"""

from collections.abc import Iterator

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question, names_candidate
from voting.congress.refusal import refuse
from voting.sitting.events import Events, KinRuledOut, SittingPlan
from voting.sitting.plan_problems import Part, Place, PlanProblem, PlanProblemCode
from voting.sitting.refusals import ChamberRefusal


def _on_ballot(plan: SittingPlan, question: Question) -> Iterator[str]:
    """Scrutineers on the ballot, by the name they are listed under; the roster's name of a delegate is theirs too."""
    for scrutineer in plan.scrutineers:
        listed = plan.roster.delegate(scrutineer.delegate) if scrutineer.delegate is not None else None
        if names_candidate(question, (scrutineer.name, *((listed.name,) if listed else ()))):
            yield scrutineer.name


def problems_of_scrutineers(plan: SittingPlan, question: Question) -> Iterator[PlanProblem]:
    """Nobody counts the votes for themselves."""
    for name in _on_ballot(plan, question):
        yield PlanProblem(PlanProblemCode.SCRUTINEER_ON_BALLOT, Place(Part.POLL, question.id), {"value": name})


def check_scrutineers(plan: SittingPlan, question: Question) -> None:
    """Asked again at the opening, of sessions that were convened before plans were asked. Raises Refused."""
    for name in _on_ballot(plan, question):
        raise refuse(ChamberRefusal.SCRUTINEER_ON_BALLOT, poll=question.id, name=name)


def ruled_out_kin(question: Question, no_kin: bool, now: int) -> Events:
    """An election is opened by who asked whether a scrutineer is close kin of a candidate; it is kept that none is.

    No program knows who is kin to whom. Raises Refused.
    """
    if not KINDS[question.kind].has_post:
        return ()
    if not no_kin:
        raise refuse(ChamberRefusal.KIN_NOT_ASKED, poll=question.id)
    return (KinRuledOut(at=now, poll=question.id),)
