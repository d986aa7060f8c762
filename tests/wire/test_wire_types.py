"""The pages' types of the wire are the server's."""

import json
import subprocess
from pathlib import Path

from tests.support.needed_tools import needed_page_tool, needed_tool
from tests.support.repository import WEB
from voting.wire.schema import MESSAGES, json_schema


def test_the_committed_types_are_what_the_server_says_now(tmp_path: Path) -> None:
    node = needed_tool("node")
    needed_page_tool("json2ts")
    made = tmp_path / "wire.gen.ts"
    schema, generator = json.dumps(json_schema()), WEB / "tools" / "generate-wire.mjs"
    done = subprocess.run(
        [node, generator, made], input=schema, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    committed = (WEB / "live" / "wire.gen.ts").read_text(encoding="utf-8")
    assert made.read_text(encoding="utf-8") == committed, "run: make wire"


def test_every_message_has_its_definition() -> None:
    definitions = json_schema()["definitions"]
    assert {message.__name__ for message in MESSAGES} <= definitions.keys()
    assert {"RefusedReply", "Audience", "Role"} <= definitions.keys()
