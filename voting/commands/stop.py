"""How a command ends when it cannot do what was asked: one line with a code, never a traceback.

Exit statuses of every command: 0 done; 1 carried out with a negative answer (a check failed, counts differ, no quorum,
the server failed); 2 not begun, because something given cannot be used (a file, a number, an option); 130 interrupted.
"""

import click

from voting.commands.lines import shown

INTERRUPTED = 130


class Stop(click.ClickException):
    """Something given cannot be used. ``code`` is a stable word for scripts; ``detail`` a sentence for people."""

    exit_code = 2

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(shown(f"{detail} [{code}]".split("\n")).removesuffix("\n"))
        self.code = code


class Failed(Stop):
    """The command was carried out, and the answer is no."""

    exit_code = 1
