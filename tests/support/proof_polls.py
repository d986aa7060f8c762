"""A ceremony and a poll whose proofs are checked, as the server has them."""

from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from voting.tally.ballots.ballot import make_ballot
from voting.tally.ballots.credential import encode_credentials, make_credential
from voting.tally.board.election import Election, Question, make_election
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    assemble_trustees,
    deal_shares,
    finish_share,
    start_share,
)
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

PLAN = CeremonyPlan("Ed25519", ("示例监票人001", "示例监票人002", "示例监票人003"), 2)
SINGLE = replace(PLAN, threshold=3)
RNG = Random(7).randbytes
CHOICES = [(1, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 0)]


@dataclass
class Held:
    """A ceremony as the server saw it, and the scrutineers' secrets."""

    certificates: list[dict[str, Any]]
    dealings: list[dict[str, Any]]
    keys: list[dict[str, Any]]
    shares: list[PrivateShare]
    trustees: bytes


@cache
def ceremony() -> Held:
    started = [start_share(PLAN, index, RNG) for index in (1, 2, 3)]
    certificates = [message for _, message in started]
    dealt = [deal_shares(PLAN, private, certificates, RNG) for private, _ in started]
    dealings = [message for _, message in dealt]
    finished = [finish_share(PLAN, private, certificates, dealings, RNG) for private, _ in dealt]
    keys = [message for _, message in finished]
    trustees = assemble_trustees(PLAN, certificates, dealings, keys)
    return Held(certificates, dealings, keys, [share for share, _ in finished], trustees)


@dataclass
class Poll:
    election: Election
    credentials: bytes
    ballots: list[bytes]
    stranger: bytes


@cache
def poll() -> Poll:
    group = group_by_name("Ed25519")
    election = Election.parse(
        make_election(
            uuid="Samp1e" + "1" * 8,
            name="示例表决",
            description="示例",
            question=Question("示例", ("赞成", "反对", "弃权"), 0, 1),
            group=group,
            public_key=Trustees.parse(group, ceremony().trustees).public_key,
        )
    )
    credentials = [make_credential(group, RNG) for _ in range(len(CHOICES) + 1)]
    ballots = [make_ballot(election, c, choices, RNG) for c, choices in zip(credentials[1:], CHOICES, strict=True)]
    listed = encode_credentials(credential.public for credential in credentials[1:])
    return Poll(election, listed, ballots, make_ballot(election, credentials[0], (1, 0, 0), RNG))
