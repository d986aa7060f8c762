"""Lines for a terminal."""

from collections.abc import Iterable


def shown(lines: Iterable[str]) -> str:
    """One line each; texts of a record or a file must not be able to steer the terminal or to begin a line."""
    return "".join("".join(c if c.isprintable() else "\ufffd" for c in line) + "\n" for line in lines)
