import sys
from pathlib import Path

# The sample sittings are shared with the integration tests.
sys.path.insert(0, str(Path(__file__).parents[2] / "integration"))
