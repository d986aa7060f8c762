"""What a kind of poll is: one frozen record, asked by everything that depends on the kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from voting.congress.law.figures import FigureProblem, Figures, Tally
from voting.congress.law.outcome import Found
from voting.congress.law.poll_kinds import Option, PollKind
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import MajorityRule, Ruleset, SecrecyRule


class Answer(StrEnum):
    """How the options of a ballot are answered."""

    TICK = "tick"  # ticked or not
    VOICE = "voice"  # each for / against / abstain
    PLACE = "place"  # each with a place, 1 is best
    LEVEL = "level"  # each with a level, the best first


class Order(StrEnum):
    """In what order options are shown with their votes; equals stand as on the ballot."""

    MOST_FIRST = "most_first"
    LEAST_FIRST = "least_first"
    BALLOT = "ballot"

    def sorted(self, votes: Mapping[str, int]) -> list[str]:
        """Option ids in this order, from votes in the order of the ballot."""
        if self is Order.BALLOT:
            return list(votes)
        return sorted(votes, key=lambda option: votes[option] if self is Order.LEAST_FIRST else -votes[option])


class Asked(msgspec.Struct, frozen=True):
    """What the limits of a ballot depend on: the seats to be filled, how many options it has, the adopted rules."""

    seats: int
    options: int
    rules: Ruleset


class Counted(Protocol):
    """The figures of a count by option id, and the names that ballots added."""

    @property
    def votes(self) -> Mapping[str, int]: ...
    @property
    def against(self) -> Mapping[str, int]: ...
    @property
    def abstain(self) -> Mapping[str, int]: ...
    @property
    def levels(self) -> Mapping[str, tuple[int, ...]]: ...
    @property
    def write_ins(self) -> Sequence[str]: ...


def _none_unlikely(_: Figures) -> tuple[Reason, ...]:
    return ()


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of poll.

    answer: how options are answered. marks: the answers an option may get, in the order of the ballot; empty where it
    is ticked or ranked. fewest, most: how many options one valid ballot is for. read_singly: whether sums could not
    tell a valid ballot from a void one. lets_count: whether a ballot for so many options is valid. sums_possible:
    whether so many ballots can add up to these votes per option.

    fills_seats: whether k options win; seats_optional: whether a poll may have none, and each option is then decided by
    itself. options: those every poll of the kind has, which are the answers to one
    question; empty where each poll has its own. blank_is_not_pressing: whether a ballot without any mark equals none.
    amendable: whether it puts a text, which others may amend or be clauses of. adds_names: whether ballots may add
    names (另选他人). has_post: whether it fills a post of the law. own_settings: whether a poll may have two settings
    of its own where no rules are adopted.

    secrecy: what the rules say of it, with the name of their setting in secrecy_key. majority: the fraction that
    decides. cast: votes cast, which percentages are taken of. tallies: the figures option by option, of a poll with
    this id. problems: why a tally is none; doubts: sums over all tallies that no valid ballots could have given;
    unlikely: sums that they could, and that somebody had better count again.
    decide: the outcome, given the majority. order, percent: how options are shown.
    """

    kind: PollKind
    answer: Answer
    marks: Callable[[Ruleset], tuple[str, ...]]
    fewest: Callable[[Asked], int]
    most: Callable[[Asked], int]
    read_singly: Callable[[Asked], bool]
    lets_count: Callable[[Asked, int], bool]
    sums_possible: Callable[[Asked, int, Sequence[int]], bool]
    fills_seats: bool = True
    seats_optional: bool = False
    options: tuple[Option, ...] = ()
    blank_is_not_pressing: bool = False
    amendable: bool = False
    adds_names: bool = False
    has_post: bool = False
    own_settings: bool = False
    secrecy: Callable[[Ruleset], SecrecyRule]
    secrecy_key: str
    majority: Callable[[Ruleset], MajorityRule]
    cast: Callable[[Figures], int]
    tallies: Callable[[str, Sequence[str], Counted], tuple[Tally, ...]]
    problems: Callable[[Figures, Ruleset, Tally], Iterator[FigureProblem]]
    doubts: Callable[[Figures, Ruleset], tuple[Reason, ...]]
    unlikely: Callable[[Figures], tuple[Reason, ...]] = _none_unlikely
    decide: Callable[[Ruleset, Figures, int], Found]
    order: Order = Order.MOST_FIRST
    percent: bool = True

    def competes_for(self, seats: int) -> bool:
        """Whether the options of a poll with so many seats compete for them."""
        return self.fills_seats and (seats > 0 or not self.seats_optional)

    @property
    def one_question(self) -> bool:
        """Whether its options are the answers to one question, the same in every poll."""
        return bool(self.options)
