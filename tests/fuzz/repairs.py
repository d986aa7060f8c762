"""Hashes and signatures made right again around what was damaged: what whoever holds the keys can always do."""

import contextlib
import re
from collections.abc import Iterable

import msgspec
from itsdangerous.encoding import base64_encode
from msgspec.structs import replace

from tests.support.signer import SIGNER
from tests.support.statements import signed as signed_by
from voting.record.count_statement import CountStatement
from voting.record.whole.container import read_files, write_files
from voting.record.whole.statement import SittingContent, signed_statement
from voting.server.http.access import ServerSecret
from voting.storage.journal.chain import GENESIS, chain_hash
from voting.tally.board.container import make_entry, read_container, write_container
from voting.tally.json_form import sha256_hex

_BLOCK = 512
_STATEMENT = "sitting.json"
_NAME = re.compile(rb"[0-9a-f]{64}\.(data|event)\.json\0")


def chained(lines: Iterable[bytes]) -> list[tuple[int, str, bytes]]:
    """Rows of a journal with these events."""
    rows: list[tuple[int, str, bytes]] = []
    head = GENESIS
    for seq, line in enumerate(lines, 1):
        head = chain_hash(head, line)
        rows.append((seq, head, line))
    return rows


def signed(raw: bytes) -> bytes:
    """A statement signed again, where it is one."""
    try:
        statement = msgspec.json.decode(raw, type=CountStatement)
        return signed_by(replace(statement, server_key=SIGNER.public_hex))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return raw


def with_document(raw: bytes, place: int, document: bytes) -> bytes:
    """The record with another document at a place, and every hash that names it changed too. Raises TallyError."""
    container = read_container(raw)
    renamed: dict[bytes, bytes] = {}
    entries = []
    for index, entry in enumerate(container.entries):
        text = document if index == place % len(container.entries) else entry.raw
        for before, after in renamed.items():
            text = text.replace(before, after)
        fresh = make_entry(entry.kind, text)
        if fresh.digest != entry.digest:
            renamed[entry.digest.encode()] = fresh.digest.encode()
        entries.append(fresh)
    return write_container(entries, container.timestamp)


def with_file(raw: bytes, place: int, file: bytes) -> bytes:
    """A sitting's record with another file at a place, its hash stated and signed. Raises NoContainer, ValueError."""
    files = read_files(raw)
    name = list(files)[place % len(files)]
    before, files[name] = sha256_hex(files[name]), file
    stated = files[_STATEMENT].replace(before.encode(), sha256_hex(file).encode())
    with contextlib.suppress(msgspec.MsgspecError, ValueError, RecursionError):
        stated = signed_statement(msgspec.json.decode(stated, type=SittingContent), SIGNER.sign)
    return write_files(files | {_STATEMENT: stated})


def rehashed(raw: bytes) -> bytes:
    """A container whose file names are the hashes of the contents again, as far as it can be walked through."""
    parts, position = [], 0
    while position + _BLOCK <= len(raw):
        head = bytearray(raw[position : position + _BLOCK])
        try:
            size = int(bytes(head[124:135]), 8)
        except ValueError:
            break
        content = raw[position + _BLOCK : position + _BLOCK + size]
        if _NAME.match(head):
            head[:64] = sha256_hex(content).encode()
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        padded = size + -size % _BLOCK
        parts += [bytes(head), raw[position + _BLOCK : position + _BLOCK + padded]]
        position += _BLOCK + padded
    return b"".join(parts) + raw[position:]


def as_token(secret: ServerSecret, said: bytes) -> str:
    """A token of this server that says this, as far as its signature goes."""
    signer = secret.signer.make_signer(secret.signer.salt)
    return signer.sign(base64_encode(said)).decode()
