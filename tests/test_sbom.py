"""The bill of materials names everything that is locked, by the hashes by which it is installed."""

import base64
import json
import re

from release.sbom import bill_of_materials
from tests.support.repository import ROOT, WEB

BILL = bill_of_materials()
COMPONENTS = {component["bom-ref"]: component for component in BILL["components"]}


def locked(lock: str) -> dict[str, set[str]]:
    """name==version -> its hashes, line by line."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if pin := re.match(r"(\S+)==(\S+)", line):
            hashes = found[f"pkg:pypi/{pin[1]}@{pin[2]}"] = set[str]()
        if digest := re.search(r"--hash=sha256:(\w+)", line):
            hashes.add(digest[1])
    return found


def hashes_of(reference: str) -> set[str]:
    return {one["content"] for one in COMPONENTS[reference]["hashes"]}


def test_every_locked_python_package_is_listed_with_its_hashes() -> None:
    everything = locked("requirements-dev.lock")
    assert {name: hashes_of(name) for name in everything} == everything
    assert all(everything.values())
    required = {name for name in everything if COMPONENTS[name]["scope"] == "required"}
    assert required == set(locked("requirements.lock"))


def test_every_locked_package_of_the_pages_is_listed_with_its_hash() -> None:
    packages = json.loads((WEB / "package-lock.json").read_bytes())["packages"]
    del packages[""]
    assert packages
    for place, package in packages.items():
        name = place.rpartition("node_modules/")[2].replace("@", "%40")
        component = COMPONENTS[f"pkg:npm/{name}@{package['version']}"]
        (digest,) = component["hashes"]
        content = base64.b64encode(bytes.fromhex(digest["content"])).decode()
        assert (digest["alg"], f"sha512-{content}") == ("SHA-512", package["integrity"])
        assert component["scope"] == "required" or package["dev"]


def test_nothing_else_is_listed_and_licences_are_where_they_are_known() -> None:
    packages = json.loads((WEB / "package-lock.json").read_bytes())["packages"]
    names = {
        f"{place.rpartition('node_modules/')[2]}@{package['version']}" for place, package in packages.items() if place
    }
    assert len(COMPONENTS) == len(BILL["components"]) == len(locked("requirements-dev.lock")) + len(names)
    assert COMPONENTS[next(ref for ref in COMPONENTS if ref.startswith("pkg:npm/vue@"))]["licenses"] == [
        {"expression": "MIT"}
    ]
    without = [ref for ref, component in COMPONENTS.items() if "licenses" not in component]
    assert len(without) < len(COMPONENTS) / 10


def test_it_says_what_it_is_and_nothing_of_the_machine_that_made_it() -> None:
    assert (BILL["bomFormat"], BILL["specVersion"]) == ("CycloneDX", "1.5")
    assert BILL["metadata"]["component"]["name"] == "voting"
    text = json.dumps(BILL)
    assert "http" not in re.sub(r'"(?:bom-ref|name|purl)": "[^"]*"', "", text)
    assert str(ROOT) not in text
    assert bill_of_materials() == BILL
