"""What simulated delegates choose where no file says it: drawn from a seed, so that a rehearsal can be repeated.

Every poll has its own chance, made of the seed and the poll's id: a poll that is added during the sitting (a run-off, a
second round) draws the same choices again, and nothing before it is drawn differently because of it.
"""

import random
from collections.abc import Collection, Mapping, Sequence

from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.kinds.common import VOICES
from voting.congress.law.question import Medium, Question
from voting.congress.law.ruleset import BallotRule
from voting.record.choices import ADDED
from voting.record.questions import Choice, marks_of
from voting.rehearsal.choices import Choices, PollChoices, Rows, Ticks
from voting.sitting.events import SittingPlan

SHARE_NOT_PRESSED = 0.02
SHARE_BLANK = 0.01
SHARE_SPOILT = 0.02
SHARE_ADDED = 0.06
SHARE_REPLACED = 0.08
SHARE_ON_PAPER = 0.02
SAMPLE_NAMES = ("示例甲", "示例乙", "示例丙")
"""Who is added to ballots where no roster says who is eligible."""


def draw_choices(plan: SittingPlan, seats: int, seed: int, given: Rows | None = None) -> Choices:
    """Choices of ``seats`` delegates; equal for an equal seed. A few do not press, a few cast blank or void ballots.

    ``given``: polls that have any row in it are not drawn.
    """
    chance = random.Random(seed)  # noqa: S311 - a rehearsal must be repeatable; nothing here is secret
    numbers = [delegate.number for delegate in plan.roster.voters]
    chosen = set(chance.sample(numbers, seats))
    attending = tuple(number for number in numbers if number in chosen)
    rows = given or {}
    polls = {poll.id: draw_poll(poll.question, attending, seed, rows.get(poll.id) or None) for poll in plan.polls}
    return Choices(attending, polls)


def draw_poll(
    poll: Question, attending: Sequence[str], seed: int, given: Mapping[str, Ticks] | None = None
) -> PollChoices:
    """What happens in one poll. ``given``: the ballots, where they are known."""
    chance = random.Random(f"{seed} {poll.id}")  # noqa: S311 - as above
    weights = popularity(poll, chance)
    drawn = {number: draw_ballot(chance, poll, weights) for number in attending}
    ballots = drawn if given is None else {number: given.get(number) for number in attending}
    on_paper = _on_paper(chance, poll, attending)
    return PollChoices(ballots, _earlier(chance, poll, weights, ballots, on_paper), on_paper)


def with_accidents(choices: Choices, plan: SittingPlan, seed: int) -> Choices:
    """The same ballots, and drawn beside them: whose terminal fails, and who replaces a ballot."""
    for poll in plan.polls:
        ballots = {number: choices.of(poll.id, number) for number in choices.attending}
        choices = choices.with_poll(poll.id, draw_poll(poll.question, choices.attending, seed, ballots))
    return choices


def popularity(poll: Question, chance: random.Random) -> list[float]:
    """How much each option is liked: most motions find a majority, and some options are liked more than others."""
    if KINDS[poll.kind].one_question:
        return [20.0, 2.0, 1.0]
    n, rated = len(poll.options), KINDS[poll.kind].answer is Answer.LEVEL
    weights = [1 + 3 * rank / n if rated else 3.0 ** min(rank, 15) for rank in range(n)]
    chance.shuffle(weights)
    return weights


def draw_ballot(chance: random.Random, poll: Question, weights: Sequence[float]) -> Ticks:
    """One delegate's ballot; the better an option is liked, the likelier it is chosen."""
    luck = chance.random()
    if luck < SHARE_NOT_PRESSED:
        return None
    if luck < SHARE_NOT_PRESSED + SHARE_BLANK and poll.min_choices == 0:
        return ()
    return _draw_choice(chance, poll, weights)


def _draw_choice(chance: random.Random, poll: Question, weights: Sequence[float]) -> Choice:
    ranked = _in_order_of_liking(chance, poll, weights)
    spoilt = chance.random() < SHARE_SPOILT
    match KINDS[poll.kind].answer:
        case Answer.PLACE:
            return _draw_ranks(poll, ranked, spoilt=spoilt)
        case Answer.LEVEL:
            return _draw_levels(chance, poll, weights)
        case Answer.VOICE:
            return _draw_marks(chance, poll, ranked, spoilt=spoilt)
        case Answer.TICK:
            return _draw_ticks(chance, poll, ranked, spoilt=spoilt)


def _draw_ticks(chance: random.Random, poll: Question, ranked: Sequence[str], *, spoilt: bool) -> Choice:
    """One voice on a motion; of projects now and then fewer than may be chosen. A spoilt paper ticks them all."""
    wanted = poll.max_choices
    if not KINDS[poll.kind].one_question:
        if poll.min_choices < wanted and chance.random() < 0.3:
            wanted = chance.randint(max(1, poll.min_choices), wanted)
        if spoilt and poll.medium is Medium.BY_HAND:
            wanted = len(poll.options)  # only paper can hold more than may be chosen
    chosen = set(ranked[:wanted])
    return tuple(option.id for option in poll.options if option.id in chosen)


def _in_order_of_liking(chance: random.Random, poll: Question, weights: Sequence[float]) -> list[str]:
    """Option ids in one delegate's order (weighted sampling without replacement: the smallest waiting time first)."""
    waiting = [chance.expovariate(weight) for weight in weights]
    return [option.id for _, option in sorted(zip(waiting, poll.options, strict=True), key=lambda pair: pair[0])]


def _draw_ranks(poll: Question, ranked: Sequence[str], *, spoilt: bool) -> Choice:
    """A place for every option; a spoilt paper leaves the last one out."""
    kept = ranked[:-1] if spoilt else ranked
    return tuple(f"{o.id}={kept.index(o.id) + 1}" for o in poll.options if o.id in kept)


def _draw_levels(chance: random.Random, poll: Question, weights: Sequence[float]) -> Choice:
    levels = marks_of(poll)
    return tuple(
        f"{option.id}={chance.choices(levels, [3 * weight, *[1.0] * (len(levels) - 1)])[0]}"
        for option, weight in zip(poll.options, weights, strict=True)
        if chance.random() >= SHARE_BLANK
    )


def _draw_marks(chance: random.Random, poll: Question, ranked: Sequence[str], *, spoilt: bool) -> Choice:
    """As many "for" as there may be, against or abstention for the others, now and then a name that is added.

    A spoilt ballot is for everybody, where the ballot can hold that. Somebody added takes the place of the last choice.
    """
    paper = poll.read_singly or poll.medium is Medium.BY_HAND
    names = _draw_names(chance, poll)
    least = poll.seats if poll.ruleset.ballots.under is BallotRule.VOID else 1
    wanted = poll.max_choices - len(names)
    if wanted == len(poll.options):  # nothing limits them: not everybody is for everything
        wanted -= sum(chance.random() < 0.15 for _ in range(max(0, wanted - least)))
    if spoilt and paper:
        wanted = len(poll.options)
    chosen = set(ranked[:wanted])
    marks = [
        f"{option.id}={'for' if option.id in chosen else chance.choice(VOICES[1:])}"
        for option in poll.options
        if option.id in chosen or chance.random() < 0.7
    ]
    if names and not any(mark.endswith("=against") for mark in marks):
        marks = _against_one_more(poll, marks, chosen)
    return (*marks, *(ADDED + name for name in names))


def _against_one_more(poll: Question, marks: Sequence[str], chosen: Collection[str]) -> list[str]:
    """The marks with one candidate more who is voted against: the last who is not chosen, else the last of all."""
    others = [option.id for option in poll.options if option.id not in chosen] or [poll.options[-1].id]
    kept = [mark for mark in marks if mark.partition("=")[0] != others[-1]]
    return [*kept, f"{others[-1]}=against"]


def _draw_names(chance: random.Random, poll: Question) -> tuple[str, ...]:
    if not poll.write_ins or chance.random() >= SHARE_ADDED:
        return ()
    return (chance.choice(poll.eligible or SAMPLE_NAMES),)


def _on_paper(chance: random.Random, poll: Question, attending: Sequence[str]) -> frozenset[str]:
    """In a mixed poll, those whose terminals fail: two at least, but never all."""
    if poll.medium is not Medium.MIXED:
        return frozenset()
    failing = min(max(2, round(SHARE_ON_PAPER * len(attending))), len(attending) - 1)
    return frozenset(chance.sample(list(attending), failing))


def _earlier(
    chance: random.Random,
    poll: Question,
    weights: Sequence[float],
    ballots: Mapping[str, Ticks],
    on_paper: frozenset[str],
) -> dict[str, Choice]:
    """Where the last press counts, those who think better of it; somebody always does."""
    voting = [number for number, choice in ballots.items() if choice is not None and number not in on_paper]
    if not poll.last_press_counts or poll.medium is Medium.BY_HAND or not voting:
        return {}
    replaced = chance.sample(voting, max(1, round(SHARE_REPLACED * len(voting))))
    return {number: _draw_choice(chance, poll, weights) for number in replaced}
