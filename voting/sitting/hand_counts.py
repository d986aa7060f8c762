"""Counts by hand: what a scrutineer enters, whether it can be true, and how it joins the electronic votes."""

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from voting.congress.law.bases import Bases
from voting.congress.law.figure_checks import doubts_about, problems_of_figures
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium, Question, names_candidate
from voting.congress.limits import MAX_ADDED_NAME
from voting.congress.names import one_spelling, plain
from voting.sitting.counting import Count, figures_of


class HandMethod(StrEnum):
    """How hands were counted: 举手, or 纸质选票."""

    SHOW_OF_HANDS = "show_of_hands"
    PAPER = "paper"


class HandFigures(msgspec.Struct, frozen=True):
    """The figures as entered. votes, against, abstain, levels: by option id (a motion: for, against, abstain in votes).

    write_ins: names in `votes` that no option of the ballot has.
    """

    issued: int
    returned: int
    valid: int
    void: int
    votes: dict[str, int]
    against: dict[str, int] = {}
    abstain: dict[str, int] = {}
    levels: dict[str, tuple[int, ...]] = {}
    write_ins: tuple[str, ...] = ()


class HandCount(msgspec.Struct, frozen=True):
    """One entry: by whom, when (Unix ms), how and why. confirmed_by: the second scrutineer, once there is one."""

    figures: HandFigures
    method: HandMethod
    reason: str
    entered_by: int
    entered_at: int
    confirmed_by: int | None = None


def adds_up(figures: HandFigures) -> bool:
    """Whether issued, returned, valid and void fit together: returned <= issued, returned = valid + void."""
    numbers = (figures.issued, figures.returned, figures.valid, figures.void)
    return min(numbers) >= 0 and figures.returned <= figures.issued and figures.returned == figures.valid + figures.void


def methods_of(question: Question) -> tuple[HandMethod, ...]:
    """How the poll may be counted by hand under its rules; beside terminals hands are never raised."""
    fallback = question.ruleset.fallback
    hands = question.medium is Medium.BY_HAND and question.kind in fallback.show_of_hands
    paper = question.medium is not Medium.ELECTRONIC and question.kind in fallback.paper
    return (HandMethod.SHOW_OF_HANDS,) * hands + (HandMethod.PAPER,) * paper


def figures_possible(question: Question, figures: HandFigures, bases: Bases) -> bool:
    """Whether any papers or hands could give these figures, and they name what the ballot has."""
    count = count_by_hand(question, figures, bases.in_office)
    return names_fit(question, figures) and count_possible(question, count, bases)


def spelled(question: Question, figures: HandFigures) -> HandFigures:
    """The figures with each name added as text in its one spelling, so that it joins that of the terminals.

    One name under two spellings stays as it was entered, and is refused for that.
    """
    names = {name: one_spelling(name) for name in figures.write_ins}
    if question.eligible or len(set(names.values())) < len(figures.write_ins):
        return figures
    votes = {names.get(name, name): number for name, number in figures.votes.items()}
    return replace(figures, votes=votes, write_ins=tuple(names.values()))


def readable(figures: HandFigures) -> bool:
    """Whether the names added as text can be shown."""
    return all(plain(name).isprintable() for name in figures.write_ins)


def names_fit(question: Question, figures: HandFigures) -> bool:
    """Whether exactly the options of the ballot have figures of this kind of poll, and names where it takes them."""
    options = {option.id for option in question.options}
    added = set(figures.write_ins)
    named = all(_may_be_added(question, name) and figures.votes.get(name, 0) for name in added)
    if len(added) != len(figures.write_ins) or not named:
        return False
    answer = KINDS[question.kind].answer
    expected, levels = (set(), options) if answer is Answer.LEVEL else (options | added, set())
    per_option = options if answer is Answer.VOICE else set()
    marked = set(figures.against) | set(figures.abstain)
    return set(figures.votes) == expected and set(figures.levels) == levels and marked <= per_option


def _may_be_added(question: Question, name: str) -> bool:
    """Whether ballots may add this name: somebody eligible, and no candidate; blanks within a name mean nothing."""
    if question.eligible:
        fits = name in question.eligible
    else:
        fits = plain(name) != "" and len(name) <= MAX_ADDED_NAME and name == one_spelling(name)
    return question.write_ins and fits and not names_candidate(question, (name,))


def count_by_hand(question: Question, figures: HandFigures, in_office: int) -> Count:
    """The count report of a poll that was counted by hand alone."""
    votes = dict.fromkeys((option.id for option in question.options), 0) | figures.votes
    cast = sum(figures.votes.values()) if KINDS[question.kind].blank_is_not_pressing else figures.returned
    return Count(
        entitled=in_office,
        issued=figures.issued,
        returned=figures.returned,
        valid=figures.valid,
        void=figures.void,
        not_pressed=figures.issued - cast,
        votes=votes,
        against=figures.against,
        abstain=figures.abstain,
        levels=figures.levels,
        write_ins=figures.write_ins,
        medium=Medium.BY_HAND,
        by_hand=figures.returned,
    )


def joined(electronic: Count, hand: Count, papers_instead: int) -> Count:
    """One signed count of electronic votes and papers; nobody votes twice, because a paper takes the terminal's place.

    papers_instead: delegates who are among the issued of both, since their terminal failed after the opening.
    """
    return Count(
        entitled=electronic.entitled,
        issued=electronic.issued + hand.issued - papers_instead,
        returned=electronic.returned + hand.returned,
        valid=electronic.valid + hand.valid,
        void=electronic.void + hand.void,
        not_pressed=electronic.not_pressed + hand.not_pressed - papers_instead,
        votes=_added(electronic.votes, hand.votes),
        against=_added(electronic.against, hand.against),
        abstain=_added(electronic.abstain, hand.abstain),
        levels={
            option: tuple(a + b for a, b in zip(levels, hand.levels[option], strict=True))
            for option, levels in electronic.levels.items()
        },
        write_ins=tuple(dict.fromkeys((*electronic.write_ins, *hand.write_ins))),
        medium=Medium.MIXED,
        by_hand=hand.returned,
    )


def _added(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {name: first.get(name, 0) + second.get(name, 0) for name in dict.fromkeys((*first, *second))}


def count_possible(question: Question, count: Count, bases: Bases) -> bool:
    """Whether any ballots could give this count; what a person enters is refused otherwise."""
    figures = figures_of(question, count, bases)
    return not problems_of_figures(figures, question.ruleset) and not doubts_about(figures, question.ruleset)
