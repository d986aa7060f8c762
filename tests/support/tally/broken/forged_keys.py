"""Scrutineers' keys made by whoever holds all the secrets: one thing is false, and everything after it is consistent.

A false certificate is signed by its owner, the dealers sign what they were shown, the keys follow from the dealings and
the election has the key that comes of it. Nobody votes, so that the rest of the record can be honest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.tally.scenes import Record, seeded
from voting.tally.ballots.credential import encode_credentials
from voting.tally.ballots.signed import sign, sign_message
from voting.tally.board.election import Election, Question, make_election
from voting.tally.board.encrypted_tally import sum_ballots
from voting.tally.board.result import partial_decrypt
from voting.tally.groups.choice import Group, group_by_name
from voting.tally.groups.proofs import key_prefix, prove_knowledge
from voting.tally.json_form import dump
from voting.tally.trustees.document import certs_message
from voting.tally.trustees.private_share import PrivateShare

Change = Callable[[Any], Any]


@dataclass
class Forger:
    """All the secrets of ``size`` scrutineers (``signing`` keys, ``polynomials``), and what is false in their messages.

    Each change is given what is about to be signed or listed, by the scrutineer's place (from 0), and returns something
    else. ``document``: what becomes of the whole block when it is finished.
    """

    size: int = 3
    threshold: int = 2
    signing: list[int] = field(default_factory=list)
    polynomials: list[list[int]] = field(default_factory=list)
    certificate: dict[int, Change] = field(default_factory=dict)
    commitments: dict[int, Change] = field(default_factory=dict)
    dealt: dict[int, Change] = field(default_factory=dict)
    key: dict[int, Change] = field(default_factory=dict)
    document: Change = lambda block: block
    group: Group = field(default_factory=lambda: group_by_name("Ed25519"))

    def __post_init__(self) -> None:
        self.rng = seeded("forger")
        draw = self.group.random_scalar
        self.signing = self.signing or [draw(self.rng) for _ in range(self.size)]
        self.polynomials = self.polynomials or [
            [draw(self.rng) for _ in range(self.threshold)] for _ in range(self.size)
        ]

    def element(self, secret: int) -> str:
        """The public half of a secret."""
        return self.group.encode(self.group.power_g(secret))

    def block(self) -> Any:
        """The Pedersen block as it is archived."""
        places = range(self.size)
        certs = [self._certificate(place) for place in places]
        spelled = [
            _changed(self.commitments, place, [self.element(c) for c in self.polynomials[place]]) for place in places
        ]
        coefexps = [self._sign(place, {"coefexps": spelled[place]}) for place in places]
        signatures = [
            sign(
                self.group,
                self.signing[place],
                _changed(self.dealt, place, certs_message(certs, spelled[place])),
                self.rng,
            )
            for place in places
        ]
        keys = [_changed(self.key, place, self._key(place)) for place in places]
        return self.document(
            {
                "threshold": self.threshold,
                "certs": certs,
                "coefexps": coefexps,
                "signatures": signatures,
                "verification_keys": keys,
            }
        )

    def share(self, place: int) -> int:
        """The secret that the scrutineer at this place decrypts with."""
        q = self.group.q
        return sum(c * pow(place + 1, degree, q) for dealer in self.polynomials for degree, c in enumerate(dealer)) % q

    def public_key(self) -> str:
        """The election's key."""
        return self.element(sum(dealer[0] for dealer in self.polynomials if dealer) % self.group.q or 1)

    def archive(self) -> bytes:
        """The record of a poll with this block alone; as many decrypt as are needed."""
        shares = {place + 1: self.share(place) for place in range(min(self.size, self.threshold))}
        return record_with([["Pedersen", self.block()]], self.public_key(), shares)

    def _certificate(self, place: int) -> Any:
        context = {"group": self.group.name, "size": self.size, "threshold": self.threshold, "index": place + 1}
        content = {
            "context": context,
            "verification": self.element(self.signing[place]),
            "encryption": self.element(self.group.random_scalar(self.rng)),
        }
        return self._sign(place, _changed(self.certificate, place, content))

    def _sign(self, place: int, content: Any) -> Any:
        return sign_message(self.group, self.signing[place], dump(content).decode(), self.rng)

    def _key(self, place: int) -> Any:
        key = proven(self.group, self.share(place), self.rng)
        return {**key, "signature": sign(self.group, self.signing[place], key["public_key"], self.rng)}


def proven(group: Group, secret: int, rng: Callable[[int], bytes]) -> dict[str, Any]:
    """A public key with the proof that its maker knows the secret."""
    public = group.encode(group.power_g(secret))
    return {"pok": prove_knowledge(group, secret, key_prefix(group, public), rng).to_json(), "public_key": public}


def _changed(changes: dict[int, Change], place: int, value: Any) -> Any:
    return changes.get(place, lambda same: same)(value)


def record_with(trustees: Any, public_key: str, secrets: dict[int, int]) -> bytes:
    """The record of a poll with these keys in which nobody voted, decrypted with ``secrets`` by their owners."""
    group = group_by_name("Ed25519")
    election = Election.parse(
        make_election(
            uuid="1" * 14,
            name="示例表决",
            description="",
            question=Question("示例", ("赞成", "反对"), 0, 1),
            group=group,
            public_key=public_key,
        )
    )
    tally, rng = sum_ballots(election, []), seeded("nobody voted")
    return Record(
        election=election.raw,
        trustees=dump(trustees),
        credentials=encode_credentials([]),
        ballots=[],
        tally=tally,
        sized={"num_tallied": 0, "total_weight": 0},
        decryptions=[
            (owner, partial_decrypt(election, PrivateShare(group.name, owner, decryption=secret), tally, rng))
            for owner, secret in secrets.items()
        ],
        result=dump({"result": [[0, 0]]}),
    ).archive()
