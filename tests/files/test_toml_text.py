"""What is nested deeper than any file of ours is refused at once, in whatever way it is written."""

import tomllib
from pathlib import Path

import pytest

from tests.support.session_files import small_session
from voting.files.problems import MAX_BYTES, ProblemCode
from voting.files.rules import RulesRefused, load_ruleset
from voting.files.session import LoadRefused, load_session
from voting.files.toml_text import DEEPEST, load_toml

TOO_DEEP = [
    "a = " + "[" * 100_000,
    "a = " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
    "a = " + "{b = " * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1),
    ".".join(["a"] * 20_000) + " = 1",
    "[" + ".".join(["a"] * (DEEPEST + 1)) + "]",
    "a = {" + ".".join(["b"] * (DEEPEST + 1)) + " = 1}",
    ".".join(['"a b"'] * (DEEPEST + 1)) + " = 1",
]


@pytest.mark.parametrize("text", TOO_DEEP, ids=range(len(TOO_DEEP)))
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="nested deeper than 16"):
        load_toml(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * DEEPEST + "]" * DEEPEST,
        ".".join(["a"] * DEEPEST) + " = 1",
        'a = "' + "[." * 100 + '"',
        "a = '" + "[." * 100 + "'",
        'a = """\n' + "[.\n" * 100 + '"""',
        "a = '''\n" + "[.\n" * 100 + "'''",
        "# " + "[." * 100 + "\na = 1",
        'a = "\\"' + "[." * 100 + '"',
        "a = [" + "1.5, " * 100 + "]",
        "\n".join(f"a{number} = [1.5]" for number in range(100)),
    ],
)
def test_what_stands_in_texts_and_comments_is_no_nesting(text: str) -> None:
    assert load_toml(text) == tomllib.loads(text)


def test_a_session_and_its_rules_that_are_nested_too_deeply_are_named(tmp_path: Path) -> None:
    session = small_session(tmp_path)
    (session / "session.toml").write_text(TOO_DEEP[0], encoding="utf-8")
    with pytest.raises(LoadRefused) as refused:
        load_session(session)
    assert [(p.file, p.code) for p in refused.value.problems] == [("session.toml", ProblemCode.SYNTAX_WRONG)]
    rules = tmp_path / "rules.toml"
    rules.write_text(TOO_DEEP[3], encoding="utf-8")
    with pytest.raises(RulesRefused, match="nested deeper"):
        load_ruleset(rules)


def test_rules_too_large_to_be_rules_are_named(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RulesRefused, match="larger than"):
        load_ruleset(rules)
