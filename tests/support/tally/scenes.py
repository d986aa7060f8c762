"""Small whole elections for tests: a ceremony, credentials, ballots, and a record to take apart."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Protocol

from nacl.signing import SigningKey

from tests.support.tally.boards import put_ballot
from voting.tally.ballots.ballot import make_ballot
from voting.tally.ballots.credential import SigningCredential, encode_credentials, make_credential
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import Board, owned_by
from voting.tally.board.container import Entry, make_entry, write_container
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.receipt import make_receipt
from voting.tally.board.result import compute_result, partial_decrypt, sum_ballots
from voting.tally.groups.choice import Group, group_by_name
from voting.tally.json_form import dump, sha256_hex
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    assemble_trustees,
    deal_shares,
    finish_share,
    start_share,
    start_single,
)
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

GROUPS = ("Ed25519", "BELENIOS-2048")
NAMES = ("示例监票人甲", "示例监票人乙", "示例监票人丙")
TIMESTAMP = 1_700_000_000
CHOICES = ((1, 1, 0, 0), (0, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 1), (0, 0, 1, 0))
COUNTS = (3, 1, 1, 1)
SERVER = SigningKey(hashlib.sha256(b"sample server key").digest())
OTHER_SERVER = SigningKey(hashlib.sha256(b"another sample server key").digest())
STRICT = (
    '{"format":2,"sample":"示例","server_key":"'
    + bytes(SERVER.verify_key).hex()
    + f'","roster_sha256":"{"0" * 64}","credentials_sha256":"{"0" * 64}"}}'
)
"""A description that claims our format 2, so that every stricter law is a check."""
QUESTION = Question("从四个示例项目中至多选择两个", ("示例项目一", "示例项目二", "示例项目三", "示例项目四"), 0, 2)


def seeded(seed: str) -> Callable[[int], bytes]:
    """A deterministic stream of bytes for tests; never for an election."""
    stream = hashlib.shake_256(seed.encode()).digest(1 << 19)
    position = 0

    def draw(count: int) -> bytes:
        nonlocal position
        position += count
        if position > len(stream):
            raise RuntimeError("the test stream is used up")
        return stream[position - count : position]

    return draw


@dataclass
class Ceremony:
    """A finished ceremony with everything that was said and kept."""

    plan: CeremonyPlan
    certificates: list[dict[str, Any]]
    dealings: list[dict[str, Any]]
    verification_keys: list[dict[str, Any]]
    shares: list[PrivateShare]
    trustees: bytes
    working: list[list[PrivateShare]] = field(default_factory=list)


def hold_ceremony(plan: CeremonyPlan, rng: Callable[[int], bytes]) -> Ceremony:
    """Every scrutineer's side, honestly."""
    indices = range(1, plan.size + 1)
    if plan.single:
        singles = [start_single(plan, index, rng) for index in indices]
        keys = [key for _, key in singles]
        trustees = assemble_trustees(plan, (), (), keys)
        return Ceremony(plan, [], [], keys, [share for share, _ in singles], trustees)
    started = [start_share(plan, index, rng) for index in indices]
    certificates = [message for _, message in started]
    dealt = [deal_shares(plan, private, certificates, rng) for private, _ in started]
    dealings = [message for _, message in dealt]
    finished = [finish_share(plan, private, certificates, dealings, rng) for private, _ in dealt]
    keys = [key for _, key in finished]
    trustees = assemble_trustees(plan, certificates, dealings, keys)
    working = [[private for private, _ in stage] for stage in (started, dealt)]
    return Ceremony(plan, certificates, dealings, keys, [share for share, _ in finished], trustees, working)


@dataclass
class Record:
    """The documents of a record, free to be changed; ``groups`` puts them into events and hashes them.

    ``tally`` is None in a recorded poll. ``mixed`` says whether the shuffles are ended by an event.
    """

    election: bytes
    trustees: bytes
    credentials: bytes
    ballots: list[bytes]
    tally: bytes | None
    sized: dict[str, int]
    decryptions: list[tuple[int, bytes]]
    result: bytes
    shuffles: list[OwnedDocument] = field(default_factory=list)
    mixed: bool = False

    def groups(self) -> list[tuple[str, list[bytes]]]:
        """Events in order: type, and the documents before it (the last one is the payload)."""
        setup = dump({name: sha256_hex(getattr(self, name)) for name in ("election", "trustees", "credentials")})
        return [
            ("Setup", [self.election, self.trustees, self.credentials, setup]),
            *(("Ballot", [raw]) for raw in self.ballots),
            ("EndBallots", []),
            *(self._opening(self.tally) if self.tally is not None else []),
            ("Result", [self.result]),
        ]

    def _opening(self, tally: bytes) -> list[tuple[str, list[bytes]]]:
        sized = dump({**self.sized, "encrypted_tally": sha256_hex(tally)})
        return [
            ("EncryptedTally", [tally, sized]),
            *(("Shuffle", [raw, owned]) for owned, raw in self.shuffles),
            *([("EndShuffles", list[bytes]())] if self.mixed else []),
            *(("PartialDecryption", [raw, owned_by(owner, raw)]) for owner, raw in self.decryptions),
        ]

    def copy(self) -> "Record":
        """A record that can be changed without changing this one."""
        return replace(
            self,
            ballots=list(self.ballots),
            sized=dict(self.sized),
            decryptions=list(self.decryptions),
            shuffles=list(self.shuffles),
        )

    def archive(self) -> bytes:
        """The file, every hash consistent."""
        return write_container(chain(self.groups()), TIMESTAMP)


def chain(groups: Sequence[tuple[str, list[bytes]]], edit: Callable[[dict[str, Any]], Any] = dict) -> list[Entry]:
    """Entries with their events chained; ``edit`` may change an event before it is hashed."""
    entries: list[Entry] = []
    parent = None
    for height, (kind, documents) in enumerate(groups):
        event: dict[str, Any] = {} if parent is None else {"parent": parent}
        event |= {"height": height, "type": kind}
        if documents:
            event["payload"] = sha256_hex(documents[-1])
        entries += [make_entry("data", raw) for raw in documents]
        entries.append(make_entry("event", dump(edit(event))))
        parent = entries[-1].digest
    return entries


@dataclass
class Scene:
    """One election of five ballots, with all its secrets."""

    ceremony: Ceremony
    election: Election
    credentials: list[SigningCredential]
    ballots: list[bytes]
    owners: tuple[int, ...]
    rng: Callable[[int], bytes] = field(repr=False)

    @property
    def group(self) -> Group:
        return self.election.group

    def ballot(self, voter: int, choices: Sequence[int]) -> bytes:
        """A ballot of the voter with this number (from 0)."""
        return make_ballot(self.election, self.credentials[voter], choices, self.rng)

    def record(self, ballots: list[bytes] | None = None, *, summed: list[bytes] | None = None) -> Record:
        """An honest count of ``summed`` (by default: of the ballots on the board)."""
        if ballots is None and summed is None:
            return self._honest.copy()
        return self._count(ballots, summed)

    def drawing(self, stream: str) -> "Scene":
        """The same poll with the same honest record, whose next draws come from a stream of their own."""
        made = replace(self, rng=seeded(stream))
        made.__dict__["_honest"] = self._honest
        return made

    @cached_property
    def _honest(self) -> Record:
        return self._count(None, None)

    def _count(self, ballots: list[bytes] | None, summed: list[bytes] | None) -> Record:
        ballots = list(self.ballots if ballots is None else ballots)
        tally = sum_ballots(self.election, ballots if summed is None else summed)
        shares = self.ceremony.shares
        decryptions = [
            (owner, partial_decrypt(self.election, shares[owner - 1], tally, self.rng)) for owner in self.owners
        ]
        trustees = Trustees.parse(self.group, self.ceremony.trustees)
        result, _ = compute_result(self.election, trustees, tally, 100, dict(decryptions))
        return Record(
            election=self.election.raw,
            trustees=self.ceremony.trustees,
            credentials=encode_credentials(credential.public for credential in self.credentials),
            ballots=ballots,
            tally=tally,
            sized={"num_tallied": len(ballots), "total_weight": len(ballots)},
            decryptions=decryptions,
            result=result,
        )


@cache
def make_scene(group_name: str, threshold: int = 2, description: str = STRICT) -> Scene:
    """A scene of three scrutineers; threshold 3 means the n-of-n form. Deterministic."""
    rng = seeded(f"scene {group_name} {threshold}")
    ceremony = hold_ceremony(CeremonyPlan(group_name, NAMES, threshold), rng)
    group = group_by_name(group_name)
    raw = make_election(
        uuid=make_uuid(rng),
        name="示例表决",
        description=description,
        question=QUESTION,
        group=group,
        public_key=Trustees.parse(group, ceremony.trustees).public_key,
    )
    election = Election.parse(raw)
    credentials = [make_credential(group, rng) for _ in range(len(CHOICES) + 1)]
    ballots = [
        make_ballot(election, credential, choices, rng)
        for credential, choices in zip(credentials, CHOICES, strict=False)
    ]
    owners = (1, 3) if threshold == 2 else (1, 2, 3)
    return Scene(ceremony, election, credentials, ballots, owners, rng)


class Held(Protocol):
    """Anything that was voted on."""

    @property
    def election(self) -> Election: ...


def make_receipts(scene: Held, record: Record, key: SigningKey = SERVER) -> list[dict[str, Any]]:
    """The receipts that the server gave for the ballots of a record."""
    board = Board.open(record.election, record.trustees, record.credentials)
    receipts = []
    for raw in record.ballots:
        entry = put_ballot(board, raw)
        receipts.append(
            make_receipt(
                election_uuid=scene.election.uuid,
                fingerprint=board.fingerprint,
                tracker=entry.tracker,
                height=entry.height,
                board_head=entry.head,
                server_key=bytes(key.verify_key).hex(),
                sign=lambda message: key.sign(message).signature,
            )
        )
    return receipts
