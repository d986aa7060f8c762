"""The pages as one thing with one hash, so that anybody can say which pages a server was given (ADR 0026)."""

from pathlib import Path

from voting.tally.json_form import sha256_hex
from voting.wire.roles import ROUTES


def bundle_files(static_dir: Path) -> dict[str, str]:
    """The SHA-256 (hex) of every file that the web build left, by its path, in the order of the paths' bytes."""
    paths = [path for path in static_dir.rglob("*") if path.is_file() and not path.name.startswith(".")]
    names = {path.relative_to(static_dir).as_posix(): path for path in paths}
    return {name: sha256_hex(names[name].read_bytes()) for name in sorted(names, key=str.encode)}


def listing_of(files: dict[str, str]) -> str:
    """One line per file, as `sha256sum` writes it."""
    return "".join(f"{digest}  {name}\n" for name, digest in files.items())


def bundle_hash(static_dir: Path) -> str:
    """The SHA-256 (hex) of the listing; "" where no pages were built."""
    files = bundle_files(static_dir)
    return sha256_hex(listing_of(files).encode()) if files else ""


def address_of(name: str) -> str:
    """Where a server gives this file to everybody."""
    page, _, file = name.partition("/")
    return ROUTES[page] if file == "index.html" else f"/{name}"
