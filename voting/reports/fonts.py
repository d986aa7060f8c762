"""The Chinese fonts that are embedded into every PDF, and where they come from (docs/adr/0008-reports.md)."""

from functools import lru_cache
from pathlib import Path

import msgspec
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

PACKAGE = "fonts-noto-cjk"
PACKAGE_OF_RARE = "fonts-hanazono"


class FontMissing(Exception):
    """No Chinese font is installed that may be embedded."""


class Face(msgspec.Struct, frozen=True):
    """A font family: its regular and bold files lie in `folder`; `regular` tells which characters it has."""

    family: str
    folder: Path
    regular: str
    needs: tuple[str, ...] = ()


class Typeface(msgspec.Struct, frozen=True):
    """What a page is set in: families in order of preference, their folders, and all code points they have."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]
    covered: frozenset[int]


DEBIAN = Path("/usr/share/fonts/opentype/noto")
BUNDLED = Path(__file__).with_name("fonts")
RARE = Path("/usr/share/fonts/truetype/hanazono")

MAIN = (
    Face("Noto Serif CJK SC", DEBIAN, "NotoSerifCJK-Regular.ttc", ("NotoSerifCJK-Bold.ttc",)),
    Face("Noto Serif SC", BUNDLED, "NotoSerifSC_400Regular.ttf", ("NotoSerifSC_700Bold.ttf",)),
)
FALLBACK = (
    Face("HanaMinA", RARE, "HanaMinA.ttf"),
    Face("HanaMinB", RARE, "HanaMinB.ttf"),
)


@lru_cache(maxsize=1)
def installed_typeface() -> Typeface:
    """The fonts of this machine. Raises FontMissing naming the package to install."""
    return typeface_from(MAIN, FALLBACK)


def typeface_from(main: tuple[Face, ...], fallback: tuple[Face, ...] = ()) -> Typeface:
    """All of these fonts that exist; one of `main` must. Raises FontMissing."""
    found = [face for face in main if _exists(face)]
    if not found:
        raise FontMissing(
            f"no Chinese font to embed was found in {' or '.join(str(f.folder) for f in main)}: "
            f"install the package {PACKAGE} (Debian: apt install {PACKAGE})"
        )
    found += [face for face in fallback if _exists(face)]
    covered = frozenset().union(*(_characters(face) for face in found))
    return Typeface(
        families=tuple(face.family for face in found),
        folders=tuple(dict.fromkeys(face.folder for face in found)),
        covered=covered,
    )


def _exists(face: Face) -> bool:
    return all((face.folder / name).is_file() for name in (face.regular, *face.needs))


def _characters(face: Face) -> frozenset[int]:
    path = face.folder / face.regular
    if path.suffix != ".ttc":
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap())
    with TTCollection(path, lazy=True) as collection:
        named = (font for font in collection.fonts if font["name"].getBestFamilyName() == face.family)
        return frozenset(next(named).getBestCmap())
