"""The decision on a record that is not the one that was acknowledged: people take it, and the journal tells of it."""

from voting.sitting.commands import AcceptRollback
from voting.sitting.events import Events, RollbackAccepted


def accept_rollback(command: AcceptRollback, now: int) -> Events:
    """The operator goes on from here; it can be said again after every further rollback."""
    return (RollbackAccepted(at=now, row=command.row, mark=command.mark, mark_hash=command.mark_hash),)
