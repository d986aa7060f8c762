"""Builds the pages into the wheel: `npm ci` and `npm run build`, unless VOTING_SKIP_PAGES is set."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel is packed; an editable install leaves the pages to the Makefile."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the pages.

        Raises subprocess.CalledProcessError when npm fails.
        """
        if version == "editable" or os.environ.get("VOTING_SKIP_PAGES"):
            return
        web = Path(self.root) / "voting" / "terminal_client" / "web"
        npm = "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=web, check=True)  # noqa: S603
        subprocess.run([npm, "run", "build"], cwd=web, check=True)  # noqa: S603
