"""Places in the repository, and the small session that several folders of tests hold."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "config" / "samples"
PRESETS = ROOT / "config" / "rules"
DOCS = ROOT / "docs"
WEB = ROOT / "voting" / "terminal_client" / "web"
HAMLET = Path(__file__).parent / "hamlet"


def modules() -> list[Path]:
    """The package's own modules; what npm installs within it may bring Python of others."""
    return [path for path in sorted((ROOT / "voting").rglob("*.py")) if "node_modules" not in path.parts]
