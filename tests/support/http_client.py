"""The HTTP side of a sitting without a listener."""

from collections.abc import Mapping

import flask
from werkzeug.test import TestResponse

from tests.support.chamber import Chamber
from tests.support.signer import SIGNER
from voting.server.health import Health
from voting.server.http.access import Access, Attempts, Principal, ServerSecret
from voting.server.http.api import Api, answer_refusals
from voting.server.http.routes import Routes
from voting.server.http.sitting_record import SittingRecordApi
from voting.server.services.count_statements import CountStatements
from voting.server.services.persons import Persons
from voting.wire.roles import Role


class Client:
    """Asks as any role. codes: who signs in with which."""

    def __init__(self, chamber: Chamber, codes: Mapping[str, Principal] | None = None) -> None:
        self._secret = ServerSecret(bytes(64))
        app = flask.Flask("tests", static_folder=None)
        boards = chamber.service.boards
        entries = [(self._secret.code_mac(code), who) for code, who in (codes or {}).items()]
        access = Access(self._secret, entries, Attempts())
        persons, statements = Persons(chamber.plan, boards, SIGNER), CountStatements(boards, SIGNER)
        health = Health(chamber.journal)
        api = Api(chamber.service, access, self._secret, persons, statements, health)
        routes = Routes(app, self._secret)
        routes.add(api.routes())
        routes.add(SittingRecordApi(chamber.service, self._secret, SIGNER).routes())
        answer_refusals(app)
        self._client = app.test_client()

    def get(self, path: str, role: Role = Role.PUBLIC, subject: str = "", **headers: str) -> TestResponse:
        token = self._secret.token_for(Principal(role, subject))
        headers |= {} if role is Role.PUBLIC else {"Authorization": f"Bearer {token}"}
        return self._client.get(path, headers=headers)

    def sign_in(self, body: bytes, address: str = "192.0.2.1") -> TestResponse:
        return self._client.post("/api/login", data=body, environ_base={"REMOTE_ADDR": address})

    def holder(self, token: str) -> Principal:
        """Whom the server takes the bearer of this token for."""
        return self._secret.principal_of(token)
