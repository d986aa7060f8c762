"""What the server asks of a proof worker, what it hears back, and how both travel: length-prefixed msgpack frames.

The frames pass between a parent and its own child, over a socket nobody else holds.
"""

from collections.abc import Callable, Sequence

import msgspec

from voting.server.proofs.functions import Proof
from voting.tally.errors import TallyCode

LENGTH_BYTES = 4


class Job(msgspec.Struct, tag=True):
    """Base of all jobs."""


class LoadPoll(Job):
    """Read and check an open poll's documents once; later jobs name it by `key`."""

    key: str
    election: bytes
    trustees: bytes
    credentials: bytes


class Call(Job):
    """Carry out one function; poll: the key of the loaded poll it is about."""

    proof: Proof
    arguments: Sequence[bytes]
    poll: str | None = None


AnyJob = LoadPoll | Call


class Done(msgspec.Struct, frozen=True, tag=True):
    """The job succeeded. documents: what it made."""

    documents: tuple[bytes, ...] = ()


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The tally protocol refused what was to be checked."""

    code: TallyCode
    detail: str


class Broken(msgspec.Struct, frozen=True, tag=True):
    """A programmer error in the worker; where: its traceback without the values."""

    where: str


AnyReply = Done | Refused | Broken

_ENCODER = msgspec.msgpack.Encoder()
_JOBS: msgspec.msgpack.Decoder[AnyJob] = msgspec.msgpack.Decoder(AnyJob)
_REPLIES: msgspec.msgpack.Decoder[AnyReply] = msgspec.msgpack.Decoder(AnyReply)


def frame(message: AnyJob | AnyReply) -> bytes:
    """The message with its length before it."""
    body = _ENCODER.encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def read_job(receive: Callable[[int], bytes]) -> AnyJob:
    """The next job. Raises EOFError when the other side is gone."""
    return _JOBS.decode(_read_body(receive))


def read_reply(receive: Callable[[int], bytes]) -> AnyReply:
    """The next reply. Raises EOFError when the other side is gone."""
    return _REPLIES.decode(_read_body(receive))


def _read_body(receive: Callable[[int], bytes]) -> bytearray:
    return _read_exactly(receive, int.from_bytes(_read_exactly(receive, LENGTH_BYTES), "big"))


def _read_exactly(receive: Callable[[int], bytes], size: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        part = receive(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return data
