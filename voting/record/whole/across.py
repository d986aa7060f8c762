"""Checks Z8 to Z14: what holds between the polls of a sitting, each of which holds by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voting.congress.law.ruleset import Relation
from voting.record.count_statement import CountStatement
from voting.record.description import Description, FirstDescription, read_description
from voting.record.whole.checks import SittingCheck, SittingFiles, require
from voting.record.whole.statement import ListedPoll, SittingStatement
from voting.sitting.following import Ended, failed, fits, may_follow, puts_up_elected
from voting.sitting.poll import PollState
from voting.tally.ballots.answers import ciphertexts_of
from voting.tally.ballots.ballot import read_ballot
from voting.tally.ballots.by_name import Voter, read_voters
from voting.tally.board.archive import Archive, read_archive
from voting.tally.board.election import Election
from voting.tally.json_form import load

ENDED = frozenset({PollState.ANNOUNCED, PollState.ANNULLED})


@dataclass(frozen=True)
class HeldRecord:
    """The record of the votes at the terminals."""

    archive: Archive
    election: Election
    description: Description | FirstDescription

    def voters(self) -> tuple[Voter, ...]:
        """The delegates of a recorded poll; nobody in a secret one."""
        return read_voters(self.election.group, self.archive.credentials) if self.election.recorded else ()

    def credentials(self) -> list[str]:
        """The keys that ballots could be signed with."""
        if self.election.recorded:
            return [voter.credential for voter in self.voters()]
        return [str(credential) for credential in load(self.archive.credentials)]

    def ciphertexts(self) -> Iterator[tuple[str, str]]:
        """Of all ballots on the board."""
        encode = self.election.group.encode
        for placed in self.archive.ballots:
            for answer in read_ballot(self.election, placed.raw).answers:
                for one in ciphertexts_of(answer):
                    yield encode(one.alpha), encode(one.beta)


@dataclass(frozen=True)
class HeldPoll:
    """A poll whose record and count hold. record: None without votes at terminals."""

    listed: ListedPoll
    count: CountStatement
    record: HeldRecord | None

    @property
    def id(self) -> str:
        """Of the poll."""
        return self.listed.poll.id


def held_poll(listed: ListedPoll, count: CountStatement, record: bytes | None) -> HeldPoll:
    """A poll whose own checks have passed; the count's have compared what its record describes with what it states."""
    if record is None:
        return HeldPoll(listed, count, None)
    archive = read_archive(record)
    election = Election.parse(archive.election)
    return HeldPoll(listed, count, HeldRecord(archive, election, read_description(election.description)))


def check_belonging(statement: SittingStatement, held: HeldPoll) -> None:
    """Z8: the count, and with it the record that it names, is that of the poll under which it stands."""
    stated = (statement.titles, held.listed.election_uuid, held.listed.poll)
    said = (held.count.sitting, held.count.election_uuid, held.count.poll)
    require(said == stated, SittingCheck.BELONGING, "it is that of another poll or sitting", held.id)


def check_server_key(statement: SittingStatement, held: HeldPoll) -> None:
    """Z9: one server signed all of it; a record states the key of its count, or none."""
    same = held.count.server_key == statement.server_key
    require(same, SittingCheck.SERVER_KEY, "it names another server's key than the sitting", held.id)


def check_one_roster(files: SittingFiles, held: HeldPoll) -> None:
    """Z10: all polls were held with the roster that lies beside them."""
    statement = files.statement
    numbers = (len(files.roster), statement.statutory_seats)
    counted = (held.count.in_office, held.count.statutory_seats)
    require(counted == numbers, SittingCheck.ONE_ROSTER, "it was counted with a roster of other numbers", held.id)
    if held.record is None:
        return
    if isinstance(held.record.description, Description):
        same = held.record.description.roster_sha256 == statement.roster_sha256
        require(same, SittingCheck.ONE_ROSTER, "it was opened with another roster", held.id)
    named = all(files.roster.get(voter.delegate) == voter.name for voter in held.record.voters())
    require(named, SittingCheck.ONE_ROSTER, "somebody voted who is not in the roster under this name", held.id)


def check_trustees(polls: list[HeldPoll]) -> None:
    """Z11: the scrutineers of all secret polls hold the same keys."""
    first: bytes | None = None
    for held in polls:
        if held.record is None or held.record.election.recorded:
            continue
        first = first or held.record.archive.trustees
        same = held.record.archive.trustees == first
        require(same, SittingCheck.TRUSTEES, "its votes were encrypted for other keys than those before", held.id)


def check_nothing_twice(files: SittingFiles, polls: list[HeldPoll]) -> None:
    """Z12: no two polls share an identifier, a credential or a ciphertext."""
    uuids: set[str] = set()
    for listed in files.statement.polls:
        twice = listed.election_uuid in uuids
        require(not twice, SittingCheck.NOTHING_TWICE, "it has the identifier of another poll", listed.poll.id)
        uuids |= {listed.election_uuid} - {""}
    credentials: set[str] = set()
    ciphertexts: set[tuple[str, str]] = set()
    for held in polls:
        if held.record is None:
            continue
        own, sealed = set(held.record.credentials()), set(held.record.ciphertexts())
        once = credentials.isdisjoint(own)
        require(once, SittingCheck.NOTHING_TWICE, "a credential was used in a poll before it", held.id)
        once = ciphertexts.isdisjoint(sealed)
        require(once, SittingCheck.NOTHING_TWICE, "a ciphertext stands on the board of a poll before it", held.id)
        credentials |= own
        ciphertexts |= sealed


def check_follows(files: SittingFiles, polls: Mapping[str, HeldPoll]) -> list[str]:
    """Z13: who follows a poll of this sitting asks what may be asked after it. Returns who follows one elsewhere."""
    before: dict[str, ListedPoll] = {}
    elsewhere: list[str] = []
    listed = files.listed()
    for id, one in listed.items():
        link = one.poll.follows
        if link is not None and link.poll not in listed:
            elsewhere.append(id)
        elif link is not None:
            problem = _problem_of_link(before, polls, one)
            require(problem is None, SittingCheck.FOLLOWS, problem or "", id)
        before[id] = one
    return elsewhere


def _problem_of_link(before: Mapping[str, ListedPoll], polls: Mapping[str, HeldPoll], one: ListedPoll) -> str | None:
    """Why a poll may not follow the one it names; None when it may. before: those that stand before it."""
    link, question = one.poll.follows, one.poll.question
    followed = before.get(link.poll) if link else None
    if link is None or followed is None or followed.state not in ENDED:
        return "it follows a poll that stands after it or has not ended"
    ended, repeats = _ended(followed, polls), link.relation is Relation.REPEAT
    if not may_follow(ended, link.relation):
        return f"a poll that is {link.relation} may not follow an outcome like that"
    if repeats and followed.poll.follows and followed.poll.follows.poll in before:
        return "a poll that follows another is put again in its own place"
    for other in before.values():
        again = other.poll.follows is not None and other.poll.follows.poll == link.poll
        if again and not (other.state in ENDED and failed(_ended(other, polls))):
            return f"poll {other.poll.id} follows the same one"
    if not fits(ended, question, link.relation) or puts_up_elected(_chain(before, polls, followed), question):
        return "it asks something else than may be asked after that outcome"
    return None


def _chain(before: Mapping[str, ListedPoll], polls: Mapping[str, HeldPoll], one: ListedPoll | None) -> Iterator[Ended]:
    """The poll and those that it follows; each stands before the one that names it, as was checked for it."""
    while one is not None:
        yield _ended(one, polls)
        one = before.get(one.poll.follows.poll) if one.poll.follows else None


def _ended(one: ListedPoll, polls: Mapping[str, HeldPoll]) -> Ended:
    held = polls.get(one.poll.id)
    outcome = held.count.outcome if held else None
    return Ended(one.poll.question, outcome, annulled=one.state is PollState.ANNULLED)


def check_annulled(statement: SittingStatement) -> None:
    """Z14: who was annulled says why, and nobody else does."""
    for one in statement.polls:
        annulled = one.state is PollState.ANNULLED
        stated = bool(one.annulled_because.strip()) if annulled else not one.annulled_because
        require(stated, SittingCheck.ANNULLED, "reason and state do not belong together", one.poll.id)
