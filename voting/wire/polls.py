"""Polls on the wire: as every audience sees them, and as the console composes them."""

from enum import StrEnum
from typing import Self

from voting.congress.law.poll_kinds import PollKind, Post
from voting.congress.law.question import Follows, Medium, Option, Question
from voting.congress.law.reasons import Reason
from voting.congress.law.ruleset import Ruleset, Secrecy
from voting.sitting.alarms import Alarm
from voting.sitting.counting import Count, Outcome
from voting.sitting.hand_counts import HandMethod
from voting.sitting.poll import PollState
from voting.wire.base import Wire


class OptionView(Wire, frozen=True):
    id: str
    title: str
    illustrative: bool


class ResultOption(Wire, frozen=True):
    """One option, candidate or subject. votes: "for", ticks, or the sum of ranks.

    against, abstain: where options are answered one by one, else 0; levels: ballots per mark of an evaluation, in the
    order of PollView.marks, else empty; verdict: of an evaluation; percent: of `votes`, by the rules' denominator
    ("75.6", "-" when that is zero; rank and evaluation: ""); run_off: tied across the cut line; write_in: a name that
    ballots added.
    """

    id: str
    title: str
    votes: int
    elected: bool
    illustrative: bool
    against: int
    abstain: int
    levels: tuple[int, ...]
    verdict: str | None
    percent: str
    run_off: bool
    write_in: bool


class NamedVote(Wire, frozen=True):
    """How a delegate voted in a recorded poll: option ids ticked, "option=mark" or "option=rank" otherwise."""

    delegate: str
    name: str
    marks: tuple[str, ...]


class ResultView(Wire, frozen=True):
    """Count and outcome as decided; reasons: why, step by step (codes and numbers, worded by the catalogues).

    options: by votes, most first (rank: lowest sum first; evaluation and equals: order of the ballot); named: who
    voted how in a recorded poll, by delegates' numbers; method: of what was counted by hand, null where nothing was.
    """

    count: Count
    outcome: Outcome
    options: tuple[ResultOption, ...]
    reasons: tuple[Reason, ...]
    named: tuple[NamedVote, ...]
    method: HandMethod | None


class PollAlarm(Wire, frozen=True):
    """What the terminal of a scrutineer found wrong with what the poll was opened with."""

    scrutineer: int
    name: str
    alarm: Alarm


class PollView(Wire, frozen=True):
    """A poll as every audience sees it; `result` only where that audience may see it (seat, screen, public: announced,
    or annulled after the count; console, scrutineer: counted). `returned` is known to all once closed.

    marks: what each option or subject is answered with, in the order of the ballot's answers ("for", "against",
    "abstain"; or the levels of an evaluation); empty for choose, motion and rank. rules: the adopted settings, frozen
    with the poll; quorum and majority: the numbers needed, majority null while its base is not known yet.
    """

    id: str
    kind: PollKind
    title: str
    state: PollState
    options: tuple[OptionView, ...]
    marks: tuple[str, ...]
    seats: int
    min_choices: int
    max_choices: int
    limit: int | None  # most options a valid ballot may be for, names it adds among them; null: all of them
    read_singly: bool  # each ballot is read by itself, because sums could not tell a valid one from a void one
    secrecy: Secrecy
    medium: Medium
    methods: tuple[HandMethod, ...]  # how it may be counted by hand; empty for an electronic poll
    last_press_counts: bool  # a delegate may cast again until close; only the last ballot counts
    write_ins: bool
    by_election: bool  # 补选
    follows: Follows | None
    amends: str | None
    clause_of: str | None
    rules: Ruleset
    quorum: int
    majority: int | None
    shuffled: bool  # scrutineers shuffle the ballots before they are read one by one
    max_write_ins: int  # most names a ballot may add
    eligible: tuple[str, ...]  # whom they are taken from; empty: any name, as text
    write_in_bytes: int  # most UTF-8 bytes of a name added as text; 0 where none may be
    closes_at: int | None  # Unix ms
    election_uuid: str | None
    fingerprint: str | None  # hex head of the Setup event: question + rules + credentials + scrutineers' key
    closed_head: str | None  # hex head of the board once voting had ended; once sealed
    issued: int | None  # once open
    returned: int | None  # once closed
    alarms: tuple[PollAlarm, ...]
    annulled_because: str | None
    result: ResultView | None

    @property
    def stays_shut(self) -> bool:
        """Whether its box holds fewer ballots than its rules ask for: the chair annuls it, and nobody opens it."""
        closed = self.state is PollState.SEALED and self.returned is not None
        return closed and (self.returned or 0) < self.question.least_secret

    @property
    def question(self) -> Question:
        """The question that is asked, as far as the audience is told of it; what post it fills is not."""
        return Question(
            id=self.id,
            kind=self.kind,
            title=self.title,
            options=tuple(Option(id=o.id, title=o.title, illustrative=o.illustrative) for o in self.options),
            seats=self.seats,
            ruleset=self.rules,
            secrecy=self.secrecy,
            medium=self.medium,
            write_ins=self.write_ins,
            by_election=self.by_election,
            eligible=self.eligible,
            follows=self.follows,
            amends=self.amends,
            clause_of=self.clause_of,
        )


class PollDraft(Wire, frozen=True):
    """A poll as the console composes it; see PollPlan.

    id: a-z 0-9 - (1..40), not used by another poll. rules: a name in ConsoleView.rulebooks; "" = those of the poll that
    this one follows, or of the sitting where it follows none. options of a motion may be left out.
    """

    id: str
    kind: PollKind
    title: str
    options: tuple[Option, ...] = ()
    seats: int = 1
    rules: str = ""
    seconds: int | None = None
    secrecy: Secrecy = Secrecy.SECRET
    medium: Medium = Medium.ELECTRONIC
    write_ins: bool = False
    eligible: tuple[str, ...] = ()
    post: Post | None = None
    by_election: bool = False
    follows: Follows | None = None
    amends: str | None = None
    clause_of: str | None = None

    def question(self, ruleset: Ruleset) -> Question:
        """What the draft asks, under the rules that its name of rules stands for."""
        return Question(
            id=self.id,
            kind=self.kind,
            title=self.title,
            options=self.options,
            seats=self.seats,
            ruleset=ruleset,
            secrecy=self.secrecy,
            medium=self.medium,
            write_ins=self.write_ins,
            eligible=self.eligible,
            post=self.post,
            by_election=self.by_election,
            follows=self.follows,
            amends=self.amends,
            clause_of=self.clause_of,
        )

    @classmethod
    def keeping_rules(cls, question: Question, seconds: int | None) -> Self:
        """The draft of a poll that follows another one and keeps its rules."""
        return cls(
            id=question.id,
            kind=question.kind,
            title=question.title,
            options=question.options,
            seats=question.seats,
            seconds=seconds,
            secrecy=question.secrecy,
            medium=question.medium,
            write_ins=question.write_ins,
            eligible=question.eligible,
            post=question.post,
            by_election=question.by_election,
            follows=question.follows,
            amends=question.amends,
            clause_of=question.clause_of,
        )


class Allowed(Wire, frozen=True):
    """What some rules leave open to a new poll of one kind."""

    secrecies: tuple[Secrecy, ...]
    media: tuple[Medium, ...]


class DraftProblem(StrEnum):
    """What a draft may have wrong beside the problems of a plan and of a ballot; in brackets: the parameters."""

    ID_WRONG = "id_wrong"  # value
    TEXT_WRONG = "text_wrong"  # field, value, found, least, most
    OPTIONS_MISSING = "options_missing"
    RULES_UNKNOWN = "rules_unknown"  # value
