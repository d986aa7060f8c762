"""Help texts are whole sentences, and asking for help needs no server."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from voting.cli import MODULES, cli

CONTEXT = click.Context(cli)


def command_named(name: str) -> click.Command:
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", MODULES)
def test_every_command_explains_itself_in_sentences(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    command = command_named(name)
    assert command.help is not None
    for paragraph in command.help.split("\n\n"):
        assert paragraph.strip().endswith("."), paragraph


@pytest.mark.parametrize("name", MODULES)
def test_every_option_has_a_help_text(name: str) -> None:
    options = [parameter for parameter in command_named(name).params if isinstance(parameter, click.Option)]
    for option in options:
        assert option.help, option.name


def test_the_overview_lists_every_command_and_the_exit_statuses() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in MODULES:
        assert f"  {name} " in result.output
    assert "Exit status: 0 when done" in result.output


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(cli, ["vote"])
    assert result.exit_code == 2
    assert "No such command 'vote'" in result.output


def test_commands_never_load_the_servers_event_loop() -> None:
    # The server patches the standard library; a command that did would patch itself, too late and half.
    modules = ", ".join(f"voting.commands.{module}" for module in MODULES.values())
    program = f"import sys, {modules}; sys.exit(any(name.split('.')[0] == 'gevent' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
