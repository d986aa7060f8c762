"""How long and how many: every limit of what persons may enter, each once. Lengths are in characters."""

MAX_NAME = 30
"""Of a person in the roster."""
MAX_ID, MAX_TEXT = 40, 200
"""The longest id of an item, poll or option, and the longest title or name on a ballot."""
MAX_ADDED_NAME = 60
"""Of a name that papers add, where no roster lists the names."""
MAX_REASON = 300
"""Of a reason that a person gives: for an annulment, a paper, a count by hand. Pages and reports show it."""
SHORTEST_SECONDS, LONGEST_SECONDS = 10, 3600
"""Of a voting time that the chair sets; the chair may always leave a poll open and close it."""
MAX_SCRUTINEERS = 50
"""Of a sitting: no verifier reads a key made by more, so that none may be begun."""
MAX_REJECTED_BALLOTS = 5
"""Of one delegate in one poll; each costs a verification, and an honest terminal never has one rejected."""
