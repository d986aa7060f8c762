"""Follows one audience's view as the server pushes it: a snapshot, then numbered patches; a gap is noticed.

Law: after `snapshot` and any run of unbroken patches, `view` equals a fresh snapshot at `seq`. Pure: no I/O.
"""

from typing import Any

import jsonpatch
import msgspec

from voting.wire.pushed import Patch, Snapshot


class ViewFollower:
    """The view as last pushed. ``seq`` is None until the first snapshot, and again after a gap."""

    def __init__(self) -> None:
        self.seq: int | None = None
        self.view: dict[str, Any] = {}

    def snapshot(self, message: Any) -> None:
        """Start anew from a Snapshot. Raises msgspec.ValidationError for a malformed one."""
        fresh = msgspec.convert(message, Snapshot)
        self.seq, self.view = fresh.seq, fresh.view

    def patch(self, message: Any) -> bool:
        """Apply a Patch; False when it does not follow on the view, so that a resync must be asked for.

        Raises msgspec.ValidationError for a malformed patch.
        """
        step = msgspec.convert(message, Patch)
        if self.seq is None:
            return True  # a snapshot is already under way
        if step.base != self.seq:
            if step.seq <= self.seq:
                return True  # older than the snapshot that overtook it
            self.seq = None
            return False
        self.view = jsonpatch.apply_patch(self.view, step.ops, in_place=True)
        self.seq = step.seq
        return True
