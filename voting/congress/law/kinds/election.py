"""Persons (地方组织法 art. 28): each candidate for / against / abstain, or a name written in (另选他人)."""

from msgspec.structs import replace

from voting.congress.law.kinds import seats
from voting.congress.law.kinds.voiced import voiced
from voting.congress.law.poll_kinds import PollKind

_EACH_CANDIDATE = voiced(
    PollKind.ELECTION,
    over=lambda ballots: ballots.over,
    floor=seats.floor_of_persons,
    secrecy=lambda rules: rules.secrecy.election,
    secrecy_key="election",
)
ELECTION = replace(_EACH_CANDIDATE, adds_names=True, has_post=True)
