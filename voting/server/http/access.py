"""Who may do what: codes, tokens, roles.

A code is printed on a badge and shown once to the server; only its HMAC-SHA256 under the server's pepper is kept. A
login gives a signed token for TOKEN_SECONDS. Every HTTP route names its roles in the table of routes, every request of
the wire where it is declared; the server does not start when one does not.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from itsdangerous import BadData, URLSafeTimedSerializer

from voting.congress.refusal import refuse
from voting.server.http.attempts import Attempts
from voting.storage.private_files import write_private
from voting.wire.refusals import WireRefusal
from voting.wire.roles import AUDIENCES, Audience, Role

TOKEN_SECONDS = 24 * 3600
_SECRET_BYTES = 64


class Principal(msgspec.Struct, frozen=True):
    """Who a connection or request acts for. subject: roster or observer number, scrutineer index as text, or ""."""

    role: Role
    subject: str = ""


PUBLIC = Principal(Role.PUBLIC)


def require_role(who: Principal, roles: frozenset[Role]) -> None:
    """Raise Refused unless this principal's role is one of them."""
    if who.role in roles:
        return
    code = WireRefusal.LOGIN_NEEDED if who.role is Role.PUBLIC else WireRefusal.NOT_YOUR_ROLE
    raise refuse(code, role=who.role.value)


def require_audience(who: Principal, audience: str) -> Audience:
    """The audience this principal may join, or Refused. A public connection needs no login, every other one does."""
    if audience in AUDIENCES[who.role]:
        return Audience(audience)
    code = WireRefusal.LOGIN_NEEDED if who.role is Role.PUBLIC else WireRefusal.NOT_YOUR_ROLE
    raise refuse(code, role=who.role.value)


def normal_code(code: str) -> str:
    """A code as its owner may type it: spaces and hyphens do not count, nor does the case."""
    return "".join(c for c in code if c not in " -\u3000\u2010\u2013\u2014").upper()


class SecretDamaged(Exception):
    """The file does not hold the server's secret."""


class ServerSecret:
    """The server's secret of 64 bytes: half signs tokens, half is the pepper of the codes."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != _SECRET_BYTES:
            raise ValueError(f"the server's secret has {len(raw)} bytes instead of {_SECRET_BYTES}")
        self._pepper = raw[32:]
        self._signer = URLSafeTimedSerializer(raw[:32], salt="plenary-token")

    @classmethod
    def load(cls, path: Path) -> "ServerSecret":
        """The secret of this data directory; made at the first start, readable by its owner only.

        Raises SecretDamaged and OSError.
        """
        if not path.exists():
            write_private(path, secrets.token_bytes(_SECRET_BYTES))
        raw = path.read_bytes()
        if len(raw) != _SECRET_BYTES:
            raise SecretDamaged(f"{path} has {len(raw)} bytes instead of {_SECRET_BYTES}")
        return cls(raw)

    def code_mac(self, code: str) -> str:
        """What is stored of a code: hex HMAC-SHA256 of its normal form."""
        return hmac.new(self._pepper, normal_code(code).encode(), hashlib.sha256).hexdigest()

    @property
    def signer(self) -> URLSafeTimedSerializer:
        """Signs tokens."""
        return self._signer


class Tokens:
    """Gives tokens and reads them. generation_of: a token of an earlier generation was taken back."""

    def __init__(self, secret: ServerSecret, generation_of: Callable[[Principal], int]) -> None:
        self._signer = secret.signer
        self._generation_of = generation_of

    def generation(self, who: Principal) -> int:
        """Of this principal's tokens that are good now."""
        return self._generation_of(who)

    def token_for(self, who: Principal) -> str:
        """A token that proves this principal for TOKEN_SECONDS, or until it is taken back."""
        return self._signer.dumps([who.role.value, who.subject, self.generation(who)])

    def principal_of(self, token: str) -> Principal:
        """Who holds this token. Raises Refused: logged_out when it was taken back, login_needed when it is forged,
        damaged or too old, or says what no token of this release does.

        One from the future was given before somebody set the clock back: its signature says that it is ours. So does
        that of one without a generation, which an earlier release gave; that counts as the first.
        """
        try:
            said, given = self._signer.loads(token, return_timestamp=True)
            who, generation = _claimed(said)
        except (BadData, ValueError):
            raise refuse(WireRefusal.LOGIN_NEEDED) from None
        if time.time() - given.timestamp() > TOKEN_SECONDS:
            raise refuse(WireRefusal.LOGIN_NEEDED)
        if generation != self.generation(who):
            raise refuse(WireRefusal.LOGGED_OUT)
        return who


def _claimed(said: object) -> tuple[Principal, int]:
    """Whom a token names, and its generation. Raises ValueError for what names nobody."""
    match said:
        case [str(role), str(subject)]:
            return Principal(Role(role), subject), 0
        case [str(role), str(subject), int(generation)]:
            return Principal(Role(role), subject), generation
    raise ValueError("no token of ours says this")


class Access:
    """Turns codes into principals. entries: stored MAC of a code -> its principal."""

    def __init__(self, secret: ServerSecret, entries: Iterable[tuple[str, Principal]], attempts: Attempts) -> None:
        self._secret = secret
        self._principals = dict(entries)
        self._attempts = attempts

    def login(self, code: str, address: str) -> Principal:
        """Whose code this is. Raises Refused for a wrong one: too_many_attempts or code_unknown.

        A right code is never refused for what was tried before.
        """
        self._attempts.require_turn(address)
        who = self._principals.get(self._secret.code_mac(code))
        if who is None:
            self._attempts.note_wrong(address)
            raise refuse(WireRefusal.CODE_UNKNOWN)
        return who

    def replace(self, who: Principal, code_mac: str) -> None:
        """This code, and no other, lets this principal in from now on."""
        self._principals = {mac: known for mac, known in self._principals.items() if known != who} | {code_mac: who}
