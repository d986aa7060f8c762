"""Small elections of every further kind: several questions, mixed questions, recorded, and casting again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from tests.support.tally.scenes import NAMES, STRICT, Ceremony, Record, hold_ceremony, seeded
from voting.tally.ballots.ballot import fill_ballot, read_ballot
from voting.tally.ballots.by_name import NO_TRUSTEES, Voter, count_recorded, encode_voters
from voting.tally.ballots.credential import SigningCredential, encode_credentials, make_credential
from voting.tally.ballots.singly import ABSTAIN, AGAINST, FOR, Paper, Ranks, WriteIns
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import owned_by
from voting.tally.board.election import (
    AnyQuestion,
    Election,
    MixedQuestion,
    Question,
    make_recorded_election,
    make_secret_election,
    make_uuid,
)
from voting.tally.board.encrypted_tally import counted, sum_ballots
from voting.tally.board.result import Result, compute_results, partial_decrypt
from voting.tally.board.shuffle import make_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.groups.choice import Group, group_by_name
from voting.tally.trustees.ceremony import CeremonyPlan
from voting.tally.trustees.document import Trustees

Answers = Sequence[Sequence[int]]
MODULAR = "RFC-3526-2048"
"""The only group that both embeds numbers and is known to belenios-tool 2.0."""

EVALUATION = tuple(Question(f"示例部门{n}", ("满意", "基本满意", "不满意", "不了解"), 0, 1) for n in "甲乙丙")
PROJECTS = tuple(Question(f"示例项目{n}", ("赞成", "反对", "弃权"), 1, 1) for n in "一二")
RANKS = MixedQuestion("为示例项目排序", ("示例项目一", "示例项目二", "示例项目三"), Ranks(3))
WRITING = WriteIns(("示例候选人甲", "示例候选人乙"), 2, ("示例代表001", "示例代表002"), 9)
WRITE_INS = MixedQuestion("选举示例副职两名", WRITING.labels(), WRITING)
PLAIN = Question("示例表决", ("赞成", "反对", "弃权"), 0, 1)

NO, YES = (0, 0, 0), (1, 0, 0)
CAST: dict[str, tuple[tuple[AnyQuestion, ...], tuple[Answers, ...]]] = {
    "several": (
        (*EVALUATION, *PROJECTS),
        (
            [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), YES, (0, 1, 0)],
            [(1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), YES, (0, 0, 1)],
            [(0, 0, 0, 0), (0, 1, 0, 0), (1, 0, 0, 0), (0, 1, 0), YES],
        ),
    ),
    "mixed": (
        (PLAIN, WRITE_INS, RANKS),
        (
            [YES, WRITING.write(Paper((FOR, FOR))), (1, 2, 3)],
            [NO, WRITING.write(Paper((FOR, AGAINST), (2,))), (0, 1, 0)],
            [YES, WRITING.write(Paper((AGAINST, ABSTAIN), (1, "王小明"))), (3, 2, 1)],
            [(0, 0, 1), (255,) * WRITING.size, (2, 2, 2)],
        ),
    ),
    "ranked": ((RANKS,), ([(1, 2, 3)], [(0, 1, 0)], [(3, 2, 1)])),
    "recorded": (
        (PLAIN, RANKS),
        ([YES, (1, 2, 3)], [(0, 1, 0), (0, 0, 1)], [(0, 0, 1), (0, 0, 0)]),
    ),
    "again": ((PLAIN,), ([YES], [(0, 1, 0)], [YES], [(0, 1, 0)])),
}
VOTERS = {"again": (0, 1, 2, 0)}
"""Whose ballots they are, where not one of each: in ``again`` the first delegate casts twice."""
RESULTS: dict[str, list[list[object]]] = {
    "several": [[2, 0, 0, 0], [0, 2, 0, 1], [1, 0, 1, 0], [2, 1, 0], [1, 1, 1]],
    "again": [[1, 2, 0]],
    "recorded": [[1, 1, 1], [(0, 0, 0), (0, 0, 1), (1, 2, 3)]],
}
"""The results that do not depend on shuffles."""


@dataclass
class KindScene:
    """A small poll with all its secrets. ``kind`` is a key of ``CAST``."""

    kind: str
    ceremony: Ceremony | None
    election: Election
    credentials: list[SigningCredential]
    ballots: list[bytes]
    rng: Callable[[int], bytes] = field(repr=False)
    shufflers: tuple[int, ...] = (2, 3)
    owners: tuple[int, ...] = (1, 3)

    @property
    def group(self) -> Group:
        return self.election.group

    @property
    def voters(self) -> list[Voter]:
        """The delegates of a recorded poll."""
        return [Voter(item.public, f"{n:03}", f"示例代表{n:03}") for n, item in enumerate(self.credentials, 1)]

    def ballot(self, voter: int, answers: Answers) -> bytes:
        """A ballot of the voter with this number (from 0)."""
        return fill_ballot(self.election, self.credentials[voter], answers, self.rng)

    def record(self, ballots: list[bytes] | None = None, *, tallied: list[bytes] | None = None) -> Record:
        """An honest count of ``tallied`` (by default: of the ballots on the board)."""
        if ballots is None and tallied is None:
            return self._honest.copy()
        return self._count(self.ballots if ballots is None else ballots, tallied)

    def drawing(self, stream: str) -> "KindScene":
        """The same poll with the same honest record, whose next draws come from a stream of their own."""
        made = replace(self, rng=seeded(stream))
        made.__dict__["_honest"] = self._honest
        return made

    @cached_property
    def _honest(self) -> Record:
        return self._count(self.ballots, None)

    def _count(self, ballots: list[bytes], tallied: list[bytes] | None) -> Record:
        number = len(counted(self.election, [read_ballot(self.election, raw) for raw in ballots]))
        record = Record(
            election=self.election.raw,
            trustees=NO_TRUSTEES if self.ceremony is None else self.ceremony.trustees,
            credentials=encode_credentials(item.public for item in self.credentials),
            ballots=list(ballots),
            tally=None,
            sized={"num_tallied": number, "total_weight": number},
            decryptions=[],
            result=b"",
            mixed=bool(self.election.mixed),
        )
        if self.ceremony is None:
            record.credentials = encode_voters(self.voters)
            record.result, _ = count_recorded(self.election, ballots if tallied is None else tallied)
            return record
        record.tally = sum_ballots(self.election, ballots if tallied is None else tallied)
        self.shuffle(record)
        self.open(record)
        return record

    def shuffle(self, record: Record) -> None:
        """Shuffle the tally of a record, scrutineer after scrutineer."""
        record.shuffles = []
        for owner in self.shufflers if self.election.mixed else ():
            record.shuffles.append(self.own(owner, make_shuffle(self.election, self.mixed(record), self.rng)))

    def own(self, owner: int, raw: bytes) -> OwnedDocument:
        """A shuffle signed by a scrutineer; nobody signs for a number that nobody has."""
        if self.ceremony is None or not 1 <= owner <= len(self.ceremony.shares):
            return OwnedDocument(owned_by(owner, raw), raw)
        return OwnedDocument(sign_shuffle(self.election, self.ceremony.shares[owner - 1], raw, self.rng), raw)

    def mixed(self, record: Record) -> bytes:
        """What the shuffles so far have made of the tally."""
        tally = record.tally or b""
        for _, raw in record.shuffles:
            tally = mixed_tally(self.election, tally, raw)
        return tally

    def open(self, record: Record, tally: bytes | None = None) -> Result:
        """Decrypt, and state the result; by default of what the shuffles left."""
        if self.ceremony is None:
            raise ValueError("nothing is encrypted in this poll")
        shares, tally = self.ceremony.shares, self.mixed(record) if tally is None else tally
        record.decryptions = [
            (owner, partial_decrypt(self.election, shares[owner - 1], tally, self.rng)) for owner in self.owners
        ]
        trustees = Trustees.parse(self.group, record.trustees)
        record.result, result = compute_results(self.election, trustees, tally, 100, dict(record.decryptions))
        return result


@cache
def make_kind(kind: str, group_name: str, most_ballots: int | None = None, description: str = STRICT) -> KindScene:
    """A poll of this kind, with the first so many of its ballots. Deterministic."""
    rng = seeded(f"kind {kind} {group_name}")
    group = group_by_name(group_name)
    questions, cast = CAST[kind][0], CAST[kind][1][:most_ballots]
    ceremony = None if kind == "recorded" else _ceremony(group_name)
    description = f'{{"terms":{{"counted":"last"}},{STRICT[1:]}' if kind == "again" else description
    named = {"uuid": make_uuid(rng), "name": "示例表决", "description": description}
    if ceremony is None:
        raw = make_recorded_election(**named, questions=questions, group=group)
    else:
        key = Trustees.parse(group, ceremony.trustees).public_key
        raw = make_secret_election(**named, questions=questions, group=group, public_key=key)
    credentials = [make_credential(group, rng) for _ in range(len(cast) + 1)]
    scene = KindScene(kind, ceremony, Election.parse(raw), credentials, [], rng)
    voters = VOTERS.get(kind, range(len(cast)))
    scene.ballots = [scene.ballot(voter, answers) for voter, answers in zip(voters, cast, strict=True)]
    return scene


@cache
def _ceremony(group_name: str) -> Ceremony:
    return hold_ceremony(CeremonyPlan(group_name, NAMES, 2), seeded(f"kinds {group_name}"))
