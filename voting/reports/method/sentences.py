"""Every setting of a ruleset as a sentence that a congress can adopt, in the order of the document."""

from voting.congress.law.bodies import Article
from voting.congress.law.poll_kinds import PollKind
from voting.reports.method.saying import (
    COMPETING,
    EVALUATIONS,
    EVERYTHING,
    MOTIONS,
    NOTHING,
    PERSONS,
    PROJECTS,
    WORDS,
    Sentence,
    articles_of,
    body,
    candidates,
    choice,
    deviates,
    elections,
    evaluation,
    fixed,
    kinds,
    law,
    least_secret,
    majority,
    over_voids,
    participation,
    percentage,
    quorum,
    rests,
    run_off_of_persons,
    secrecy,
    settings,
    shortfall,
    title,
    under_is_valid,
    votes,
    write_ins,
    write_ins_rest,
)
from voting.words import Chapter

_GENERAL = (
    Sentence(Chapter.GENERAL, ("body",), EVERYTHING, body, rests(NOTHING)),
    Sentence(
        Chapter.GENERAL,
        settings("quorum", "fraction", "strictly_more", "base"),
        EVERYTHING,
        quorum,
        law(lambda bound: bound.quorum_article),
    ),
    Sentence(
        Chapter.GENERAL,
        settings("majority", "fraction", "strictly_more", "base"),
        EVERYTHING,
        majority,
        law(lambda bound: bound.majority_article),
    ),
)
_BALLOTS = (
    secrecy("motion", MOTIONS, rests("silent")),
    secrecy("choice", PROJECTS, rests("practice")),
    secrecy("election", PERSONS, elections("secrecy_election")),
    secrecy("evaluation", EVALUATIONS, rests("practice")),
    fixed(Chapter.BALLOTS, "voices", EVERYTHING),
    choice(Chapter.BALLOTS, "ballots.press", EVERYTHING, "press"),
    choice(
        Chapter.BALLOTS,
        "ballots.over",
        COMPETING,
        elections("over", over_voids),
    ),
    choice(
        Chapter.BALLOTS,
        "ballots.under",
        COMPETING,
        elections("over", under_is_valid),
    ),
    choice(Chapter.BALLOTS, "ballots.over_approval", PROJECTS, "silent"),
    Sentence(Chapter.BALLOTS, ("ballots.write_in_after",), PERSONS, write_ins, write_ins_rest),
    choice(Chapter.BALLOTS, "ballots.returned_at_most", EVERYTHING, "returned_at_most"),
    Sentence(Chapter.BALLOTS, ("ballots.least_secret",), EVERYTHING, least_secret, rests("silent")),
)
_CANDIDATES = Sentence(
    Chapter.RESULTS,
    settings(
        "candidates",
        "chief_more_at_most",
        *("deputy_more_at_least", "deputy_more_at_most"),
        *("member_more_at_least", "member_more_at_most"),
        *("delegate_more_at_least", "delegate_more_at_most"),
    ),
    PERSONS,
    candidates,
    lambda rules: articles_of(rules, [lambda _: Article.CANDIDATES, lambda _: Article.DELEGATES]),
)
_RESULTS = (
    fixed(Chapter.RESULTS, "motion", MOTIONS),
    Sentence(
        Chapter.RESULTS,
        settings("participation", "required", "fraction", "strictly_more", "base", "missed"),
        MOTIONS,
        participation,
        lambda rules: WORDS.bases["participation" if rules.participation.required else "silent"],
    ),
    _CANDIDATES,
    fixed(Chapter.RESULTS, "elected", PERSONS, elections("elected")),
    choice(Chapter.RESULTS, "seats.majority_floor", PROJECTS, law(lambda bound: bound.majority_article)),
    fixed(Chapter.RESULTS, "each", PROJECTS),
    choice(Chapter.RESULTS, "seats.rank_needs_majority", PROJECTS, "silent"),
    choice(Chapter.RESULTS, "seats.tie", COMPETING, elections("tie")),
    Sentence(
        Chapter.RESULTS,
        ("seats.run_off_of_persons_needs_majority",),
        PERSONS,
        run_off_of_persons,
        elections("run_off_of_persons_needs_majority", lambda rules: not rules.seats.run_off_of_persons_needs_majority),
    ),
    choice(Chapter.RESULTS, "seats.run_off_needs_majority", PROJECTS, "silent"),
    Sentence(
        Chapter.RESULTS,
        ("seats.shortfall",),
        PERSONS,
        shortfall("shortfall", PollKind.ELECTION),
        elections("shortfall"),
    ),
    Sentence(
        Chapter.RESULTS,
        ("seats.shortfall_of_projects",),
        PROJECTS,
        shortfall("shortfall_of_projects", PollKind.CHOOSE),
        rests("silent"),
    ),
    choice(Chapter.RESULTS, "evaluation.levels", EVALUATIONS, "silent"),
    Sentence(Chapter.RESULTS, settings("evaluation", "base", "half_counts"), EVALUATIONS, evaluation, rests("silent")),
)
_SHOWING = (
    fixed(Chapter.SHOWING, "confirmed", EVERYTHING),
    choice(Chapter.SHOWING, "display.results", EVERYTHING, "results"),
    Sentence(Chapter.SHOWING, ("display.votes",), COMPETING, votes, rests("silent")),
    choice(Chapter.SHOWING, "display.show_not_pressed", EVERYTHING, NOTHING),
    Sentence(Chapter.SHOWING, ("display.percentage_of",), EVERYTHING, percentage, rests(NOTHING)),
)
_FALLBACK = (
    Sentence(Chapter.FALLBACK, ("fallback.show_of_hands",), EVERYTHING, kinds("show_of_hands"), rests("silent")),
    Sentence(Chapter.FALLBACK, ("fallback.paper",), EVERYTHING, kinds("paper"), rests("silent")),
    choice(Chapter.FALLBACK, "fallback.mixed", EVERYTHING, "silent"),
)
_CLOSING = (
    Sentence(Chapter.CLOSING, ("deviates",), EVERYTHING, deviates, rests(NOTHING)),
    Sentence(Chapter.CLOSING, ("title",), EVERYTHING, title, rests(NOTHING)),
)
SENTENCES: tuple[Sentence, ...] = (*_GENERAL, *_BALLOTS, *_RESULTS, *_SHOWING, *_FALLBACK, *_CLOSING)
"""Every sentence, in the order of the document; together they state every setting that rules can have."""
