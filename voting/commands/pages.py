"""`voting pages`: which pages this installation serves, and whether a server gives the same ones."""

import asyncio
import ssl
from pathlib import Path

import aiohttp
import click

from voting.commands.lines import shown
from voting.commands.stop import Failed, Stop
from voting.server.page_bundle import address_of, bundle_files, listing_of
from voting.server.settings import STATIC_DIR
from voting.tally.json_form import sha256_hex
from voting.words import fingerprint_words

SECONDS = 30


@click.command(name="pages", short_help="Print the hash of the pages, or compare those that a server gives.")
@click.option("--list", "as_list", is_flag=True, help="Print the hash of every file, as sha256sum does.")
@click.option("--from", "url", metavar="URL", help="Fetch every page and asset from this server and compare it.")
@click.option(
    "--trust",
    metavar="PEM",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate by which the server is known, where no public authority signed it.",
)
def command(as_list: bool, url: str | None, trust: Path | None) -> None:
    """Print the hash of the pages that are installed here, to be compared with the one that the release states.

    With --from, every page and asset is fetched from a running server as any terminal fetches it, and compared with
    this installation. That says what the server gave to this machine, not what it gives to others.
    """
    files = bundle_files(STATIC_DIR)
    if not files:
        raise Stop("pages_not_built", "this installation holds no pages; run `make pages`")
    if as_list:
        click.echo(listing_of(files), nl=False)
        return
    if url is not None:
        url = url.rstrip("/")
        different = asyncio.run(_different(url, files, trust))
        if different:
            raise Failed("pages_differ", "\n".join(f"{name} is another one at {url}" for name in different))
        click.echo(shown([f"{len(files)} files at {url} are those of this installation."]), nl=False)
    click.echo(shown(bundle_lines(sha256_hex(listing_of(files).encode()))), nl=False)


def bundle_lines(digest: str) -> list[str]:
    """For a terminal: the hash, and in words that people can read to one another."""
    return [f"Pages: {digest}", f"       {' '.join(word.text for word in fingerprint_words(digest))}"]


async def _different(url: str, files: dict[str, str], trust: Path | None) -> list[str]:
    """The files that the server gives otherwise, or not at all. Raises Stop."""
    context = ssl.create_default_context(cafile=trust)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    different = []
    try:
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(ssl=context)) as http:
            for name, digest in files.items():
                async with http.get(url + address_of(name), allow_redirects=False) as answer:
                    if answer.status != 200 or sha256_hex(await answer.read()) != digest:
                        different.append(name)
    except (aiohttp.ClientError, TimeoutError, ValueError, ssl.SSLError) as error:
        raise Failed("server_unreachable", f"{url} cannot be read: {error}") from None
    return different
