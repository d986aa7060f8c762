"""`make sbom`: the bill of materials as CycloneDX 1.5 JSON, from the lock files.

Standard: https://cyclonedx.org/docs/1.5/json/. Every locked package is listed with the hashes by which it is installed,
and with its licence where lock file or installed package state it. Scope "excluded" marks what only builds and tests.
The same locks with the same packages installed give the same bytes.
"""

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
RUN, DEV = "requirements.lock", "requirements-dev.lock"
PAGES = "voting/terminal_client/web/package-lock.json"

_PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+) \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.MULTILINE)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")

Component = dict[str, Any]


def bill_of_materials(root: Path = ROOT) -> dict[str, Any]:
    """The whole bill. Raises OSError for a lock file that is missing."""
    product = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [*_of_python(root), *_of_pages(root)]
    own = _component("pypi", product["name"], product["version"]) | _expression(product["license"])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": sorted(components, key=lambda component: str(component["bom-ref"])),
    }


def _of_python(root: Path) -> Iterator[Component]:
    run = {name for name, _, _ in _pins(root / RUN)}
    for name, version, hashes in _pins(root / DEV):
        component = _component("pypi", name, version) | _licence_of(name)
        yield component | {"scope": "required" if name in run else "excluded"} | _hashes("SHA-256", hashes)


def _pins(lock: Path) -> Iterator[tuple[str, str, list[str]]]:
    for name, version, hashes in _PINNED.findall(lock.read_text(encoding="utf-8")):
        yield name, version, _HASH.findall(hashes)


def _of_pages(root: Path) -> Iterator[Component]:
    packages: dict[str, dict[str, Any]] = json.loads((root / PAGES).read_text(encoding="utf-8"))["packages"]
    found: dict[str, Component] = {}
    for place, package in packages.items():
        if place:
            name = place.rpartition("node_modules/")[2]
            component = _component("npm", name, package["version"]) | _expression(package.get("license", ""))
            algorithm, _, digest = package["integrity"].partition("-")
            component["scope"] = "excluded" if package.get("dev") else "required"
            component |= _hashes(algorithm.upper().replace("SHA", "SHA-"), [base64.b64decode(digest).hex()])
            before = found.setdefault(component["bom-ref"], component)
            if component["scope"] == "required":
                before["scope"] = "required"
    yield from found.values()


def _component(kind: str, name: str, version: str) -> Component:
    purl = f"pkg:{kind}/{quote(name, safe='/')}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _expression(licence: str) -> Component:
    """licence: an SPDX expression, or "" where none is stated."""
    return {"licenses": [{"expression": licence}]} if licence else {}


def _hashes(algorithm: str, digests: list[str]) -> Component:
    return {"hashes": [{"alg": algorithm, "content": digest} for digest in digests]}


def _licence_of(name: str) -> Component:
    """What an installed package states: an SPDX expression, or the name of a licence; nothing where it is missing."""
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    if "License-Expression" in stated:
        return _expression(stated["License-Expression"])
    known = [line.rpartition(" :: ")[2] for line in stated.get_all("Classifier") or () if line.startswith("License ::")]
    return {"licenses": [{"license": {"name": licence}} for licence in known]} if known else {}


def main() -> None:
    """Write the bill to standard output."""
    json.dump(bill_of_materials(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
