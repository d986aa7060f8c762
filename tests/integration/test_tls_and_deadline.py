"""The real server over TLS with a certificate of its own, and a poll that ends by its preset time."""

import ssl
from collections.abc import Iterator

import aiohttp
import pytest

from tests.support.certificates import make_certificate
from tests.support.hall import Hall, sitting
from tests.support.plans.plain import sample_plan
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.terminal_client.simulated.link import open_http

NUMBERS = ("001", "002", "003")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Three delegates, signed in over TLS; the ceremony is done. The projects are planned with one second."""
    directory = tmp_path_factory.mktemp("tls")
    with sitting(directory, sample_plan(seconds=1), make_certificate(directory)) as hall:
        hall.run(hall.sign_in(NUMBERS))
        hall.run(hall.hold_ceremony())
        yield hall
        assert hall.server.complaints() == []


def test_a_whole_poll_is_held_over_tls(hall: Hall) -> None:
    hall.run(_whole_poll(hall))


async def _whole_poll(hall: Hall) -> None:
    assert hall.server.url.startswith("https://127.0.0.1:")
    await hall.open("motion", NUMBERS)
    await hall.cast("motion", "001", 1, 0, 0)
    await hall.cast("motion", "002", 0, 1, 0)
    assert await hall.finish("motion") == [1, 1, 0]


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_who_does_not_know_the_certificate_or_speaks_plainly_gets_no_answer(hall: Hall, scheme: str) -> None:
    error = aiohttp.ClientConnectorCertificateError if scheme == "https" else aiohttp.ClientError

    async def visit() -> None:
        # ssl.create_default_context trusts the system's authorities, of which ours is none.
        async with open_http(ssl.create_default_context()) as http:
            await http.get(f"{scheme}:{hall.server.url.split(':', 1)[1]}/healthz")

    with pytest.raises(error):
        hall.run(visit())
    assert hall.run(hall.get("/healthz"))[0] == 200


def test_the_preset_time_closes_the_poll_for_everybody(hall: Hall) -> None:
    hall.run(_deadline(hall))


async def _deadline(hall: Hall) -> None:
    await hall.open("projects", NUMBERS)
    late = await hall.ballot("projects", "001", (1, 0, 0))
    view = (await hall.until_state("projects", PollState.SEALED)).hall.polls["projects"]
    _, opened = hall.server.journal("poll_opened")
    assert view.closes_at == opened["closes_at"] == opened["at"] + 1000
    assert view.returned == 0
    refusal = await hall.refusal(hall.seat("001", "cast", poll="projects", ballot=late))
    assert refusal.code == ChamberRefusal.POLL_NOT_OPEN
    closed = [(event["poll"], event["by"]) for event in hall.server.journal("poll_closed")]
    assert closed == [("motion", "chair"), ("projects", "deadline")]
