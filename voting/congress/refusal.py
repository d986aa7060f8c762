"""Refusals: the expected reasons why something asked for is not done.

A refusal is shown to a person in their language (the catalogues key on the code) and leaves everything unchanged. The
codes are closed lists, one per room: what the sitting refuses, and what the server refuses before it asks the sitting.
"""

from enum import StrEnum

import msgspec

Param = str | int


class Refusal(msgspec.Struct, frozen=True):
    """Why something was not done; `params` fill the placeholders of the text (numbers, names, limits)."""

    code: str
    params: dict[str, Param] = {}


class Refused(Exception):
    """Raised where something is refused; caught where an answer or a dry run needs the refusal as a value."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.params}")
        self.refusal = refusal


def refuse(code: StrEnum, **params: Param) -> Refused:
    """The exception to raise, with the parameters of its text."""
    return Refused(Refusal(code=code, params=params))
