"""Runs the pages' own tally code (TypeScript) in Node, so that both sides can be held against each other."""

import base64
import hashlib
import itertools
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.needed_tools import needed_page_tool
from tests.support.repository import WEB
from voting.tally.groups.choice import Rng

SOURCE = WEB / "tests" / "tally" / "node_cli.ts"


@dataclass(frozen=True)
class Outcome:
    """What one operation gave: ``done`` or, when it was refused, the refusal's fields."""

    done: Any = None
    refused: dict[str, Any] = field(default_factory=dict)


class Page:
    """The bundled code; each ``run`` is one fresh page (one Node process)."""

    def __init__(self, bundle: Path) -> None:
        self._bundle = bundle

    def run(self, *operations: tuple[str, dict[str, Any]]) -> list[Outcome]:
        """The outcomes of the operations, in order; operations see what earlier ones left in memory."""
        finished = subprocess.run(
            ["node", str(self._bundle)],
            input=json.dumps(operations, default=_wrap).encode(),
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr.decode()[-2000:]
        return [Outcome(**outcome) for outcome in json.loads(finished.stdout, object_hook=_unwrap)]

    def call(self, name: str, **request: Any) -> Any:
        """The answer of one operation that must not be refused."""
        (outcome,) = self.run((name, request))
        assert not outcome.refused, outcome.refused
        return outcome.done


def build_page(folder: Path) -> Page:
    """The bundle for Node."""
    target = folder / "page.mjs"
    # libsodium's ES module asks for require when it finds Node.
    banner = "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);"
    bundle(SOURCE, target, "node", banner)
    return Page(target)


def bundle(source: Path, target: Path | None, platform: str, *options: str) -> None:
    """Bundle TypeScript with the build tool's own esbuild. ``platform``: "node" or "browser".

    Without a ``target`` the options must name a folder.
    """
    arguments = [needed_page_tool("esbuild"), str(source), "--bundle", f"--platform={platform}", "--format=esm"]
    if platform == "browser":
        # Only reached when libsodium finds itself in Node.
        options = (*options, "--external:node:*", "--external:fs", "--external:path", "--external:crypto")
    subprocess.run(
        [*arguments, *([f"--outfile={target}"] if target else []), "--target=es2022", "--log-level=error", *options],
        check=True,
        cwd=WEB,
        timeout=120,
    )


def seeded(seed: str) -> Rng:
    """The stream of the operations called ``seeded.*``: SHA-256(seed + ":" + counter), block after block."""
    blocks = (hashlib.sha256(f"{seed}:{counter}".encode()).digest() for counter in itertools.count())
    stream = itertools.chain.from_iterable(blocks)
    return lambda count: bytes(itertools.islice(stream, count))


def plan_fields(group: str, names: Sequence[str], threshold: int) -> dict[str, Any]:
    """A ceremony plan as the pages know it."""
    return {"group": group, "names": list(names), "threshold": threshold}


def _wrap(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    raise TypeError(f"not JSON: {type(value).__name__}")


def _unwrap(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["$bytes"]) if "$bytes" in value else value
