"""How long and how many: every limit of what persons may enter and ask for, each once. Lengths are in characters."""

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
MAX_REGISTRATIONS = 20
"""Of credentials by one delegate for one poll; each is recorded, and an honest terminal makes another only when it lost
its own."""
REQUESTS_PER_SECOND, REQUESTS_PER_SECOND_OF_A_PERSON = 20, 40
"""Of one connection, and of one person over all their connections; twice as many at once after a rest."""
REQUESTS_IN_FLIGHT = 32
"""Of one connection: begun, and not yet answered."""
RESYNC_SECONDS = 2
"""Between two snapshots that one connection asks for."""
LINES_OF_A_PERSON = 20
"""Open at once; several screens of one hall share a code."""
