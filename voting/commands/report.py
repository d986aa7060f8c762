"""`voting report`: the sheets a secretariat signs, from the data directory, without a server."""

from pathlib import Path

import click

from voting.commands.options import held_data_option
from voting.commands.stop import Failed, Stop
from voting.reports.fonts import PACKAGE_OF_RARE
from voting.reports.making import ReportProblem, ReportRefused, make_reports
from voting.reports.writing import Written
from voting.server.page_bundle import bundle_hash
from voting.server.settings import STATIC_DIR

_NOT_BEGUN = {ReportProblem.NO_SITTING, ReportProblem.FONT_MISSING, ReportProblem.POLL_ID_UNUSABLE}


@click.command(name="report", short_help="Write the sheets to sign: attendance, ballots, counts, chair's script.")
@held_data_option
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

    OUT then holds the attendance report and the chair's words on it, the sheet of fingerprints, results.csv and
    results.json, and for each poll in OUT/POLL the report on ballots issued and returned, the count report with the
    lines to sign, and the chair's script for announcing. The journal's chain is checked first. No server is needed, and
    a running one is not disturbed. A PDF needs a Chinese font to embed (Debian: fonts-noto-cjk).
    """
    written = _written(data_dir, poll, out, packed)
    for file in written.files:
        click.echo(file)
    if written.missing:
        codes = ", ".join(f"U+{ord(c):04X}" for c in sorted(written.missing))
        click.echo(
            f"No installed font has {codes}: printed as codes. Debian's {PACKAGE_OF_RARE} has most rare characters.",
            err=True,
        )


def _written(data_dir: Path, poll: str | None, out: Path, packed: Path | None) -> Written:
    try:
        return make_reports(data_dir, out, poll, packed, bundle_hash(STATIC_DIR))
    except ReportRefused as refused:
        stop = Stop if refused.problem in _NOT_BEGUN else Failed
        raise stop(refused.problem, str(refused)) from None
