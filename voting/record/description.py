"""What the description of an election states: the sitting, the question and the rules it is decided by."""

import msgspec
from msgspec import UNSET, UnsetType

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Follows, Medium, Option, Question
from voting.congress.law.ruleset import BallotRule, Ruleset, Secrecy
from voting.congress.roster import Roster
from voting.record.spelling import Misspelled, read_spelled
from voting.sitting.events import Titles
from voting.sitting.machine import Sitting
from voting.tally.ballots.terms import Terms, claims_format_2
from voting.tally.json_form import sha256_hex


class FrozenRules(msgspec.Struct, frozen=True):
    """Two settings of the ruleset that records state twice, as the first ones did; nothing is decided by them."""

    majority_floor: bool
    fewer_than_seats_voids: bool


class FrozenPoll(msgspec.Struct, frozen=True):
    """The question as records state it: this is their format, which stays whatever becomes of `Question`."""

    id: str
    kind: PollKind
    title: str
    seats: int
    options: tuple[Option, ...]
    rules: FrozenRules
    ruleset: Ruleset
    secrecy: Secrecy
    medium: Medium
    write_ins: bool
    follows: Follows | None
    eligible: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """The question, as far as its outcome depends on it."""
        return Question(
            id=self.id,
            kind=self.kind,
            title=self.title,
            options=self.options,
            seats=self.seats,
            ruleset=self.ruleset,
            secrecy=self.secrecy,
            medium=self.medium,
            write_ins=self.write_ins,
            eligible=self.eligible,
            follows=self.follows,
        )


FORMAT = 2
"""The format that this release writes. The first one, of release 0.1.0, stated no format."""


class StatedTerms(msgspec.Struct, frozen=True):
    """Which ballot of a credential counts; see voting/tally/ballots/terms.py."""

    counted: str


class FirstDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What the descriptions of release 0.1.0 state. in_office, statutory_seats, present: at opening."""

    terms: StatedTerms | UnsetType = UNSET
    sitting: Titles
    poll: FrozenPoll
    in_office: int
    statutory_seats: int
    present: int


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What an election's description states, beside the titles. in_office, statutory_seats, present: at opening.

    terms: only where the last ballot counts. server_key: signs receipts and count statements (Ed25519, hex).
    roster_sha256: of `roster_document`; credentials_sha256: of the archived list of credentials, in a recorded poll
    with the delegates' names, so that ballots, which sign the election's hash, sign these lists too.
    """

    terms: StatedTerms | UnsetType = UNSET
    format: int
    sitting: Titles
    poll: FrozenPoll
    in_office: int
    statutory_seats: int
    present: int
    server_key: str
    roster_sha256: str
    credentials_sha256: str


def read_description(description: str) -> Description | FirstDescription:
    """What a description states, of this format or the first. Raises Misspelled."""
    try:
        raw = description.encode()
    except UnicodeEncodeError:
        raise Misspelled("it holds half a character") from None
    return read_spelled(raw, Description) if claims_format_2(description) else read_spelled(raw, FirstDescription)


def roster_document(roster: Roster) -> bytes:
    """Who is in office, as compact JSON: [number, name] of each, sorted by number."""
    return msgspec.json.encode(sorted((delegate.number, delegate.name) for delegate in roster.delegates))


def rules_sha256(rules: Ruleset) -> str:
    """SHA-256 (hex) of rules as every record states them: the compact JSON under poll.ruleset of its description."""
    return sha256_hex(msgspec.json.encode(rules))


def frozen_poll(question: Question) -> FrozenPoll:
    """The question with the rules it is decided by, as every record of the poll states them."""
    rules = question.ruleset
    stated = FrozenRules(rules.seats.majority_floor, rules.ballots.under is BallotRule.VOID)
    return FrozenPoll(
        id=question.id,
        kind=question.kind,
        title=question.title,
        seats=question.seats,
        options=question.options,
        rules=stated,
        ruleset=rules,
        secrecy=question.secrecy,
        medium=question.medium,
        write_ins=question.write_ins,
        follows=question.follows,
        eligible=question.eligible,
    )


def terms_of(question: Question) -> StatedTerms | UnsetType:
    """The terms as the description of this poll states them."""
    return StatedTerms(**Terms(last_counts=True).to_json()) if question.last_press_counts else UNSET


def description_of(state: Sitting, question: Question, *, server_key: str, credentials: bytes) -> str:
    """The rules of the poll, as compact JSON that travels in the public record. credentials: the archived list."""
    roster = state.plan.roster
    content = Description(
        terms=terms_of(question),
        format=FORMAT,
        sitting=state.plan.titles,
        poll=frozen_poll(question),
        in_office=roster.in_office,
        statutory_seats=roster.statutory_seats,
        present=len(state.present),
        server_key=server_key,
        roster_sha256=sha256_hex(roster_document(roster)),
        credentials_sha256=sha256_hex(credentials),
    )
    return msgspec.json.encode(content).decode()
