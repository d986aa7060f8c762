"""How votes stand in columns, by the way in which a kind of poll is answered."""

from collections.abc import Callable

import msgspec

from voting.congress.law.kind import Answer
from voting.reports import texts
from voting.reports.sheet import Cell, Column
from voting.words import Words


class OptionVotes(msgspec.Struct, frozen=True):
    """What one option received. votes: "for", ticks or sum of ranks; levels: ballots per level, best first; write_in:
    ballots added it, and nobody can be against it."""

    votes: int = 0
    against: int = 0
    abstain: int = 0
    levels: tuple[int, ...] = ()
    write_in: bool = False


class AnswerTable(msgspec.Struct, frozen=True):
    """heading: over a count; columns: over its numbers, given how many levels there are; cells: of one option."""

    heading: Words
    columns: Callable[[int], tuple[Words, ...]]
    cells: Callable[[OptionVotes], tuple[Cell, ...]]

    def numbers(self, levels: int) -> tuple[Column, ...]:
        """The columns of numbers."""
        return tuple(Column(title, right=True) for title in self.columns(levels))


def _sum(votes: OptionVotes) -> tuple[Cell, ...]:
    return (votes.votes,)


def _voices(votes: OptionVotes) -> tuple[Cell, ...]:
    none = votes.write_in
    return (votes.votes, texts.NONE if none else votes.against, texts.NONE if none else votes.abstain)


TABLES = {
    Answer.TICK: AnswerTable(texts.VOTES_TABLE, lambda _: (texts.VOTES,), _sum),
    Answer.VOICE: AnswerTable(texts.VOTES_TABLE, lambda _: texts.VOICES, _voices),
    Answer.PLACE: AnswerTable(texts.RANK_TABLE, lambda _: (texts.RANK_SUM,), _sum),
    Answer.LEVEL: AnswerTable(texts.EVALUATION_TABLE, lambda levels: texts.LEVELS[:levels], lambda votes: votes.levels),
}
