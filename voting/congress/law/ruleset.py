"""The rules a congress adopts for its polls, as data: every setting with its closed list of values.

A ruleset is frozen with the poll it governs. Fractions are text ("2/3"), so that they stay exact on the wire and in the
journal. What each setting means, where it comes from and an example: docs/rules.md. What may not stand together:
ruleset_checks.py.
"""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from voting.congress.law.bodies import Article, Body
from voting.congress.law.poll_kinds import PollKind

Share = Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$")]
"""An exact fraction, written numerator/denominator."""

LEAST_SECRET = 5
"""Fewest ballots of a secret poll that are opened where a file of rules does not say."""


class Base(StrEnum):
    """Of whom a fraction is taken."""

    IN_OFFICE = "in_office"  # all delegates in office (实有代表)
    STATUTORY_SEATS = "statutory_seats"  # the seats the law gives this congress (名额)
    PRESENT = "present"  # signed in and not departed
    RETURNED = "returned"  # ballots returned
    VALID = "valid"  # ballots returned and not void


class BallotRule(StrEnum):
    """What becomes of a ballot with too many or too few marks."""

    VALID = "valid"
    VOID = "void"


class WriteInAfter(StrEnum):
    """After what a ballot may add a name (另选他人)."""

    AGAINST = "against"  # no more names than candidates it is against
    ANY = "any"


class ReturnedLimit(StrEnum):
    """More ballots than this make the poll void."""

    ISSUED = "issued"
    PRESENT = "present"


class Press(StrEnum):
    """Which ballot of one delegate counts; LAST lets a later one replace it until the poll is closed."""

    FIRST = "first"
    LAST = "last"


class TieRule(StrEnum):
    """What a tie across the cut line leads to; nothing in the program ever breaks one."""

    RUN_OFF = "run_off"


class Relation(StrEnum):
    """How a poll follows another one, whose result stays as it was."""

    RUN_OFF = "run_off"  # among those tied, for the seats left
    SECOND_ROUND = "second_round"  # another election for the unfilled seats, in this session
    NEXT_SESSION = "next_session"  # the same at the next session
    REPEAT = "repeat"  # the same question again, because the first was void or annulled


class AfterShortfall(StrEnum):
    """What may be chosen when fewer than k reach the floor."""

    SECOND_ROUND = "second_round"
    NEXT_SESSION = "next_session"
    ACCEPT_FEWER = "accept_fewer"


class Secrecy(StrEnum):
    """How one poll is cast: SECRET (无记名) or RECORDED (记名), public per delegate once it is announced."""

    SECRET = "secret"  # noqa: S105 - no password
    RECORDED = "recorded"


class SecrecyRule(StrEnum):
    """What a kind of poll may be; EITHER leaves it to the single poll."""

    SECRET = "secret"  # noqa: S105 - no password
    RECORDED = "recorded"
    EITHER = "either"


class ResultsShown(StrEnum):
    """When the hall sees a result: as soon as it is counted, or when the chair announces it."""

    IMMEDIATE = "immediate"
    DELAYED = "delayed"


class VotesShown(StrEnum):
    """Whose votes are published where options compete for seats; a record always holds all of them."""

    ALL = "all"
    ELECTED = "elected"  # of those elected alone; of the tied, whom a run-off has to name


class PercentageOf(StrEnum):
    """The denominator of every percentage shown. CAST leaves out who pressed nothing and void ballots."""

    CAST = "cast"
    IN_OFFICE = "in_office"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"


class MixedCount(StrEnum):
    """Who may vote on paper beside an electronic poll."""

    FAILED_TERMINALS = "failed_terminals"
    NEVER = "never"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections of a ruleset."""


class QuorumRule(Section, frozen=True):
    """[quorum] the part that must be present (地方组织法 art. 14 para. 4; a standing committee: art. 51 para. 3).

    strictly_more: 过半数; else 以上, including it. Unset: adopted before it was a setting, and 以上.
    """

    fraction: Share = "2/3"
    strictly_more: bool | UnsetType = UNSET
    base: Base = Base.IN_OFFICE


class MajorityRule(Section, frozen=True):
    """[majority] what passes or elects (地方组织法 art. 25). strictly_more: 过半数; else 以上, including it."""

    fraction: Share = "1/2"
    strictly_more: bool = True
    base: Base = Base.IN_OFFICE


class Missed(StrEnum):
    """What too few votes cast make of a motion: the vote void, so that it may be put again, or the motion lost."""

    VOID = "void"
    NOT_PASSED = "not_passed"


class ParticipationRule(Section, frozen=True):
    """[participation] motions only: so many must cast a vote at all (广东省人大议事规则 art. 60 para. 1).

    missed: what follows where fewer do. Unset: adopted before it was a setting, and the motion is lost.
    """

    required: bool = False
    fraction: Share = "1/2"
    strictly_more: bool = True
    base: Base = Base.IN_OFFICE
    missed: Missed | UnsetType = UNSET


class BallotRules(Section, frozen=True):
    """[ballots] over: more than k marks; under: fewer; over_approval: more than k "for" in approve_each.

    least_secret: a secret poll with fewer voters at the terminals is not opened, and one with fewer ballots not
    decrypted. One is no bound in effect; with none the box would be empty. write_in_after: who may add a name, see
    `Question.lets_add` (代表法 art. 17 para. 6). Unset: adopted before they were settings; then any ballot may.
    """

    over: BallotRule = BallotRule.VOID
    over_approval: BallotRule = BallotRule.VALID
    under: BallotRule = BallotRule.VALID
    returned_at_most: ReturnedLimit = ReturnedLimit.ISSUED
    press: Press = Press.FIRST
    write_in_after: WriteInAfter | UnsetType = UNSET
    least_secret: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | UnsetType = UNSET


class SeatRules(Section, frozen=True):
    """[seats] the floor of projects, of rankings and of a run-off; elections of persons always have the majority.

    run_off_needs_majority is about projects; run_off_of_persons_needs_majority, where it is false: 以得票多的当选
    (地方组织法 art. 29 para. 1, 选举法 art. 45 para. 3). shortfall, shortfall_of_projects: see `after_shortfall`.
    Unset: adopted before there were two, and the first holds for persons, too.
    """

    majority_floor: bool = True
    rank_needs_majority: bool = True
    run_off_needs_majority: bool = True
    run_off_of_persons_needs_majority: bool | UnsetType = UNSET
    tie: TieRule = TieRule.RUN_OFF
    shortfall: tuple[AfterShortfall, ...] = tuple(AfterShortfall)
    shortfall_of_projects: tuple[AfterShortfall, ...] | UnsetType = UNSET


class CandidateRules(Section, frozen=True):
    """[candidates] how many more candidates than seats, by the post.

    地方组织法 art. 27 para. 1; delegates to the congress above: 选举法 art. 31 para. 2.
    """

    chief_more_at_most: Annotated[int, msgspec.Meta(ge=0)] = 1
    deputy_more_at_least: Annotated[int, msgspec.Meta(ge=0)] = 1
    deputy_more_at_most: Annotated[int, msgspec.Meta(ge=0)] = 3
    member_more_at_least: Share = "1/10"
    member_more_at_most: Share = "1/5"
    delegate_more_at_least: Share = "1/5"
    delegate_more_at_most: Share = "1/2"


class SecrecyRules(Section, frozen=True):
    """[secrecy] per kind of question; choice covers choose, approve_each and rank."""

    motion: SecrecyRule = SecrecyRule.EITHER
    choice: SecrecyRule = SecrecyRule.SECRET
    election: SecrecyRule = SecrecyRule.SECRET
    evaluation: SecrecyRule = SecrecyRule.SECRET


class DisplayRules(Section, frozen=True):
    """[display] what the hall sees of a result, and when. votes: unset: adopted before it was a setting, and all."""

    results: ResultsShown = ResultsShown.DELAYED
    show_not_pressed: bool = True
    percentage_of: PercentageOf = PercentageOf.CAST
    votes: VotesShown | UnsetType = UNSET


class EvaluationRules(Section, frozen=True):
    """[evaluation] half_counts: whether exactly half of `base` suffices for a level."""

    levels: Annotated[int, msgspec.Meta(ge=3, le=4)] = 3
    base: Base = Base.IN_OFFICE
    half_counts: bool = True


class FallbackRules(Section, frozen=True):
    """[fallback] which kinds may be decided by hand when devices fail, and who may vote on paper in a mixed count."""

    show_of_hands: tuple[PollKind, ...] = (PollKind.MOTION,)
    paper: tuple[PollKind, ...] = tuple(PollKind)
    mixed: MixedCount = MixedCount.FAILED_TERMINALS


class Ruleset(Section, frozen=True):
    """All settings of a congress; the defaults are those of the national law and of docs/rules.md (see `completed`).

    body: whose rules they are; deviates: the articles that bind it and that they openly deviate from (see
    deviations.py). Unset: adopted before bodies were told apart.
    """

    title: str = ""
    body: Body | UnsetType = UNSET
    deviates: tuple[Article, ...] | UnsetType = UNSET
    quorum: QuorumRule = QuorumRule()
    majority: MajorityRule = MajorityRule()
    participation: ParticipationRule = ParticipationRule()
    ballots: BallotRules = BallotRules()
    seats: SeatRules = SeatRules()
    candidates: CandidateRules = CandidateRules()
    secrecy: SecrecyRules = SecrecyRules()
    display: DisplayRules = DisplayRules()
    evaluation: EvaluationRules = EvaluationRules()
    fallback: FallbackRules = FallbackRules()


_MEANT: dict[str, dict[str, Any]] = {
    "": {"body": Body.CONGRESS, "deviates": ()},
    "quorum": {"strictly_more": False},
    "participation": {"missed": Missed.VOID},
    "ballots": {"write_in_after": WriteInAfter.AGAINST, "least_secret": LEAST_SECRET},
    "seats": {"run_off_of_persons_needs_majority": False, "shortfall_of_projects": tuple(AfterShortfall)},
    "display": {"votes": VotesShown.ALL},
}
"""Settings that came after release 0.1.0, by section: what a file means that does not say them."""


def completed(rules: Ruleset) -> Ruleset:
    """The rules with what they leave unset, as a file that does not say it means it."""
    return _changed(rules, lambda now, meant: meant if now is UNSET else now)


def as_first_written(rules: Ruleset) -> Ruleset:
    """The rules without every setting, and every kind of poll, that came after release 0.1.0."""
    paper = tuple(kind for kind in rules.fallback.paper if kind is not PollKind.PRESELECTION)
    return replace(_changed(rules, lambda _, __: UNSET), fallback=replace(rules.fallback, paper=paper))


def _changed(rules: Ruleset, change: Callable[[Any, Any], Any]) -> Ruleset:
    """The rules with each later setting changed, given its value and what a file means without it."""
    for name, meant in _MEANT.items():
        section = getattr(rules, name) if name else rules
        section = replace(section, **{key: change(getattr(section, key), value) for key, value in meant.items()})
        rules = replace(rules, **{name: section}) if name else section
    return rules


DEFAULTS = completed(Ruleset())
"""What decides where no rules were adopted."""


def after_shortfall(rules: Ruleset, kind: PollKind) -> tuple[AfterShortfall, ...]:
    """What the congress may choose where fewer than k are chosen (地方组织法 art. 29 para. 2 for persons).

    Seats of persons have to be filled, so that fewer are never accepted there; rules of before this was a setting have
    one list for persons and projects.
    """
    persons, projects = rules.seats.shortfall, rules.seats.shortfall_of_projects
    if projects is UNSET:
        return persons
    if kind is not PollKind.ELECTION:
        return projects
    return tuple(choice for choice in persons if choice is not AfterShortfall.ACCEPT_FEWER)


def run_off_needs_majority(rules: Ruleset, kind: PollKind) -> bool:
    """Whether the tied need the majority in a run-off, too, or more votes than the others are enough."""
    if kind is PollKind.PRESELECTION:
        return False
    projects, persons = rules.seats.run_off_needs_majority, rules.seats.run_off_of_persons_needs_majority
    return projects if persons is UNSET or kind is not PollKind.ELECTION else persons


def least(share: str, number: int, *, strictly_more: bool) -> int:
    """The least whole number that is more than (or at least) `share` of `number`, in exact arithmetic."""
    part = Fraction(share) * number
    return part.__floor__() + 1 if strictly_more else part.__ceil__()
