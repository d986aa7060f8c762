"""`voting report`: the papers a secretariat signs, from the data directory, without a server."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import click

from voting.commands.export import DATABASE
from voting.commands.stop import Failed, Stop
from voting.reports.database import RecordRefused, read_record
from voting.reports.fonts import PACKAGE_OF_RARE, FontMissing
from voting.reports.record import OutcomeDiffers, SittingRecord
from voting.reports.return_paper import is_returned
from voting.reports.writing import Written, write_reports


@click.command(name="report", short_help="Write the papers to sign: attendance, ballots, counts, chair's script.")
@click.option(
    "--data",
    "data_dir",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data directory of the sitting.",
)
@click.option("--poll", metavar="POLL", help="Report on this poll only, by its id; on the whole sitting if not given.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The directory to write to; files of an earlier report are replaced.",
)
@click.option(
    "--zip",
    "packed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also pack the files into this zip file.",
)
def command(data_dir: Path, poll: str | None, out: Path, packed: Path | None) -> None:
    """Write the reports of a sitting from its database, as PDF, XLSX, CSV and JSON.

    OUT then holds the attendance report and the chair's words on it, results.csv and results.json, and for each poll in
    OUT/POLL the report on ballots issued and returned, the count report with the lines to sign, and the chair's script
    for announcing. The journal's chain is checked first. No server is needed, and a running one is not disturbed. A
    PDF needs a Chinese font to embed (Debian: fonts-noto-cjk).
    """
    database = data_dir / DATABASE
    if not database.is_file():
        raise Stop("no_sitting", f"{data_dir} holds no {DATABASE}, so no sitting was held there")
    written = _written(database, poll, out)
    if packed is not None:
        _pack(written.files, out, packed)
    for file in written.files:
        click.echo(file)
    if written.missing:
        codes = ", ".join(f"U+{ord(c):04X}" for c in sorted(written.missing))
        click.echo(
            f"No installed font has {codes}: printed as codes. Debian's {PACKAGE_OF_RARE} has most rare characters.",
            err=True,
        )


def _pack(files: tuple[Path, ...], out: Path, packed: Path) -> None:
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(out))


def _written(database: Path, poll: str | None, out: Path) -> Written:
    try:
        record = read_record(database)
        if poll is not None:
            _require_reportable(record, poll)
        return write_reports(record, out, poll)
    except RecordRefused as refused:
        raise Failed(refused.code, str(refused)) from None
    except OutcomeDiffers as differs:
        raise Failed("outcome_differs", str(differs)) from None
    except FontMissing as missing:
        raise Stop("font_missing", str(missing)) from None
    except ValueError as unusable:
        raise Stop("poll_id_unusable", str(unusable)) from None


def _require_reportable(record: SittingRecord, poll: str) -> None:
    if poll not in record.polls:
        raise Failed("unknown_poll", f'there is no poll "{poll}"; there are: {", ".join(record.polls)}')
    if not is_returned(record.polls[poll]):
        state = record.polls[poll].progress.state
        raise Failed("not_closed", f"poll {poll} is {state}, so there is nothing to report yet")
