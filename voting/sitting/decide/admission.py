"""Decisions on who is let in: the shell knows roles and codes, the journal keeps what was taken back."""

from voting.sitting.commands import LogOutEverywhere, ReplaceCode
from voting.sitting.events import CodeReplaced, Events, LoggedOutEverywhere


def replace_code(command: ReplaceCode, now: int) -> Events:
    """A new code, as often as badges are lost."""
    return (CodeReplaced(at=now, role=command.role, subject=command.subject, code_mac=command.code_mac),)


def log_out_everywhere(command: LogOutEverywhere, now: int) -> Events:
    """All terminals of somebody have to log in again."""
    return (LoggedOutEverywhere(at=now, role=command.role, subject=command.subject),)
