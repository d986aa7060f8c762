"""Polls that the chair adds during the sitting: run-offs, second rounds, repeated and ad-hoc ones."""

from collections.abc import Mapping

from voting.congress.law.ruleset import Ruleset
from voting.server.live.poll_views import poll_view
from voting.server.services.drafts import plan_of
from voting.server.services.ledger import Ledger
from voting.sitting.commands import PlanPoll
from voting.sitting.machine import decide, evolve
from voting.wire.polls import PollDraft, PollView


class PlanningService:
    """rulebooks: the rules a new poll may adopt, by name."""

    def __init__(self, ledger: Ledger, rulebooks: Mapping[str, Ruleset]) -> None:
        self._ledger = ledger
        self.rulebooks = rulebooks

    def plan(self, item: str, draft: PollDraft) -> None:
        """Put one more poll at the end of an agenda item. Raises Refused."""
        self._ledger.carry_out(self._command(item, draft))

    def preview(self, item: str, draft: PollDraft) -> PollView:
        """The poll as the seats would see it. Nothing changes. Raises Refused where `plan` would."""
        state = self._ledger.decided
        events = decide(state, self._command(item, draft), self._ledger.clock())
        for event in events:
            state = evolve(state, event)
        return poll_view(state, state.polls[draft.id.strip()], shows_result=False)

    def _command(self, item: str, draft: PollDraft) -> PlanPoll:
        return PlanPoll(item=item, plan=plan_of(draft, self._ledger.decided, self.rulebooks))
