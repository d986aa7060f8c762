"""Whether a repeated secret poll has other voters than before: two sums of almost the same voters tell a vote."""

from functools import partial

import msgspec

from voting.congress.law.ruleset import Relation, Secrecy
from voting.sitting.poll import PollState
from voting.sitting.progress import PollProgress
from voting.sitting.state import Sitting, ready_credentials


class VotersApart(msgspec.Struct, frozen=True):
    """Who takes part in only one of two polls on the same question, by roster number; counted: the earlier one's id."""

    counted: str
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many differ."""
        return len(self.only_then) + len(self.only_now)


def voters_apart(state: Sitting, poll: str) -> VotersApart | None:
    """Who differs from a counted poll on the same question, that which is most alike; None where nobody does.

    Until this poll is closed those are compared who were, or would be, issued a ballot; afterwards those who cast one.
    """
    progress = state.polls[poll]
    if progress.question.secrecy is not Secrecy.SECRET or progress.state is PollState.PLANNED:
        return None
    voters = _cast if progress.closed_at is not None else partial(_issued, state)
    found = [_apart(before, voters(before), voters(progress)) for before in _counted_before(state, progress)]
    differing = [one for one in found if one.number]
    return min(differing, key=lambda one: one.number, default=None)


def _apart(before: PollProgress, then: frozenset[str], now: frozenset[str]) -> VotersApart:
    return VotersApart(before.question.id, tuple(sorted(then - now)), tuple(sorted(now - then)))


def _counted_before(state: Sitting, progress: PollProgress) -> list[PollProgress]:
    """The poll that this one repeats, and those that repeat it too, as far as their count is known."""
    link = progress.question.follows
    if link is None or link.relation is not Relation.REPEAT:
        return []
    alike = [p for p in state.polls.values() if link.poll == p.question.id or p.question.follows == link]
    return [p for p in alike if p.counted is not None and p is not progress]


def _issued(state: Sitting, progress: PollProgress) -> frozenset[str]:
    return frozenset(ready_credentials(state, progress).keys() | progress.papers.keys())


def _cast(progress: PollProgress) -> frozenset[str]:
    return frozenset(progress.returned.keys() | progress.pending.keys() | progress.papers.keys())
