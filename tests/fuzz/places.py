"""Where inputs are kept."""

from pathlib import Path

from tests.support.repository import ROOT

CORPUS = Path(__file__).parent / "corpus"
KEPT = ROOT / "tests" / "kept" / "0.1.0"
