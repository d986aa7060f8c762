"""The table of HTTP routes: each is one record with its roles, and nothing is served that does not stand in it."""

from collections.abc import Callable, Iterable

import flask
import msgspec
from flask import Flask, Response

from voting.server.http.access import PUBLIC, Principal, Tokens, require_role
from voting.wire.roles import EVERYBODY, Role

Handler = Callable[[], Response] | Callable[[str], Response]


class Route(msgspec.Struct, frozen=True):
    """One route. name: of its endpoint; path: a rule of Flask with one parameter at most; roles: who may call it."""

    name: str
    path: str
    roles: frozenset[Role]
    handler: Handler
    method: str = "GET"


class Routes:
    """What an app serves, each to its roles."""

    def __init__(self, app: Flask, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens
        self._by_name: dict[str, Route] = {}
        app.before_request(self._guard)

    def add(self, routes: Iterable[Route]) -> None:
        """Serve these as well."""
        for route in routes:
            self._app.add_url_rule(route.path, route.name, route.handler, methods=[route.method])
            self._by_name[route.name] = route

    def undeclared(self) -> tuple[str, ...]:
        """Names of the endpoints that nobody may call, or that the app serves past this table."""
        declared = {name for name, route in self._by_name.items() if route.roles}
        return tuple(sorted(self._app.view_functions.keys() - declared))

    def _guard(self) -> None:
        endpoint = flask.request.endpoint
        if endpoint is None:
            return
        roles = self._by_name[endpoint].roles
        if roles != EVERYBODY:
            require_role(asking(self._tokens), roles)


def asking(tokens: Tokens) -> Principal:
    """Who asks, by the token in the request's header. Raises Refused (login_needed) for a worthless one."""
    return bearer(tokens, flask.request.headers.get("Authorization", ""))


def bearer(tokens: Tokens, authorization: str) -> Principal:
    """Who asks with this header. Raises Refused (login_needed) for a worthless token."""
    scheme, _, token = authorization.partition(" ")
    return tokens.principal_of(token.strip()) if scheme.lower() == "bearer" else PUBLIC
