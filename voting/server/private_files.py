"""Files of the data directory that only its owner may read."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Write the whole file with mode 0600, or leave what was there: a crash never leaves half of it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
