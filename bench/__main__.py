"""`python -m bench` runs all benchmarks and prints one table each."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from bench.flood import flood_rows
from bench.measure import Row
from bench.storage import storage_rows
from bench.tally import tally_rows


def _show(console: Console, title: str, rows: Iterable[Row]) -> None:
    table = Table(title=title)
    for heading in ("what", "per item", "ratio to the first"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    rows = list(rows)
    for row in rows:
        table.add_row(row.what, f"{row.seconds * 1000:.2f} ms", f"{row.seconds / rows[0].seconds:.2f}")
    console.print(table)


def main() -> None:
    """Measure and print."""
    console = Console()
    for title, rows in (*tally_rows(), *storage_rows(), *flood_rows()):
        _show(console, title, rows)


if __name__ == "__main__":
    main()
