"""Packs the rules, and the pages, built by `npm ci` and `npm run build` unless VOTING_SKIP_PAGES is set."""

import os
import subprocess  # nosec B404 # npm builds the pages
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel is packed; an editable install leaves the pages to the Makefile."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages, and put config/rules where voting.files.rules finds them.

        Raises subprocess.CalledProcessError when npm fails.
        """
        if version == "editable":
            return
        if self.target_name == "wheel":
            build_data["force_include"][str(Path(self.root) / "config" / "rules")] = "voting/files/presets"
        if os.environ.get("VOTING_SKIP_PAGES"):
            return
        web = Path(self.root) / "voting" / "terminal_client" / "web"
        npm = "npm"
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=web, check=True)  # noqa: S603 # nosec B603 # no word comes from outside
        subprocess.run([npm, "run", "build"], cwd=web, check=True)  # noqa: S603 # nosec B603 # no word comes from outside
