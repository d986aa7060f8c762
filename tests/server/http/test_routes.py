"""The table of routes: each is served to its roles, and nothing is served past it."""

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from voting.server.http.access import Principal, ServerSecret, Tokens
from voting.server.http.api import answer_refusals
from voting.server.http.routes import Route, Routes
from voting.wire.roles import EVERYBODY, Role

TOKENS = Tokens(ServerSecret(bytes(64)), lambda _: 0)


def told(text: str = "told") -> Response:
    return Response(text)


@pytest.fixture
def app() -> Flask:
    made = Flask("routes", static_folder=None)
    answer_refusals(made)
    return made


@pytest.fixture
def routes(app: Flask) -> Routes:
    table = Routes(app, TOKENS)
    table.add(
        (
            Route("open", "/open", EVERYBODY, told),
            Route("closed", "/closed/<text>", frozenset({Role.CHAIR}), told),
            Route("sent", "/sent", EVERYBODY, told, method="POST"),
        )
    )
    return table


@pytest.fixture
def client(app: Flask, routes: Routes) -> FlaskClient:
    return app.test_client()


def _as(role: Role) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS.token_for(Principal(role))}"}


def test_a_route_answers_those_whom_it_names_and_tells_others_why_not(client: FlaskClient) -> None:
    assert client.get("/closed/agenda", headers=_as(Role.CHAIR)).text == "agenda"
    for role in EVERYBODY - {Role.CHAIR, Role.PUBLIC}:
        answer = client.get("/closed/agenda", headers=_as(role))
        assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (403, "not_your_role")
    answer = client.get("/closed/agenda")
    assert (answer.status_code, answer.get_json()["refusal"]["code"]) == (401, "login_needed")


def test_what_everybody_may_have_asks_for_no_token(client: FlaskClient) -> None:
    assert client.get("/open", headers={"Authorization": "Bearer forged"}).text == "told"
    assert client.get("/closed/agenda", headers={"Authorization": "Bearer forged"}).status_code == 401


def test_a_route_takes_its_own_method_alone(client: FlaskClient) -> None:
    assert (client.post("/sent").status_code, client.get("/sent").status_code) == (200, 405)
    assert client.post("/open").status_code == 405
    assert client.get("/nothing").status_code == 404


def test_what_nobody_may_call_or_stands_in_no_table_is_named(app: Flask, routes: Routes) -> None:
    assert routes.undeclared() == ()
    routes.add((Route("nobodys", "/nobodys", frozenset(), told),))
    app.add_url_rule("/back", "back_door", told)
    assert routes.undeclared() == ("back_door", "nobodys")


def test_a_route_past_the_table_is_not_answered(app: Flask, client: FlaskClient) -> None:
    app.testing = True
    app.add_url_rule("/back", "back_door", told)
    with pytest.raises(KeyError, match="back_door"):
        client.get("/back")
