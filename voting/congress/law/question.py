"""The question a poll puts, with everything that its ballots, its count and its outcome depend on."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec
from msgspec import UNSET

from voting.congress.law.candidates import candidates_allowed
from voting.congress.law.kind import Asked
from voting.congress.law.kinds import KINDS
from voting.congress.law.kinds.motion import MOTION_OPTIONS
from voting.congress.law.poll_kinds import Option, PollKind, Post
from voting.congress.law.ruleset import Press, Relation, Ruleset, Secrecy, WriteInAfter
from voting.congress.names import plain

__all__ = ["MOTION_OPTIONS", "Follows", "Medium", "Option", "Question", "names_candidate"]


class Medium(StrEnum):
    """How votes are collected: at the terminals, by hand (show of hands or paper), or both in one count."""

    ELECTRONIC = "electronic"
    BY_HAND = "by_hand"
    MIXED = "mixed"


class Follows(msgspec.Struct, frozen=True):
    """The link to the poll this one follows; that poll's result stays as it was."""

    poll: str
    relation: Relation


class Question(msgspec.Struct, frozen=True):
    """What is asked, of how many, and by which rules it is decided. `seats` is k (应选数); 1 for a motion, 0
    where each option is decided by itself.

    ruleset: the adopted rules, frozen with the poll; the defaults where none were adopted.
    amends, clause_of: the poll on the text that this one amends or is a clause of; it is put before that text.
    write_ins: an election whose ballots may add names (另选他人), as many as there are seats. eligible: the roster they
    are taken from; empty: any name, as text. post: what an election fills; None leaves the number of candidates free.
    by_election: 补选, for which there may be as many candidates as seats (地方组织法 art. 30, 选举法 art. 57 para. 4).
    """

    id: str
    kind: PollKind
    title: str
    options: tuple[Option, ...]
    seats: int = 1
    ruleset: Ruleset = Ruleset()
    secrecy: Secrecy = Secrecy.SECRET
    medium: Medium = Medium.ELECTRONIC
    write_ins: bool = False
    eligible: tuple[str, ...] = ()
    post: Post | None = None
    by_election: bool = False
    follows: Follows | None = None
    amends: str | None = None
    clause_of: str | None = None

    @property
    def asked(self) -> Asked:
        """What the limits of its ballots depend on."""
        return Asked(self.seats, len(self.options), self.ruleset)

    @property
    def fills_seats(self) -> bool:
        """Whether its options compete for seats."""
        return KINDS[self.kind].competes_for(self.seats)

    @property
    def min_choices(self) -> int:
        """Fewest ticks of a valid ballot (a blank motion ballot equals not pressing)."""
        return KINDS[self.kind].fewest(self.asked)

    @property
    def max_choices(self) -> int:
        """Most options a valid ballot may be for; one rank per option; one level per subject."""
        return KINDS[self.kind].most(self.asked)

    @property
    def candidates_allowed(self) -> tuple[int, int] | None:
        """The fewest and the most candidates that the rules allow; None where they leave the number free.

        Another election for seats left (另行选举) has more candidates than seats, too, but for a chief post
        (地方组织法 art. 29 para. 3, 选举法 art. 45 para. 4). A run-off has the tied, and a repeated poll what it had.
        """
        relation = self.follows.relation if self.follows else None
        another = relation in (Relation.SECOND_ROUND, Relation.NEXT_SESSION)
        if self.post is None or self.by_election or not (relation is None or (another and self.post is not Post.CHIEF)):
            return None
        return candidates_allowed(self.post, self.seats, self.ruleset.candidates)

    @property
    def limit(self) -> int | None:
        """Most options a valid ballot may be for, names it adds among them; None where it may be for all of them."""
        everything = len(self.options) + (1 if self.write_ins else 0)
        most = KINDS[self.kind].most(Asked(self.seats, everything, self.ruleset))
        return most if most < everything else None

    @property
    def max_write_ins(self) -> int:
        """Most names that a ballot may add."""
        return self.seats if self.write_ins else 0

    def lets_add(self, names: int, against: int) -> bool:
        """Whether a ballot that is against so many candidates may add so many names (另选他人).

        Who is against a candidate may write another (代表法 art. 17 para. 6), where the rules ask for that.
        """
        after_against = self.ruleset.ballots.write_in_after is WriteInAfter.AGAINST
        return names <= min(self.max_write_ins, against if after_against else names)

    @property
    def read_singly(self) -> bool:
        """Whether sums could not tell a valid ballot from a void one, so that each ballot must be read by itself.

        Rankings, names that ballots add, and options answered by themselves where being for too many or for too few
        voids a ballot.
        """
        return self.write_ins or KINDS[self.kind].read_singly(self.asked)

    @property
    def shuffled(self) -> bool:
        """Whether the scrutineers shuffle the ballots before they are read: secret ones that are read singly.

        Papers and hands are not; where both are counted, the ballots of the terminals are shuffled.
        """
        return self.read_singly and self.secrecy is Secrecy.SECRET and self.medium is not Medium.BY_HAND

    @property
    def last_press_counts(self) -> bool:
        """Whether a delegate may vote again until the poll is closed, and only the last ballot counts."""
        return self.ruleset.ballots.press is Press.LAST

    @property
    def least_secret(self) -> int:
        """Fewest votes that may be opened together; 0 where none are encrypted, or where the rules ask for none."""
        least = self.ruleset.ballots.least_secret
        encrypted = self.secrecy is Secrecy.SECRET and self.medium is not Medium.BY_HAND
        return least if encrypted and least is not UNSET else 0


def names_candidate(question: Question, names: Iterable[str]) -> bool:
    """Whether one of these names is a candidate's, or the id under which a candidate is counted."""
    taken = {plain(text) for option in question.options for text in (option.id, option.title)}
    return not taken.isdisjoint(map(plain, names))
