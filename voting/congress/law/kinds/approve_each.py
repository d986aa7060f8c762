"""Mode B: every option for / against / abstain, then ranked by "for"."""

from voting.congress.law.kinds import common, seats
from voting.congress.law.kinds.voiced import voiced
from voting.congress.law.poll_kinds import PollKind

APPROVE_EACH = voiced(
    PollKind.APPROVE_EACH,
    over=lambda ballots: ballots.over_approval,
    floor=seats.floor_of_projects,
    secrecy=common.choice_secrecy,
    secrecy_key=common.CHOICE,
)
