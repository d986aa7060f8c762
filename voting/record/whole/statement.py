"""What a whole sitting's record states of itself (sitting.json), signed by the server's key like receipts and counts.

It lists every poll, also those that were annulled or not held, so that none can be left out; and it names each file by
its hash, so that none can be exchanged.
"""

import re
from collections.abc import Callable, Mapping

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from voting.record.description import FrozenPoll, frozen_poll, roster_document
from voting.record.spelling import Misspelled, read_spelled
from voting.sitting.events import Titles
from voting.sitting.poll import PollState
from voting.sitting.state import Sitting
from voting.tally.json_form import sha256_hex

VERSION = 1
MAX_STATEMENT_BYTES = 1 << 25
_PREFIX = b"plenary-sitting|"
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class PollFiles(msgspec.Struct, frozen=True):
    """The files of one poll: the archive of its board, and its signed count; None where it has none."""

    record: bytes | None = None
    count: bytes | None = None


NO_FILES = PollFiles()


class ListedPoll(msgspec.Struct, frozen=True):
    """A poll in the order of the agenda. election_uuid: "" before it was prepared; the hashes: "" without the file.

    poll: the question with its title and what it follows; annulled_because: "" where it was not annulled.
    """

    election_uuid: str
    poll: FrozenPoll
    state: PollState
    record_sha256: str
    count_sha256: str
    annulled_because: str


class SittingContent(msgspec.Struct, frozen=True):
    """What is stated. roster_sha256: of roster.json; server_key: signs this, the receipts and the counts (hex)."""

    version: int
    titles: Titles
    server_key: str
    roster_sha256: str
    statutory_seats: int
    polls: tuple[ListedPoll, ...]


class SittingStatement(SittingContent, frozen=True):
    """The content with the server's Ed25519 signature (hex) over `plenary-sitting|` and the content's bytes."""

    signature: str


def make_sitting_statement(
    state: Sitting, files: Mapping[str, PollFiles], *, server_key: str, sign: Callable[[bytes], bytes]
) -> bytes:
    """The signed statement, as its canonical bytes. files: by poll; sign: makes raw Ed25519 signatures."""
    content = SittingContent(
        version=VERSION,
        titles=state.plan.titles,
        server_key=server_key,
        roster_sha256=sha256_hex(roster_document(state.plan.roster)),
        statutory_seats=state.plan.roster.statutory_seats,
        polls=tuple(
            ListedPoll(
                election_uuid=progress.election_uuid or "",
                poll=frozen_poll(progress.question),
                state=progress.state,
                record_sha256=_hash(files.get(poll, NO_FILES).record),
                count_sha256=_hash(files.get(poll, NO_FILES).count),
                annulled_because=progress.annulled_because or "",
            )
            for poll, progress in state.polls.items()
        ),
    )
    return signed_statement(content, sign)


def signed_statement(content: SittingContent, sign: Callable[[bytes], bytes]) -> bytes:
    """The content with its signature."""
    signature = sign(_signed_bytes(content)).hex()
    return msgspec.json.encode(msgspec.to_builtins(content) | {"signature": signature})


def read_sitting_statement(raw: bytes) -> SittingStatement:
    """The statement in its one spelling; its signature is another check. Raises Misspelled."""
    if len(raw) > MAX_STATEMENT_BYTES:
        raise Misspelled(f"it is larger than {MAX_STATEMENT_BYTES} bytes")
    statement = read_spelled(raw, SittingStatement)
    if statement.version != VERSION:
        raise Misspelled(f"it is not of version {VERSION}")
    hashes = [text for poll in statement.polls for text in (poll.record_sha256, poll.count_sha256) if text]
    hexadecimal = all(map(_HASH.fullmatch, (statement.server_key, statement.roster_sha256, *hashes)))
    if not hexadecimal or not _SIGNATURE.fullmatch(statement.signature):
        raise Misspelled("a key, a hash or the signature is not hexadecimal")
    ids = [poll.poll.id for poll in statement.polls]
    if len(set(ids)) != len(ids):
        raise Misspelled("a poll is listed twice")
    return statement


def signature_holds(raw: bytes, statement: SittingStatement) -> bool:
    """Whether the key that is stated signed it. raw: what the statement was read from."""
    try:
        content = msgspec.json.decode(raw, type=SittingContent)
        key, signature = bytes.fromhex(statement.server_key), bytes.fromhex(statement.signature)
        VerifyKey(key).verify(_signed_bytes(content), signature)
    except (CryptoError, ValueError):
        return False
    return True


def folder_of(number: int, poll: str) -> str:
    """Where the files of a poll stand; number: its place in the list, from 1."""
    return f"polls/{number:02}-{poll}" if _FOLDER.fullmatch(poll) else f"polls/{number:02}"


def _hash(raw: bytes | None) -> str:
    return "" if raw is None else sha256_hex(raw)


def _signed_bytes(content: SittingContent) -> bytes:
    return _PREFIX + msgspec.json.encode(content)
