"""HTTP POST /api/login: a code for a token."""

from voting.wire.base import Wire
from voting.wire.roles import Role


class Login(Wire, frozen=True):
    code: str


class LoggedIn(Wire, frozen=True):
    """token goes into the socket's auth; subject: roster number, scrutineer index as text, or empty."""

    token: str
    role: Role
    subject: str
    name: str
    delegation: str
    seat: str | None
