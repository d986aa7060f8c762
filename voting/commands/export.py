"""`voting export`: a poll's archive, or the record of the whole sitting, from the data directory without a server."""

from pathlib import Path

import click

from voting.commands.options import held_data_option
from voting.commands.stop import Failed, Stop
from voting.congress.law.question import Medium
from voting.record.whole.packing import sitting_record
from voting.storage.data_dir import DataDir
from voting.storage.reading import RecordRefused, read_sitting
from voting.storage.replay import Replayed
from voting.storage.server_key import KeyDamaged, ReceiptSigner
from voting.tally.__main__ import UnreadableFileError, read_receipts


@click.command(name="export", short_help="Write a poll's or the whole sitting's public record from the database.")
@held_data_option
@click.argument("poll", metavar="[POLL]", required=False)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the record, .bel or .zip; an existing file is replaced.",
)
@click.option(
    "--receipts",
    type=click.Path(path_type=Path),
    help="Put these receipts into the record of the sitting: a JSON list, or one receipt per line.",
)
def command(data_dir: Path, poll: str | None, out: Path, receipts: Path | None) -> None:
    """Write the public record of one counted poll, or of the whole sitting, from a sitting's database.

    The journal's chain is checked and the boards are rebuilt from it; an archive is the same, byte for byte, as the one
    the server hands out. No server is needed, and a running one is not disturbed. POLL is the poll's id; without it the
    record of the whole sitting is written, a zip file that `voting verify` reads.
    """
    if poll is not None and receipts is not None:
        raise click.UsageError("receipts are put into the record of a whole sitting; name no poll")
    data = DataDir(data_dir)
    if not data.database.is_file():
        raise Stop("no_sitting", f"{data_dir} holds no {data.database.name}, so no sitting was held there")
    try:
        replayed = read_sitting(data.database)
    except RecordRefused as refused:
        raise Failed(refused.problem, str(refused)) from None
    written = _whole(replayed, data.signing_key, receipts) if poll is None else _archive(replayed, poll)
    out.write_bytes(written)
    click.echo(f"{out}: {len(written)} bytes")


def _whole(replayed: Replayed, key: Path, receipts: Path | None) -> bytes:
    """The zip file of the sitting; the key that signs it lies with its data. Raises Stop and Failed."""
    if not key.is_file():
        raise Failed("key_missing", f"{key} is missing, with which the record of a sitting is signed")
    try:
        signer = ReceiptSigner.load(key)
        given = [] if receipts is None else read_receipts(receipts)
        return sitting_record(
            replayed.sitting,
            replayed.published,
            server_key=signer.public_hex,
            sign=signer.sign,
            receipts=given,
        )
    except KeyDamaged as damaged:
        raise Failed("key_damaged", str(damaged)) from None
    except UnreadableFileError as error:
        raise Stop("receipts_unreadable", str(error)) from None
    except ValueError as error:
        raise Failed("too_large", f"the sitting makes no record: {error}") from None


def _archive(replayed: Replayed, poll: str) -> bytes:
    """The `.bel` file of a counted poll. Raises Failed."""
    polls, published = replayed.sitting.polls, replayed.published
    if poll not in polls:
        raise Failed("unknown_poll", f'there is no poll "{poll}"; there are: {", ".join(polls)}')
    if polls[poll].question.medium is Medium.BY_HAND:
        raise Failed("poll_by_hand", f"poll {poll} is counted by hand; its record is its signed count.json")
    if poll not in published.digests():
        raise Failed("not_counted", f"poll {poll} is {polls[poll].state} and has no complete record yet")
    return published[poll].archive()
