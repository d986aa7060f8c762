"""The three things that can be said of a record; incomplete is never valid."""

from enum import StrEnum


class Verdict(StrEnum):
    """``valid``: every check passed. ``outcome_not_stated``: all that apply passed, but a stricter law is lacking or it
    cannot be said what was decided. ``not_valid``: a check failed.
    """

    VALID = "valid"
    OUTCOME_NOT_STATED = "outcome_not_stated"
    NOT_VALID = "not_valid"

    @property
    def exit_status(self) -> int:
        """Of the auditor's commands."""
        return {Verdict.VALID: 0, Verdict.OUTCOME_NOT_STATED: 3, Verdict.NOT_VALID: 1}[self]
