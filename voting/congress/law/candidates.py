"""How many candidates an election may have for the seats to be filled, by the post (差额选举)."""

from fractions import Fraction
from math import floor

from voting.congress.law.poll_kinds import Post
from voting.congress.law.ruleset import CandidateRules, least


def candidates_allowed(post: Post, seats: int, rules: CandidateRules) -> tuple[int, int]:
    """The fewest and the most candidates for `seats` (地方组织法 art. 27 para. 1; delegates: 选举法 art. 31 para. 2).

    Shares are taken exactly: at least is rounded up, at most down, and the most is never below the fewest.
    """
    if post is Post.CHIEF:
        return seats, seats + rules.chief_more_at_most
    if post is Post.DEPUTY:
        return seats + rules.deputy_more_at_least, seats + rules.deputy_more_at_most
    of_members = (rules.member_more_at_least, rules.member_more_at_most)
    of_delegates = (rules.delegate_more_at_least, rules.delegate_more_at_most)
    at_least, at_most = of_members if post is Post.MEMBER else of_delegates
    fewest = seats + least(at_least, seats, strictly_more=False)
    return fewest, max(fewest, seats + floor(Fraction(at_most) * seats))
