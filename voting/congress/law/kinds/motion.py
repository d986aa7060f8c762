"""A text or a question to the whole sitting: for / against / abstain; passed by the majority (地方组织法 art. 25)."""

from collections.abc import Sequence

from voting.congress.law.figures import Figures, Tally, percentage, votes_cast
from voting.congress.law.kind import Answer, Asked, Counted, Kind
from voting.congress.law.kinds import common
from voting.congress.law.outcome import Found, OutcomeKind
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import Missed, Ruleset, SecrecyRule, least

MOTION_OPTIONS = (
    Option(id="for", title="赞成"),
    Option(id="against", title="反对"),
    Option(id="abstain", title="弃权"),
)


def _lets_count(_: Asked, chosen: int) -> bool:
    return chosen <= 1


def _sums_possible(asked: Asked, returned: int, votes: Sequence[int]) -> bool:
    return common.within(asked, 0, 1, returned, votes)


def _secrecy(rules: Ruleset) -> SecrecyRule:
    return rules.secrecy.motion


def _cast(figures: Figures) -> int:
    return votes_cast(figures.options[0])


def _tallies(poll: str, _: Sequence[str], count: Counted) -> tuple[Tally, ...]:
    votes, against, abstain = (count.votes[voice] for voice in common.VOICES)
    return (Tally(poll, votes, against, abstain),)


def _doubts(figures: Figures, _: Ruleset) -> tuple[Reason, ...]:
    cast, missing, voters = _cast(figures), figures.not_pressed, max(figures.issued, figures.present)
    code = ReasonCode.PRESSES_TOO_MANY
    return () if cast + missing <= voters else (because(code, cast=cast, not_pressed=missing, voters=voters),)


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    votes = figures.options[0].votes
    took_part, participation = _participation(rules, figures)
    if not took_part and rules.participation.missed is Missed.VOID:
        return Found(OutcomeKind.VOID, reasons=(_votes(rules, figures), *participation))
    code = ReasonCode.VOTES_PASS if votes >= majority else ReasonCode.VOTES_FAIL
    reached = because(code, needed=majority, base=figures.bases.of(rules.majority.base), votes=votes)
    passed = took_part and votes >= majority
    outcome = OutcomeKind.PASSED if passed else OutcomeKind.NOT_PASSED
    return Found(outcome, reasons=(_votes(rules, figures), *participation, reached))


def _votes(rules: Ruleset, figures: Figures) -> Reason:
    tally, display = figures.options[0], rules.display
    return because(
        ReasonCode.MOTION_VOTES_ALL if display.show_not_pressed else ReasonCode.MOTION_VOTES,
        votes=tally.votes,
        against=tally.against,
        abstain=tally.abstain,
        percent=percentage(figures, display.percentage_of, tally.votes, _cast(figures)),
        of=display.percentage_of.value,
        **({"not_pressed": figures.not_pressed} if display.show_not_pressed else {}),
    )


def _participation(rules: Ruleset, figures: Figures) -> tuple[bool, tuple[Reason, ...]]:
    """Whether enough took part (广东省人大议事规则 art. 60 para. 1), where the rules ask for it."""
    asked = rules.participation
    if not asked.required:
        return True, ()
    base, cast = figures.bases.of(asked.base), _cast(figures)
    needed = least(asked.fraction, base, strictly_more=asked.strictly_more)
    void = asked.missed is Missed.VOID
    missed = ReasonCode.PARTICIPATION_VOID if void else ReasonCode.PARTICIPATION_MISSED
    code = ReasonCode.PARTICIPATION_REACHED if cast >= needed else missed
    return cast >= needed, (because(code, needed=needed, base=base, cast=cast),)


MOTION = Kind(
    kind=PollKind.MOTION,
    answer=Answer.TICK,
    marks=common.no_marks,
    fewest=common.none_needed,
    most=common.one,
    read_singly=common.summed,
    lets_count=_lets_count,
    sums_possible=_sums_possible,
    fills_seats=False,
    options=MOTION_OPTIONS,
    blank_is_not_pressing=True,
    amendable=True,
    secrecy=_secrecy,
    secrecy_key="motion",
    majority=common.majority_rule,
    cast=_cast,
    tallies=_tallies,
    problems=common.one_mark_a_ballot,
    doubts=_doubts,
    decide=_decide,
)
