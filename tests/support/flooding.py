"""A flood of hostile lines beside a hall, for as long as a block lasts."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import msgspec

from tests.support.flood import Flood
from tests.support.hall import SECONDS, Hall
from tests.support.plain_line import token_of


@asynccontextmanager
async def flooded(hall: Hall, poll: str, anonymous: int, subjects: Sequence[str]) -> AsyncIterator[None]:
    """Hostile lines for as long as the block lasts, some of them logged in as these delegates."""
    async with aiohttp.ClientSession() as http:
        codes = hall.server.codes()
        tokens = [await token_of(http, hall.server.url, codes["delegate", subject]) for subject in subjects]
    command = (sys.executable, "-m", "tests.support.flood")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    flood = Flood(hall.server.url, anonymous, tuple(tokens), poll, 4 * SECONDS)
    try:
        process.stdin.write(msgspec.json.encode(flood) + b"\n")
        assert await process.stdout.readline() == b"flooding\n"
        yield
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.communicate(), SECONDS)
