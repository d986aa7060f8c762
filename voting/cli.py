"""`voting`: every command of Plenary."""

import importlib

import click

from voting.commands.stop import INTERRUPTED, Stop

MODULES = {
    "run": "run",
    "serve": "serve",
    "rehearse": "rehearse",
    "verify": "verify",
    "decide": "decide",
    "export": "export",
    "report": "report",
    "method": "method",
    "import-roster": "import_roster",
    "simulate": "simulate",
    "pages": "pages",
}

EPILOG = """Exit status: 0 when done; 1 when carried out with a negative answer (a check failed, counts differ, no
quorum, the server failed); 2 when not begun because something given cannot be used; 130 when interrupted."""


class Commands(click.Group):
    """Imports a command's module only when it is named: help and verification stay quick, and need no server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in MODULES:
            return None
        module = importlib.import_module(f"voting.commands.{MODULES[cmd_name]}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is not a command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; files that cannot be read or written end it in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            raise Stop("file_unusable", f"{name}{error.strerror or error}") from None


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="voting", message="Plenary %(version)s")
def cli() -> None:
    """Plenary holds the sitting of a People's Congress, with secret signed ballots that anybody can check.

    Try `voting run` to hold the sample sitting on this machine.
    """


def main() -> None:
    """Entry point of the installed command."""
    cli()
