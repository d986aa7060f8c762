"""One module per kind of poll; KINDS is where everybody asks for the record of a kind."""

from voting.congress.law.kind import Kind
from voting.congress.law.kinds.approve_each import APPROVE_EACH
from voting.congress.law.kinds.choose import CHOOSE
from voting.congress.law.kinds.election import ELECTION
from voting.congress.law.kinds.evaluation import EVALUATION
from voting.congress.law.kinds.motion import MOTION
from voting.congress.law.kinds.preselection import PRESELECTION
from voting.congress.law.kinds.rank import RANK
from voting.congress.law.poll_kinds import PollKind

_ALL = (CHOOSE, MOTION, APPROVE_EACH, RANK, ELECTION, PRESELECTION, EVALUATION)
KINDS: dict[PollKind, Kind] = {kind.kind: kind for kind in _ALL}
