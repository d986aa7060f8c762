"""The sitting from its sign-in to the last announcement, led by the simulated chair."""

from concurrent.futures import Executor

from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import Relation, Secrecy
from voting.congress.limits import LONGEST_SECONDS
from voting.rehearsal.comparing import Comparison
from voting.rehearsal.drawing import draw_poll
from voting.rehearsal.people import People
from voting.rehearsal.plan import RehearsalOutcome, RehearsalPlan
from voting.rehearsal.report import Report, report_sitting
from voting.rehearsal.steps import Steps
from voting.sitting.poll import PollPlan
from voting.terminal_client.simulated import SimulatedChair
from voting.wire.polls import PollDraft
from voting.wire.views import ConsoleView

MOST_ROUNDS = 2
"""How many polls may follow one another after the one on the agenda: whoever ties again and again stays tied."""
HELD_AT_ONCE = (Relation.RUN_OFF, Relation.SECOND_ROUND)


class Leading:
    """Holds every poll of the agenda in its order, and after each what follows from it."""

    def __init__(self, rehearsal: RehearsalPlan, people: People, steps: Steps, pool: Executor) -> None:
        self._rehearsal = rehearsal
        self._people = people
        self._steps = steps
        self._compared = Comparison(rehearsal, people, pool)
        self._present = len(people.choices.attending)

    async def sitting(self) -> RehearsalOutcome:
        """Raises what the chair and the verification raise."""
        async with self._people.chair_link() as link:
            chair = SimulatedChair(link, self._rehearsal.patience)
            self._steps.expect("signed_in", "", self._present)
            view = await chair.gather(self._present)
            for poll in [poll for item in view.hall.agenda for poll in item.polls]:
                await self._hold(chair, self._people.polls[poll], rounds=0)
            view = await chair.until(lambda _: True, "the console")
            wrong, sitting = await self._compared.finished(), report_sitting(view)
        if sitting.present != self._present:
            wrong.append(f"{sitting.present} delegates are present, but {self._present} signed in")
        return RehearsalOutcome(Report(sitting, tuple(self._compared.reports)), wrong)

    async def _hold(self, chair: SimulatedChair, poll: PollPlan, rounds: int) -> None:
        by_hand = poll.question.medium is Medium.BY_HAND
        view = await (self._by_hand(chair, poll.question) if by_hand else self._at_terminals(chair, poll))
        await self._compared.examine(chair.link, view, poll.question)
        if not self._rehearsal.follow_ups or rounds == MOST_ROUNDS:
            return
        for relation in HELD_AT_ONCE:
            view = await chair.until(lambda _: True, "the console")
            draft = view.follow_ups.get(poll.id, {}).get(relation)
            if draft is not None:
                await self._hold(chair, await self._plan(chair, view, draft, poll), rounds + 1)

    async def _plan(self, chair: SimulatedChair, view: ConsoleView, draft: PollDraft, after: PollPlan) -> PollPlan:
        """Put the poll on the agenda that follows ``after``, and draw what is chosen in it."""
        asked = draft.question(after.question.ruleset)
        poll = PollPlan(asked, draft.seconds)
        drawn = draw_poll(asked, self._people.choices.attending, self._rehearsal.seed)
        self._people.polls[poll.id] = poll
        self._people.choices = self._people.choices.with_poll(poll.id, drawn)
        item = next(item.id for item in view.hall.agenda if after.id in item.polls)
        await chair.plan(item, draft)
        return poll

    async def _by_hand(self, chair: SimulatedChair, poll: Question) -> ConsoleView:
        self._expect_hands(poll)
        return await chair.hold_by_hand(poll.id)

    async def _at_terminals(self, chair: SimulatedChair, poll: PollPlan) -> ConsoleView:
        question, choices, plan = poll.question, self._people.choices, self._rehearsal.plan
        papers, cast = choices.papers(poll.id), choices.cast(poll.id)
        for step, total in (("registered", self._present), ("stored", cast), ("receipt", cast)):
            self._steps.expect(step, poll.id, total)
        if question.shuffled:
            self._steps.expect("shuffled", poll.id, plan.threshold)
        if question.secrecy is Secrecy.SECRET:
            self._steps.expect("released", poll.id, plan.threshold)
        if papers:
            self._expect_hands(question)

        async def all_cast() -> None:
            await self._steps.until("receipt", poll.id, cast, self._rehearsal.patience)

        # A preset time is for people; terminals on a slow machine must not be cut off by it.
        seconds = LONGEST_SECONDS if poll.seconds is not None else None
        voting = choices.pressed(poll.id) - len(choices.counted(poll.id, papers))
        return await chair.hold(poll.id, self._present, voting, seconds, papers, all_cast)

    def _expect_hands(self, poll: Question) -> None:
        for step in ("entered", "compared"):
            self._steps.expect(step, poll.id, 1)
