"""Where the rule presets lie that come with the program."""

from pathlib import Path

_PACKED = Path(__file__).parents[1] / "presets"
"""Where hatch_build.py puts config/rules into a wheel; a checkout has them where they are edited."""
PRESETS = _PACKED if _PACKED.is_dir() else Path(__file__).parents[3] / "config" / "rules"

RENAMED = {"guangdong": "guangdong-province"}
"""Presets that had another name in release 0.1.0. They say something else now, so nobody adopts them unasked."""


def rules_places(session: Path) -> tuple[Path, Path]:
    """Where rules are looked for by name: the session's own directory stands before the presets."""
    return session / "rules", PRESETS
