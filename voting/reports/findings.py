"""The result of one counted poll as every report shows it: options in order, with places, marks and reasons."""

import msgspec

from voting.congress.law.evaluating import Level
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruleset import VotesShown
from voting.congress.law.ruling import OutcomeKind, Ruling
from voting.reports import texts
from voting.reports.answer_tables import OptionVotes
from voting.reports.reason_texts import reason_in_words, way_in
from voting.reports.record import PollRecord, SittingRecord, ruling_on
from voting.sitting.counting import Count, figures_of
from voting.sitting.progress import PollProgress
from voting.sitting.state import bases_for
from voting.words import Form, KindWords, Language, Mark, Way, Words, catalogue_of, members_in_words


class OptionResult(msgspec.Struct, frozen=True):
    """One option. votes: "for", ticks or sum of ranks; levels: ballots per level, best first; place: 1 is first,
    equals share one, 0 where there are no places; mark: what became of it, in words; write_in: ballots added it."""

    id: str
    title: str
    votes: int
    against: int
    abstain: int
    levels: tuple[int, ...]
    place: int
    elected: bool
    mark: str
    write_in: bool = False

    @property
    def received(self) -> OptionVotes:
        """Its votes alone."""
        return OptionVotes(self.votes, self.against, self.abstain, self.levels, self.write_in)


class Findings(msgspec.Struct, frozen=True):
    """A counted poll. present: as the rules see it; limit: more ballots returned than this make it void.

    Options stand in the order they are reported.
    """

    progress: PollProgress
    count: Count
    ruling: Ruling
    present: int
    in_office: int
    limit: int
    archive_sha256: str | None
    options: tuple[OptionResult, ...]
    reasons: tuple[Words, ...]
    titles: dict[str, str]

    @property
    def kind(self) -> PollKind:
        return self.progress.question.kind

    @property
    def way(self) -> Way:
        """How the votes were cast."""
        return way_in(self.progress)

    @property
    def called(self) -> KindWords:
        """What this kind of poll calls its things, in Chinese."""
        return CHINESE.kinds[self.kind]

    @property
    def members(self) -> str:
        """What those who may vote are called, in Chinese."""
        return members_in_words(self.progress.question.ruleset, Language.CHINESE)

    def say(self, form: Form, /, **params: object) -> str:
        """A Chinese text as it holds for this kind and way of voting, with its parameters filled."""
        return CHINESE.text(form, self.kind, self.way).format(members=self.members, **params)

    @property
    def published(self) -> tuple[OptionResult, ...]:
        """The options whose votes are announced: all, or those elected and tied where the rules say so."""
        rules, run_off = self.progress.question.ruleset, self.ruling.run_off
        if rules.display.votes is not VotesShown.ELECTED or not self.progress.question.fills_seats:
            return self.options
        tied = run_off.options if run_off else ()
        return tuple(option for option in self.options if option.elected or option.id in tied)

    @property
    def needed(self) -> int | None:
        """Votes that one option (or the motion, or a level) needs; None where nothing was asked of a single option."""
        for reason in self.ruling.reasons:
            if reason.code in _OPTION_ASKED and isinstance(needed := reason.params["needed"], int):
                return needed
        return None if self.progress.question.fills_seats else self.ruling.majority

    @property
    def passed(self) -> int:
        """How many options passed, where each is decided by itself."""
        return sum(verdict == OutcomeKind.PASSED for verdict in self.ruling.verdicts.values())


_OPTION_ASKED = frozenset({ReasonCode.OPTION_REACHES, ReasonCode.OPTION_BELOW})


CHINESE = catalogue_of(Language.CHINESE)


def findings_of(record: SittingRecord, poll: PollRecord) -> Findings:
    """The result of a counted poll. Raises OutcomeDiffers, and ValueError when it is not counted."""
    question, count, roster = poll.progress.question, poll.progress.count, record.sitting.plan.roster
    if count is None:
        raise ValueError(f"poll {question.id} is not counted")
    ruling = ruling_on(record, poll)
    present = poll.progress.present_for(count)
    figures = figures_of(question, count, bases_for(record.sitting, poll.progress, count))
    titles = titles_of(poll.progress)
    return Findings(
        progress=poll.progress,
        count=count,
        ruling=ruling,
        present=present,
        in_office=roster.in_office,
        limit=figures.returned_limit(question.ruleset),
        archive_sha256=poll.archive_sha256,
        options=_options(poll.progress, count, ruling, titles),
        reasons=tuple(reason_in_words(reason, titles, poll.progress) for reason in ruling.reasons),
        titles=titles,
    )


def titles_of(progress: PollProgress) -> dict[str, str]:
    """What each option is called on a sheet: invented options and names that the ballots added say so."""
    titles = {}
    for option in progress.question.options:
        labelled = not option.illustrative or texts.ILLUSTRATIVE in option.title
        titles[option.id] = option.title if labelled else f"{option.title}（{texts.ILLUSTRATIVE}）"
    if progress.count is not None:
        titles |= {name: name + texts.WRITE_IN for name in progress.count.write_ins}
    return titles


def _options(progress: PollProgress, count: Count, ruling: Ruling, titles: dict[str, str]) -> tuple[OptionResult, ...]:
    kind, votes = progress.question.kind, count.votes
    ranked = progress.question.fills_seats
    ids = KINDS[kind].order.sorted({id: votes[id] for id in titles}) if ranked else list(titles)
    places = _places([votes[id] for id in ids]) if ranked else [0] * len(ids)
    return tuple(
        OptionResult(
            id=id,
            title=titles[id],
            votes=count.votes.get(id, 0),
            against=count.against.get(id, 0),
            abstain=count.abstain.get(id, 0),
            levels=tuple(count.levels.get(id, ())),
            place=place,
            elected=id in ruling.elected,
            mark=_mark(progress.question, ruling, id),
            write_in=id in count.write_ins,
        )
        for id, place in zip(ids, places, strict=True)
    )


def _places(votes: list[int]) -> list[int]:
    return [votes.index(n) + 1 for n in votes]


def _mark(question: Question, ruling: Ruling, option: str) -> str:
    kind, marks, verdict = question.kind, CHINESE.terms.marks, ruling.verdicts.get(option)
    if KINDS[kind].answer is Answer.LEVEL:
        return CHINESE.terms.levels[Level(verdict)] if verdict else ""
    if verdict:
        return CHINESE.text(marks[Mark(verdict)], kind)
    if not question.fills_seats or not ruling.valid_poll:
        return ""
    if option in ruling.elected:
        return CHINESE.text(marks[Mark.ELECTED], kind)
    if ruling.run_off and option in ruling.run_off.options:
        return CHINESE.text(marks[Mark.TIED], kind)
    if any(r.code is ReasonCode.OPTION_BELOW and r.params["option"] == option for r in ruling.reasons):
        return CHINESE.text(marks[Mark.BELOW], kind)
    return CHINESE.text(marks[Mark.LEFT_OUT], kind)
