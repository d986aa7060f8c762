"""`voting serve`: the server of one sitting."""

import ipaddress
from pathlib import Path

import click

from voting.commands.lines import shown
from voting.commands.pages import bundle_lines
from voting.commands.serving import print_addresses, serve_until_interrupted, serve_until_stopped, start_server
from voting.commands.sessions import group_option, plan_of, session_argument
from voting.commands.stop import Stop
from voting.rehearsal.server_process import ServerProcess
from voting.server.page_bundle import bundle_hash
from voting.server.settings import STATIC_DIR

PLAIN_HTTP = (
    "Warning: plain HTTP on a network. Whoever listens there reads personal codes and may change the pages; "
    "use --tls-cert and --tls-key. [plain_http]"
)
PEM = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="serve", short_help="Serve one sitting until it is stopped.")
@session_argument
@click.option(
    "--data",
    "data_dir",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The sitting's data directory; made at the first start, resumed at every later one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8250, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
@group_option
@click.option("--tls-cert", type=PEM, help="Certificate chain (PEM); serve https. Needs --tls-key.")
@click.option("--tls-key", type=PEM, help="Private key of the certificate (PEM).")
@click.option(
    "--accept-rollback",
    is_flag=True,
    help="Go on from a record that does not reach its high-water mark; it is recorded and shown to everybody.",
)
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    help="Address of a reverse proxy whose X-Forwarded-For says who asks; may be given several times.",
)
@click.option(
    "--connections-per-address",
    type=click.IntRange(min=1),
    help="Open at once from one address; 1000 by default. Raise it where many terminals share an address.",
)
@click.option("--public-url", help="The address terminals use, printed on the badges; where it listens by default.")
def command(
    session_dir: Path,
    data_dir: Path,
    host: str,
    port: int,
    group: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    accept_rollback: bool,
    trusted_proxies: tuple[str, ...],
    connections_per_address: int | None,
    public_url: str | None,
) -> None:
    """Serve one sitting until it is stopped with Ctrl-C or SIGTERM.

    The first start convenes the sitting and writes codes.csv and badges.html to the data directory. A later start with
    the same data directory resumes the sitting where it was, whatever ended the server before.
    """
    plan_of(session_dir)
    if (tls_cert is None) != (tls_key is None):
        raise Stop("options_conflict", "--tls-cert and --tls-key belong together")
    options = ["--tls-cert", str(tls_cert), "--tls-key", str(tls_key)] if tls_cert else []
    options += ["--public-url", public_url] if public_url else []
    options += ["--connections-per-address", str(connections_per_address)] if connections_per_address else []
    options += ["--accept-rollback"] if accept_rollback else []
    options += [part for proxy in trusted_proxies for part in ("--trusted-proxy", proxy)]
    if tls_cert is None and not is_this_machine(host):
        click.echo(PLAIN_HTTP, err=True)
    serve_until_interrupted(_serve(ServerProcess(session_dir, data_dir, host, port, group, options), public_url))


def is_this_machine(host: str) -> bool:
    """Whether nobody but this machine reaches what listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _serve(server: ServerProcess, public_url: str | None) -> None:
    try:
        badges = await start_server(server)
        click.echo(f"Plenary serves {server.session_dir} on {server.url} (Ctrl-C stops it).")
        print_addresses((public_url or server.url).rstrip("/"), badges, (), server.data_dir)
        pages = bundle_hash(STATIC_DIR)
        click.echo(shown(["", *bundle_lines(pages)] if pages else []), nl=False)
        await serve_until_stopped(server)
    finally:
        await server.stop()
