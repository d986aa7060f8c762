"""Filling k seats from those that reached the floor: the best first, ties across the cut line left to a run-off."""

from collections.abc import Sequence

import msgspec

from voting.congress.law.reasons import Reason, ReasonCode, because
from voting.congress.law.ruleset import AfterShortfall


class Standing(msgspec.Struct, frozen=True):
    """One option that reached the floor. score: higher is better; shown: the number a person knows it by."""

    id: str
    score: int
    shown: int


class Seating(msgspec.Struct, frozen=True):
    """elected: best first, equals in the order of the ballot; tied: in the order of the ballot, for tied_seats."""

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    missing: int = 0
    reasons: tuple[Reason, ...] = ()


def fill_seats(seats: int, standings: Sequence[Standing], after: tuple[AfterShortfall, ...] = ()) -> Seating:
    """Fill `seats`; len(elected) + tied_seats + missing == seats. `after`: what may follow a shortfall."""
    ranked = sorted(standings, key=lambda s: -s.score)  # stable: equals stay in ballot order
    if len(ranked) <= seats:
        missing = seats - len(ranked)
        shortfall = (
            because(
                ReasonCode.SHORTFALL, missing=missing, seats=seats, choices=tuple(choice.value for choice in after)
            ),
        )
        return Seating(
            elected=tuple(s.id for s in ranked),
            missing=missing,
            reasons=(*_elected(ranked), *(shortfall if missing else ())),
        )
    last_in, first_out = ranked[seats - 1], ranked[seats]
    if first_out.score < last_in.score:
        left_out = (because(ReasonCode.LEFT_OUT, option=s.id, votes=s.shown, seats=seats) for s in ranked[seats:])
        return Seating(tuple(s.id for s in ranked[:seats]), reasons=(*_elected(ranked[:seats]), *left_out))
    return _tied(seats, ranked, last_in.score)


def _tied(seats: int, ranked: Sequence[Standing], line: int) -> Seating:
    above = [s for s in ranked if s.score > line]
    tied = [s for s in ranked if s.score == line]
    below = [s for s in ranked if s.score < line]
    left = seats - len(above)
    tie = because(ReasonCode.TIE, options=tuple(s.id for s in tied), votes=tied[0].shown, seats=left)
    left_out = (because(ReasonCode.LEFT_OUT, option=s.id, votes=s.shown, seats=seats) for s in below)
    return Seating(
        elected=tuple(s.id for s in above),
        tied=tuple(s.id for s in tied),
        tied_seats=left,
        reasons=(*_elected(above), tie, *left_out),
    )


def _elected(standings: Sequence[Standing]) -> tuple[Reason, ...]:
    return tuple(because(ReasonCode.ELECTED, option=s.id, votes=s.shown) for s in standings)
