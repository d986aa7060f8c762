"""Small sample sittings for tests of the server."""

from msgspec.structs import replace

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Option, Question
from voting.congress.law.ruleset import BallotRules, Press, Ruleset
from voting.congress.roster import Delegate, Observer, Roster, Scrutineer
from voting.sitting.agenda import AgendaItem
from voting.sitting.events import SittingPlan, Titles
from voting.sitting.poll import PollPlan


def sample_plan(delegates: int = 3, seconds: int | None = None, threshold: int = 2) -> SittingPlan:
    """A small sitting: a choice of 2 among 3 and a motion; three scrutineers."""
    options = tuple(Option(id=f"p{i}", title=f"示例项目{i}", illustrative=True) for i in (1, 2, 3))
    polls = (
        PollPlan(
            Question(id="projects", kind=PollKind.CHOOSE, title="示例票决", options=options, seats=2), seconds=seconds
        ),
        PollPlan(Question(id="motion", kind=PollKind.MOTION, title="示例决议", options=MOTION_OPTIONS)),
    )
    people = tuple(
        Delegate(number=f"{i:03}", name=f"示例代表{i:03}", delegation=f"示例代表团{i % 2 + 1}", seat=f"1排{i}座")
        for i in range(1, delegates + 1)
    )
    return SittingPlan(
        titles=Titles(congress="示例市第一届人民代表大会", session="第一次会议", sitting="第四次全体会议"),
        roster=Roster(
            statutory_seats=delegates,
            delegates=people,
            observers=(Observer(number="L01", name="示例列席01", post="示例部门"),),
        ),
        agenda=(
            AgendaItem(id="opening", title="开幕"),
            AgendaItem(id="votes", title="表决", polls=("projects", "motion")),
        ),
        polls=polls,
        scrutineers=tuple(Scrutineer(index=i, name=f"示例监票人{i}", chief=i == 1) for i in (1, 2, 3)),
        threshold=threshold,
        ruleset=Ruleset(),  # asks for no least number of secret ballots: three delegates may hold polls
    )


def last_press_plan(delegates: int) -> SittingPlan:
    """A ballot may be replaced while the poll is open: so one poll has a burst for every instant."""
    plan = sample_plan(delegates=delegates)
    rules = Ruleset(ballots=BallotRules(press=Press.LAST))
    polls = tuple(replace(poll, question=replace(poll.question, ruleset=rules)) for poll in plan.polls)
    return replace(plan, polls=polls)
