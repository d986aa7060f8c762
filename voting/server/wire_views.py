"""The five views of a sitting. Import from wire.py."""

from voting.congress.attendance import Attendance
from voting.congress.events import Titles
from voting.congress.poll import Follows, Medium, PollKind, PollState
from voting.congress.reasons import Reason
from voting.congress.refusals import Refusal
from voting.congress.rules import Count, Outcome
from voting.congress.ruleset import Ruleset, Secrecy
from voting.server.wire_base import Wire


class DocumentView(Wire, frozen=True):
    title: str


class ItemView(Wire, frozen=True):
    id: str
    title: str
    documents: tuple[DocumentView, ...]
    polls: tuple[str, ...]


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
    voted how in a recorded poll, by delegates' numbers.
    """

    count: Count
    outcome: Outcome
    options: tuple[ResultOption, ...]
    reasons: tuple[Reason, ...]
    named: tuple[NamedVote, ...]


class PollView(Wire, frozen=True):
    """A poll as every audience sees it; `result` only where that audience may see it (seat, screen, public: announced;
    console, scrutineer: counted). `returned` is known to all once closed.

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
    secrecy: Secrecy
    medium: Medium
    last_press_counts: bool  # a delegate may cast again until close; only the last ballot counts
    write_ins: bool
    follows: Follows | None
    amends: str | None
    clause_of: str | None
    rules: Ruleset
    quorum: int
    majority: int | None
    closes_at: int | None  # Unix ms
    election_uuid: str | None
    fingerprint: str | None  # hex head of the Setup event: question + rules + credentials + scrutineers' key
    issued: int | None  # once open
    returned: int | None  # once closed
    annulled_because: str | None
    result: ResultView | None


class Hall(Wire, frozen=True):
    """The part of the sitting every audience sees."""

    titles: Titles
    group: str
    agenda: tuple[ItemView, ...]
    current_item: str | None
    focus: str | None  # the poll the sitting is occupied with now
    attendance: Attendance
    polls: dict[str, PollView]


class Progress(Wire, frozen=True):
    """How far a poll is. ready: credentials registered; stored: durable, not yet verified; verified: on the board.
    decryptions: indices of scrutineers who released; needed: how many are required."""

    ready: int
    stored: int
    verified: int
    decryptions: tuple[int, ...]
    needed: int


class PersonView(Wire, frozen=True):
    """attendance: absent | present | on_leave | departed (observers: absent | present)."""

    number: str
    name: str
    delegation: str  # observers: their post
    seat: str | None
    observer: bool
    attendance: str


class SeatView(Wire, frozen=True):
    hall: Hall


class PublicView(Wire, frozen=True):
    """archives: poll id -> sha256 of the archive, once announced (GET /api/polls/<id>/archive.bel)."""

    hall: Hall
    archives: dict[str, str]


class ScreenView(Wire, frozen=True):
    hall: Hall
    progress: dict[str, Progress]


class ConsoleView(Wire, frozen=True):
    """waiting: for polls prepared/open, the roster numbers not ready / not voted yet (present delegates only).
    actions: poll id -> step ("prepare", "open", "close", "announce", "annul") -> None when possible now, else why not.
    archives as in PublicView, once counted. online: numbers whose terminal is connected."""

    hall: Hall
    people: dict[str, PersonView]
    progress: dict[str, Progress]
    waiting: dict[str, dict[str, bool]]
    actions: dict[str, dict[str, Refusal | None]]
    archives: dict[str, str]
    online: dict[str, bool]
    ceremony_complete: bool


class ScrutineerPerson(Wire, frozen=True):
    index: int
    name: str
    chief: bool


class ScrutineerView(Wire, frozen=True):
    """messages: round -> scrutineer index (both as text) -> raw JSON. With names and threshold: the CeremonyPlan."""

    hall: Hall
    scrutineers: tuple[ScrutineerPerson, ...]
    threshold: int
    messages: dict[str, dict[str, str]]
    trustees: str | None
    progress: dict[str, Progress]
    archives: dict[str, str]
