"""Signing credentials: one fresh key pair per terminal and poll.

The public half is registered before the poll opens; the private half signs one ballot and is
forgotten. Which delegate registered which credential is written in the journal, never here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group, Rng
from voting.tally.json_form import dump, load_canonical

CREDENTIALS_FORM = ["string"]


@dataclass(frozen=True)
class SigningCredential:
    """``private`` is a number mod q and must not leave the terminal; ``public`` is g**private, spelled."""

    private: int = field(repr=False)
    public: str


def make_credential(group: Group, rng: Rng) -> SigningCredential:
    """Draw a fresh credential (never the identity)."""
    private = 0
    while private == 0:
        private = group.random_scalar(rng)
    return SigningCredential(private, group.encode(group.secret_power_g(private)))


def check_public_credential(group: Group, public: str) -> None:
    """Raise TallyError(credential_malformed) unless it spells a member of the group other than 1."""
    try:
        element = group.parse(public)
    except TallyError as error:
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, error.detail) from None
    if element == group.identity:
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "a credential is the identity")


def encode_credentials(publics: Iterable[str]) -> bytes:
    """The archived list, sorted by character code so that its order tells nothing.

    Raises ValueError when a credential occurs twice: registration must have refused that.
    """
    ordered = sorted(publics)
    if len(set(ordered)) != len(ordered):
        raise ValueError("a credential occurs twice")
    return dump(ordered)


def read_credentials(group: Group, raw: bytes) -> frozenset[str]:
    """The archived list, every law checked. Raises TallyError."""
    listed = read_listed(group, raw)
    require_sorted(listed)
    return frozenset(listed)


def read_listed(group: Group, raw: bytes) -> tuple[str, ...]:
    """The archived list in whatever order: keys of the group, none twice. Raises TallyError."""
    listed: list[str] = load_canonical(raw, CREDENTIALS_FORM, "the list of credentials")
    if len(set(listed)) != len(listed):
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "a credential occurs twice")
    for public in listed:
        check_public_credential(group, public)
    return tuple(listed)


def require_sorted(listed: Sequence[str]) -> None:
    """Raise TallyError(credential_malformed) unless the list is sorted by character code."""
    if list(listed) != sorted(listed):
        raise TallyError(TallyCode.CREDENTIAL_MALFORMED, "the credentials are not sorted")
